#include "sims/report/html_text.h"

#include <absl/strings/str_format.h>

#include <cmath>

namespace oneup::sims::html {
namespace {

constexpr std::string_view kDash = "–";

std::string WithMinus(std::string text) {
  if (text.starts_with('-')) text.replace(0, 1, "−");
  return text;
}

std::string WithThousands(const std::string& digits) {
  std::string grouped;
  const size_t end = std::min(digits.find('.'), digits.size());
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && i < end && (end - i) % 3 == 0) grouped.push_back(',');
    grouped.push_back(digits[i]);
  }
  return grouped;
}

}  // namespace

std::string Escape(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped.push_back(c);
    }
  }
  return escaped;
}

std::string Percent(double fraction, bool sign) {
  if (!std::isfinite(fraction)) return std::string(kDash);
  return WithMinus(sign ? absl::StrFormat("%+.1f", 100 * fraction)
                        : absl::StrFormat("%.1f", 100 * fraction));
}

std::string Number(double value, bool sign) {
  if (!std::isfinite(value)) return std::string(kDash);
  const double size = std::fabs(value);
  const std::string digits = WithThousands(absl::StrFormat("%.*f", size < 99.95 ? 1 : 0, size));
  return (value < 0 ? "−" : sign ? "+" : "") + digits;
}

std::string Ratio(double value, bool) {
  if (!std::isfinite(value)) return std::string(kDash);
  return absl::StrFormat("%.1f", value);
}

}  // namespace oneup::sims::html
