// What the terminal can show: colour, Unicode, width. Follows clig.dev: no colour
// unless a person is looking, and never when NO_COLOR is set or TERM is dumb.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

namespace oneup::sims {

struct TerminalStyle {
  bool color = false;
  bool unicode = true;  // false: plain ASCII only
  int width = 80;       // columns, at least 40
  // Of the stream: colour if it is a terminal, NO_COLOR is unset or empty and TERM is
  // neither unset nor "dumb"; Unicode if the locale's variables (LC_ALL, LC_CTYPE,
  // LANG, the first that is set) name UTF-8 or none is set; the terminal's width,
  // else COLUMNS, else 80.
  static TerminalStyle Detect(FILE* stream);
};

bool IsTerminal(FILE* stream);

enum class Color { kPlain, kBold, kDim, kBlue, kOrange, kGreen, kPurple, kRed, kCyan };

// The text between the escape codes of a colour; as it is without colour.
std::string Paint(const TerminalStyle& style, Color color, std::string_view text);

// Columns that a UTF-8 text fills: combining marks and escape codes 0, East Asian
// wide characters and emoji 2, others 1. Invalid bytes count 1 each.
int DisplayWidth(std::string_view text);

// Cut to a width, with an ellipsis where it was cut; whole characters only. The text
// must carry no escape codes.
std::string Truncate(std::string_view text, int width, const TerminalStyle& style);

enum class Align { kLeft, kRight, kCenter };

// Filled up with blanks to a width; never cut.
std::string Pad(std::string_view text, int width, Align align = Align::kLeft);

// Broken into lines at blanks, never between a number and its unit ("10 GW"); a longer word
// has a line of its own.
std::string Wrap(std::string_view text, int width, std::string_view indent = "");

}  // namespace oneup::sims
