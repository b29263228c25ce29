#include "tools/cli/format.h"

#include <cmath>
#include <cstdio>

namespace oneup::cli {
namespace {

std::string Print(const char* format, double value) {
  char text[64];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

}  // namespace

std::string Percent(double fraction) {
  return std::isnan(fraction) ? "n/a" : Print("%+.1f %%", 100 * fraction);
}

std::string Times(double ratio) { return std::isnan(ratio) ? "n/a" : Print("%.1f x", ratio); }

std::string Dollars(double usd_bn) {
  const char* sign = usd_bn < 0 ? "-$" : "$";
  const double size = std::abs(usd_bn);
  if (size >= 1000) return sign + Plain(size / 1000) + " tn";
  if (size >= 10) return sign + Print("%.0f", size) + " bn";
  return sign + Plain(size) + " bn";
}

std::string Plain(double number) {
  std::string text = Print("%.2f", number);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string Rounded(double number) {
  if (std::isnan(number)) return "n/a";
  return std::abs(number) >= 20 ? Print("%.0f", number) : Plain(number);
}

std::string Short(double number) {
  // No "-0".
  return std::isnan(number) ? "n/a" : Print("%.3g", number == 0 ? 0 : number);
}

}  // namespace oneup::cli
