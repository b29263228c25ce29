// How finely a run is simulated: mean order arrivals a listing and session. The same
// code at every resolution; docs/performance.md has the cost, docs/validity.md the effect.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"

namespace oneup::sims {

inline constexpr double kLowResolution = 20;
inline constexpr double kDefaultResolution = 500;
inline constexpr double kHighResolution = 5000;

// "low", "default", "high", or a number of orders from 10 to 1,000,000. Error:
// InvalidArgument, with what is allowed.
absl::StatusOr<double> ParseResolution(std::string_view text);

}  // namespace oneup::sims
