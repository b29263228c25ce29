// Texts and numbers as the HTML page writes them. Internal to sims/report.
#pragma once

#include <string>
#include <string_view>

namespace oneup::sims::html {

// With the five characters of markup escaped: for element content and for attribute
// values in double quotes.
std::string Escape(std::string_view text);

// 0.355 as "+35.5", in percent; NaN as a dash. The minus sign is the typographic one.
std::string Percent(double fraction, bool sign = true);
// 247.3 as "247", 9.71 as "9.7", 12345 as "12,345"; with a plus sign if `sign`.
std::string Number(double value, bool sign = false);
// 3.24 as "3.2"; never signed, whatever `sign` says.
std::string Ratio(double value, bool sign = false);

}  // namespace oneup::sims::html
