// How figures are written for people.
#pragma once

#include <string>

namespace oneup::cli {

// A figure whose digits are all 0 has no sign: "-0.0" is "0.0", and "+0" is "0".
std::string WithoutSignOfZero(std::string figure);
// "+3.9 %", "0.0 %"; "n/a" for NaN.
std::string Percent(double fraction);
// "3.9 x"; "n/a" for NaN.
std::string Times(double ratio);
// Billions of dollars: "$350 bn", "$1.2 tn", "-$40 bn".
std::string Dollars(double usd_bn);
// "10", "4.5": as many decimals as needed, at most two.
std::string Plain(double number);
// Plain, but no decimals of what is 20 or more; "n/a" for NaN.
std::string Rounded(double number);
// Three digits: "0.123", "1.2e+04"; "n/a" for NaN.
std::string Short(double number);

}  // namespace oneup::cli
