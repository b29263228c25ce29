#include "sims/report/terminal_plot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <sstream>
#include <string>

namespace oneup::sims {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr TerminalStyle kAscii = {.color = false, .unicode = false, .width = 40};
constexpr TerminalStyle kBraille = {.color = false, .unicode = true, .width = 40};

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

Plot Rising() {
  Plot plot{.title = "ORCL"};
  plot.height = 5;
  PlotSeries simulated{"simulated", {}};
  PlotSeries recorded{"recorded", {}};
  for (int i = 0; i <= 32; ++i) {
    plot.x_labels.push_back("d" + std::to_string(i));
    simulated.y.push_back(100 + i);
    recorded.y.push_back(132 - i);
  }
  plot.series = {simulated, recorded};
  plot.markers = {{16, "the middle"}, {0, "the beginning"}, {99, "nowhere"}};
  return plot;
}

TEST(Plot, DrawsTheWholePictureInAscii) {
  EXPECT_EQ(RenderPlot(Rising(), kAscii),
            "ORCL\n"
            "132 +oooo                          ****\n"
            "    |    oooooooo          ********\n"
            "116 +            o*********\n"
            "    |     ********        oooooooo\n"
            "100 +*****                        ooooo\n"
            "    ++----------------+----------------\n"
            "     A                B\n"
            "     d0                             d32\n"
            "     ** simulated   oo recorded\n"
            "     A  d0  the beginning\n"
            "     B  d16  the middle\n");
}

TEST(Plot, NoLineIsWiderThanTheTerminal) {
  for (const int width : {40, 57, 120}) {
    TerminalStyle style = kBraille;
    style.width = width;
    Plot plot = Rising();
    plot.markers[0].text = std::string(300, 'x');
    for (const std::string& line : Lines(RenderPlot(plot, style))) {
      EXPECT_LE(DisplayWidth(line), width) << line;
    }
  }
}

TEST(Plot, AFaintSeriesIsDottedAndNeedsNoName) {
  Plot plot = Rising();
  plot.series[1].faint = true;
  EXPECT_THAT(RenderPlot(plot, kAscii), HasSubstr("** simulated   .. recorded\n"));
  EXPECT_THAT(RenderPlot(plot, kAscii), HasSubstr("132 +....  "));
  plot.series[1].label = "";
  EXPECT_THAT(RenderPlot(plot, kAscii), HasSubstr("     ** simulated\n"));
}

TEST(Plot, GapsStayEmpty) {
  Plot plot{.x_labels = {"a", "b", "c", "d", "e"}, .height = 3};
  plot.series = {{"y", {1, 2, NAN, 2, 1}}};
  const std::vector<std::string> lines = Lines(RenderPlot(plot, kAscii));
  // Columns 0 to 34 belong to the five days; around the third nothing is drawn.
  for (size_t i = 0; i < 3; ++i) {
    const std::string row = lines[i].size() > 6 ? lines[i].substr(6) : "";
    for (size_t column = 10; column < std::min<size_t>(row.size(), 24); ++column) {
      EXPECT_EQ(row[column], ' ') << lines[i];
    }
  }
}

TEST(Plot, CrowdedMarkersKeepTheirLetters) {
  Plot plot = Rising();
  plot.markers = {{16, "one"}, {16, "two"}, {17, "three"}};
  const std::string drawn = RenderPlot(plot, kAscii);
  EXPECT_THAT(drawn, HasSubstr("ABC"));
  EXPECT_THAT(drawn, HasSubstr("C  d17  three"));
}

TEST(Plot, SurvivesEmptyAndFlatData) {
  EXPECT_THAT(RenderPlot({.title = "x"}, kBraille), HasSubstr("no data"));
  Plot nothing{.x_labels = {"a", "b"}, .series = {{"y", {NAN, NAN}}}};
  EXPECT_THAT(RenderPlot(nothing, kBraille), HasSubstr("no data"));
  Plot flat{.x_labels = {"a", "b"}, .series = {{"y", {5, 5}}}};
  EXPECT_THAT(RenderPlot(flat, kBraille), Not(HasSubstr("nan")));
  Plot point{.x_labels = {"a"}, .series = {{"y", {0}}}, .markers = {{0, "m"}}};
  EXPECT_THAT(RenderPlot(point, kBraille), HasSubstr("A  a  m"));
}

TEST(Plot, BrailleHoldsEightDotsACharacter) {
  // A vertical jump between neighbouring days fills a column of dots from top to
  // bottom: in the left half of a character U+2847, in the right U+28B8.
  Plot plot{.x_labels = std::vector<std::string>(69, "x"), .height = 4};
  PlotSeries step{"", std::vector<double>(69, 0.0)};
  for (size_t i = 35; i < 69; ++i) step.y[i] = 1;
  plot.series = {step};
  const std::string drawn = RenderPlot(plot, kBraille);
  EXPECT_TRUE(drawn.find("⡇") != std::string::npos || drawn.find("⢸") != std::string::npos)
      << drawn;
}

TEST(Sparkline, ShowsLowToHigh) {
  EXPECT_EQ(Sparkline({0, 1, 2, 3, 4, 5, 6, 7}, 8, kBraille), "▁▂▃▄▅▆▇█");
  EXPECT_EQ(Sparkline({0, 7, NAN, 3.5}, 8, kAscii), "07 4");
  EXPECT_EQ(Sparkline({0, 0, 4, 4}, 2, kAscii), "07");
  EXPECT_EQ(Sparkline({}, 5, kAscii), "");
}

TEST(Bar, IsAsLongAsItsShare) {
  EXPECT_EQ(Bar(5, 10, 4, kBraille), "██");
  EXPECT_EQ(Bar(-5.3125, 10, 4, kBraille), "██▏");
  EXPECT_EQ(Bar(20, 10, 4, kAscii), "####");
  EXPECT_EQ(Bar(NAN, 10, 4, kBraille), "");
}

}  // namespace
}  // namespace oneup::sims
