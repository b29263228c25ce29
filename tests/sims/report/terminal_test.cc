#include "sims/report/terminal.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "sims/report/terminal_table.h"

namespace oneup::sims {
namespace {

constexpr TerminalStyle kPlainStyle = {.color = false, .unicode = true, .width = 80};
constexpr TerminalStyle kColorStyle = {.color = true, .unicode = true, .width = 80};

TEST(Terminal, WidthIsWhatPeopleSee) {
  const struct {
    const char* text;
    int width;
  } cases[] = {{"", 0},         {"abc", 3},    {"é", 1},        {"e\u0301", 1},
               {"שָׁלוֹם", 4},     {"日本", 4},   {"🚀", 2},        {"\x1b[1mab\x1b[0m", 2},
               {"\xFF\xFE", 2}, {"−1.0 %", 6}, {"a\u200Bb", 2}, {"\xE2\x82", 2}};
  for (const auto& each : cases) EXPECT_EQ(DisplayWidth(each.text), each.width) << each.text;
}

TEST(Terminal, TruncatesWholeCharacters) {
  EXPECT_EQ(Truncate("abcdef", 6, kPlainStyle), "abcdef");
  EXPECT_EQ(Truncate("abcdef", 4, kPlainStyle), "abc…");
  EXPECT_EQ(Truncate("日本語", 4, kPlainStyle), "日…");
  EXPECT_EQ(Truncate("abcdef", 4, {.unicode = false}), "ab..");
  EXPECT_EQ(Truncate("abcdef", 0, kPlainStyle), "");
}

TEST(Terminal, PadsToAWidth) {
  EXPECT_EQ(Pad("日", 4), "日  ");
  EXPECT_EQ(Pad("é", 3, Align::kRight), "  é");
  EXPECT_EQ(Pad("ab", 5, Align::kCenter), " ab  ");
  EXPECT_EQ(Pad("long", 2), "long");
}

TEST(Terminal, WrapsAtBlanks) {
  EXPECT_EQ(Wrap("one two  three four", 9, "> "), "> one two\n> three\n> four\n");
  EXPECT_EQ(Wrap("a\nb", 10), "a\nb\n");
  EXPECT_EQ(Wrap("incomprehensibilities x", 5), "incomprehensibilities\nx\n");
  EXPECT_EQ(Wrap("", 10), "");
}

TEST(Terminal, ColoursOnlyWhenAsked) {
  EXPECT_EQ(Paint(kPlainStyle, Color::kRed, "x"), "x");
  EXPECT_EQ(Paint(kColorStyle, Color::kBold, "x"), "\x1b[1mx\x1b[0m");
  EXPECT_EQ(Paint(kColorStyle, Color::kRed, ""), "");
}

// A file is no terminal: no colour whatever the environment says.
TEST(Terminal, AFileGetsNoColour) {
  FILE* const file = std::tmpfile();
  ASSERT_NE(file, nullptr);
  ::setenv("TERM", "xterm-256color", 1);
  ::setenv("COLUMNS", "123", 1);
  const TerminalStyle style = TerminalStyle::Detect(file);
  EXPECT_FALSE(style.color);
  EXPECT_EQ(style.width, 123);
  ::setenv("COLUMNS", "rubbish", 1);
  EXPECT_EQ(TerminalStyle::Detect(file).width, 80);
  ::setenv("LC_ALL", "C", 1);
  EXPECT_FALSE(TerminalStyle::Detect(file).unicode);
  ::setenv("LC_ALL", "en_US.UTF-8", 1);
  EXPECT_TRUE(TerminalStyle::Detect(file).unicode);
  std::fclose(file);
}

TEST(Table, AlignsColumnsByWidth) {
  const std::string table =
      RenderTable({{"name"}, {"value", Align::kRight}},
                  {{{"日本", "1.5"}}, {{"x", "−10.25"}}, {{"sum"}, true}}, kPlainStyle);
  EXPECT_EQ(table,
            "name   value\n"
            "────  ──────\n"
            "日本     1.5\n"
            "x     −10.25\n"
            "────  ──────\n"
            "sum\n");
}

TEST(Table, AGroupIsNamedAboveItsColumns) {
  EXPECT_EQ(RenderTable({{"name"},
                         {"recorded", Align::kRight, "gap"},
                         {"simulated", Align::kRight, "gap"},
                         {"recorded", Align::kRight, "volume"}},
                        {{{"x", "1", "2", "3"}}}, kPlainStyle),
            "                      gap    volume\n"
            "name  recorded  simulated  recorded\n"
            "────  ────────  ─────────  ────────\n"
            "x            1          2         3\n");
}

TEST(Table, ColourDoesNotShiftColumns) {
  const std::vector<TableRow> rows = {{{Paint(kColorStyle, Color::kRed, "ab"), "c"}}};
  const std::string table = RenderTable({{"x"}, {"y"}}, rows, kColorStyle);
  EXPECT_NE(table.find("\x1b[38;5;203mab\x1b[0m  c\n"), std::string::npos);
}

TEST(Wrap, KeepsANumberWithItsUnit) {
  EXPECT_EQ(Wrap("up to 10 % of it", 9), "up to\n10 % of\nit\n");
  EXPECT_EQ(Wrap("build 10 GW, then", 10), "build\n10 GW,\nthen\n");
  EXPECT_EQ(Wrap("at 10 bnx", 6), "at 10\nbnx\n");
}

}  // namespace
}  // namespace oneup::sims
