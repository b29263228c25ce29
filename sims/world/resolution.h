// The resolutions that a run can have, by name. market/traders/resolution.h has what each
// means, docs/performance.md its cost, docs/validity.md its effect.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "market/traders/resolution.h"

namespace oneup::sims {

inline constexpr traders::Resolution kLowResolution = traders::kCallMarket;
inline constexpr traders::Resolution kDefaultResolution = traders::Continuous(500);
inline constexpr traders::Resolution kHighResolution = traders::Continuous(5000);

// "low", "default", "high", or a number of orders a day from 10 to 1,000,000. Error:
// InvalidArgument, with what is allowed.
absl::StatusOr<traders::Resolution> ParseResolution(std::string_view text);

// What ParseResolution reads as the same: "low", or the orders a day.
std::string ToString(const traders::Resolution& resolution);

}  // namespace oneup::sims
