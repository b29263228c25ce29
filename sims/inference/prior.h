// What is held of a parameter before any data: a range, and how likely the values in it are.
#pragma once

#include <absl/status/status.h>

#include <span>
#include <string>

namespace oneup::sims {

enum class PriorShape {
  kUniform,    // over [min, max]
  kLogNormal,  // ln x normal about ln median, cut to [min, max]; 0 < min
};

struct Prior {
  std::string name;
  double min = 0;
  double max = 1;
  PriorShape shape = PriorShape::kUniform;
  // Of kLogNormal, before the cut.
  double median = 1;
  double log_deviation = 1;  // standard deviation of ln x, > 0
};

// InvalidArgument, naming the parameter and what is allowed.
absl::Status CheckPriors(std::span<const Prior> priors);

// The value below which lies the share 0 < u < 1 of the prior.
double PriorQuantile(const Prior& prior, double u);

// The coordinate in which a parameter is best moved about: x, or ln x for kLogNormal.
double ToCoordinate(const Prior& prior, double x);
double FromCoordinate(const Prior& prior, double coordinate);

// Density of the prior in that coordinate, but for a constant factor; 0 outside [min, max].
double CoordinateDensity(const Prior& prior, double coordinate);

}  // namespace oneup::sims
