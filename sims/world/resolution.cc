#include "sims/world/resolution.h"

#include <charconv>
#include <cmath>
#include <string>

#include "absl/status/status.h"

namespace oneup::sims {

absl::StatusOr<traders::Resolution> ParseResolution(std::string_view text) {
  if (text == "low") return kLowResolution;
  if (text == "default") return kDefaultResolution;
  if (text == "high") return kHighResolution;
  int orders = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), orders);
  if (error != std::errc() || end != text.data() + text.size() || orders < 10 ||
      orders > 1'000'000) {
    return absl::InvalidArgumentError(
        "resolution '" + std::string(text) +
        "': allowed are low, default, high, or orders a day from 10 to 1000000");
  }
  return traders::Continuous(orders);
}

std::string ToString(const traders::Resolution& resolution) {
  return resolution.continuous ? std::to_string(std::llround(resolution.orders_per_day)) : "low";
}

}  // namespace oneup::sims
