#include "tools/cli/format.h"

#include <cmath>
#include <cstdio>

namespace oneup::cli {
namespace {

std::string Print(const char* format, double value) {
  char text[64];
  std::snprintf(text, sizeof text, format, value);
  return WithoutSignOfZero(text);
}

}  // namespace

std::string WithoutSignOfZero(std::string figure) {
  const bool is_signed = figure.starts_with('-') || figure.starts_with('+');
  const bool is_zero =
      figure.find('0') != figure.npos && figure.find_first_of("123456789") == figure.npos;
  return is_signed && is_zero ? figure.substr(1) : figure;
}

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

std::string Short(double number) { return std::isnan(number) ? "n/a" : Print("%.3g", number); }

}  // namespace oneup::cli
