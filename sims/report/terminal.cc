#include "sims/report/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <cstring>

namespace oneup::sims {
namespace {

std::string_view Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

bool LocaleIsUtf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string_view value = Environment(name);
    if (value.empty()) continue;
    return value.find("UTF-8") != value.npos || value.find("utf8") != value.npos ||
           value.find("UTF8") != value.npos || value.find("utf-8") != value.npos;
  }
  return true;
}

struct Range {
  char32_t first;
  char32_t last;
};

// Nonspacing marks and formatting characters of the scripts that names and headlines
// come in, and the joiners and variation selectors of emoji.
constexpr Range kZeroWidth[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x05BF, 0x05BF}, {0x05C1, 0x05C2},
    {0x05C4, 0x05C5}, {0x05C7, 0x05C7}, {0x0610, 0x061A}, {0x064B, 0x065F}, {0x0670, 0x0670},
    {0x06D6, 0x06DC}, {0x06DF, 0x06E4}, {0x093C, 0x093C}, {0x0941, 0x0948}, {0x0E34, 0x0E3A},
    {0x0E47, 0x0E4E}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x202A, 0x202E},
    {0x2060, 0x2064}, {0x2066, 0x2069}, {0x20D0, 0x20FF}, {0x3099, 0x309A}, {0xFE00, 0xFE0F},
    {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}};

// East Asian Width W and F (Unicode Standard Annex 11), by block.
constexpr Range kWide[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x23E9, 0x23EC},  {0x2E80, 0x303E}, {0x3041, 0x33FF},
    {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},  {0xA960, 0xA97C}, {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},  {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F},
    {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};

template <size_t n>
bool In(const Range (&ranges)[n], char32_t c) {
  return std::any_of(std::begin(ranges), std::end(ranges),
                     [c](const Range& range) { return c >= range.first && c <= range.last; });
}

struct Character {
  char32_t code = 0;
  size_t bytes = 1;
  int width = 1;
};

// The character that begins a non-empty text; an invalid byte is one of width 1.
Character First(std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  Character character{lead, 1, lead < 0x20 || lead == 0x7F ? 0 : 1};
  const size_t length = lead >= 0xF0 && lead < 0xF8 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead >= 0xF8 || text.size() < length) return character;
  char32_t code = lead & (0xFF >> (length + 1));
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return character;
    code = code << 6 | (byte(i) & 0x3F);
  }
  return {code, length, In(kZeroWidth, code) ? 0 : In(kWide, code) ? 2 : 1};
}

// Bytes of the escape code "\x1b[...m" that begins the text, or 0.
size_t EscapeLength(std::string_view text) {
  if (!text.starts_with("\x1b[")) return 0;
  const size_t end = text.find('m');
  return end == text.npos ? 0 : end + 1;
}

const char* Code(Color color) {
  switch (color) {
    case Color::kPlain:
      return "";
    case Color::kBold:
      return "\x1b[1m";
    case Color::kDim:
      return "\x1b[2m";
    case Color::kBlue:
      return "\x1b[38;5;33m";
    case Color::kOrange:
      return "\x1b[38;5;208m";
    case Color::kGreen:
      return "\x1b[38;5;36m";
    case Color::kPurple:
      return "\x1b[38;5;170m";
    case Color::kRed:
      return "\x1b[38;5;203m";
    case Color::kCyan:
      return "\x1b[38;5;44m";
  }
  return "";
}

}  // namespace

bool IsTerminal(FILE* stream) {
  const int descriptor = fileno(stream);
  return descriptor >= 0 && isatty(descriptor) != 0;
}

TerminalStyle TerminalStyle::Detect(FILE* stream) {
  TerminalStyle style;
  const std::string_view term = Environment("TERM");
  style.color =
      IsTerminal(stream) && Environment("NO_COLOR").empty() && !term.empty() && term != "dumb";
  style.unicode = LocaleIsUtf8();
  winsize size{};
  if (IsTerminal(stream) && ioctl(fileno(stream), TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    style.width = size.ws_col;
  } else if (const std::string columns(Environment("COLUMNS")); !columns.empty()) {
    style.width = std::atoi(columns.c_str());
    if (style.width <= 0) style.width = 80;
  }
  style.width = std::clamp(style.width, 40, 500);
  return style;
}

std::string Paint(const TerminalStyle& style, Color color, std::string_view text) {
  if (!style.color || color == Color::kPlain || text.empty()) return std::string(text);
  return std::string(Code(color)).append(text).append("\x1b[0m");
}

int DisplayWidth(std::string_view text) {
  int width = 0;
  while (!text.empty()) {
    if (const size_t escape = EscapeLength(text); escape > 0) {
      text.remove_prefix(escape);
      continue;
    }
    const Character character = First(text);
    width += character.width;
    text.remove_prefix(character.bytes);
  }
  return width;
}

std::string Truncate(std::string_view text, int width, const TerminalStyle& style) {
  if (DisplayWidth(text) <= width) return std::string(text);
  const std::string_view ellipsis = style.unicode ? "…" : "..";
  const int room = width - DisplayWidth(ellipsis);
  if (room < 0) return "";
  size_t kept = 0;
  int used = 0;
  while (kept < text.size()) {
    const Character character = First(text.substr(kept));
    if (used + character.width > room) break;
    used += character.width;
    kept += character.bytes;
  }
  return std::string(text.substr(0, kept)).append(ellipsis);
}

std::string Pad(std::string_view text, int width, Align align) {
  const int missing = std::max(0, width - DisplayWidth(text));
  const int before = align == Align::kLeft ? 0 : align == Align::kRight ? missing : missing / 2;
  std::string padded(static_cast<size_t>(before), ' ');
  padded.append(text);
  padded.append(static_cast<size_t>(missing - before), ' ');
  return padded;
}

namespace {

// The end of the word that begins the text; a number goes with the unit after it.
size_t WordEnd(std::string_view text) {
  const size_t end = std::min(text.find_first_of(" \n"), text.size());
  if (end == 0 || text[end - 1] < '0' || text[end - 1] > '9') return end;
  for (const std::string_view unit : {" %", " GW", " bn", " tn"}) {
    if (!text.substr(end).starts_with(unit)) continue;
    const size_t after = end + unit.size();
    if (after == text.size() || std::isalnum(static_cast<unsigned char>(text[after])) == 0) {
      return std::min(text.find_first_of(" \n", after), text.size());
    }
  }
  return end;
}

}  // namespace

std::string Wrap(std::string_view text, int width, std::string_view indent) {
  std::string result;
  std::string line;
  const int room = std::max(1, width - DisplayWidth(indent));
  const auto end_line = [&] {
    if (line.empty()) return;
    result.append(indent).append(line).append("\n");
    line.clear();
  };
  while (!text.empty()) {
    const size_t end = WordEnd(text);
    const std::string_view word = text.substr(0, end);
    if (!word.empty()) {
      if (!line.empty() && DisplayWidth(line) + 1 + DisplayWidth(word) > room) end_line();
      if (!line.empty()) line.push_back(' ');
      line.append(word);
    }
    if (end < text.size() && text[end] == '\n') end_line();
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  end_line();
  return result;
}

}  // namespace oneup::sims
