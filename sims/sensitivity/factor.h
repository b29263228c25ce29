// What an experiment varies, and how a coordinate in [0, 1] becomes a value of it. Designs are made
// in the unit cube and scaled afterwards, so that one design fits factors of any unit.
#pragma once

#include <absl/status/status.h>

#include <span>
#include <string>
#include <vector>

namespace oneup::sims {

enum class FactorScale {
  kLinear,
  kLog,  // evenly spread in the logarithm; 0 < min
};

struct Factor {
  std::string name;
  double min = 0;
  double max = 1;
  FactorScale scale = FactorScale::kLinear;
  // If any, the only values that it takes, in this order; min, max and scale are then not read.
  std::vector<double> levels = {};
};

// Points, each with a coordinate a factor, in the order of the factors: in [0, 1], or in the
// factors' units.
using Points = std::vector<std::vector<double>>;

// InvalidArgument, naming the factor and what is allowed: no factor; more than kMaxFactors; no name
// or one that stands twice; a bound or level that is not finite; min >= max; min <= 0 on a log
// scale; a level that stands twice.
inline constexpr int kMaxFactors = 1000;
absl::Status CheckFactors(std::span<const Factor> factors);

// The value at 0 <= u <= 1: min + u (max - min); min (max / min)^u; or level floor(u n) of n, the
// last for u = 1. 0 and 1 give min and max exactly.
double FactorValue(const Factor& factor, double u);

// Every coordinate's value. `unit` has a coordinate a factor.
Points InUnits(std::span<const Factor> factors, const Points& unit);

}  // namespace oneup::sims
