// Which of many factors matter at all: the elementary effects of M. D. Morris (1991), "Factorial
// sampling plans for preliminary computational experiments", Technometrics 33, 161-174.
//
// A trajectory is a walk over a grid of p levels of the unit cube that moves each factor once, by
// Delta = p / (2 (p - 1)); each step gives one elementary effect of the factor that moved,
//   (y after - y before) / (u after - u before),
// so r trajectories of k factors cost r (k + 1) runs. Over the trajectories, a factor's
//   mu       mean of its effects: the slope, in units of y over the factor's whole range;
//   mu_star  mean of their sizes, which does not cancel where the slope turns (F. Campolongo,
//            J. Cariboni, A. Saltelli 2007, "An effective screening design for sensitivity analysis
//            of large models", Environmental Modelling & Software 22);
//   sigma    standard deviation: 0 if y is linear in it and it acts alone.
// A factor of levels should have p a multiple of them, or as many.
#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <span>
#include <vector>

#include "sims/sensitivity/factor.h"
#include "sims/stats/descriptive.h"

namespace oneup::sims {

struct MorrisOptions {
  int trajectories = 20;  // r >= 1
  int levels = 4;         // p, even, 2 to 100
  uint64_t seed = 1;
};

// r (k + 1); InvalidArgument for what CheckFactors refuses, options out of range, and more than
// kMaxPoints points.
absl::StatusOr<int64_t> MorrisSize(std::span<const Factor> factors, const MorrisOptions& options);

struct MorrisDesign {
  Points unit;    // trajectory after trajectory, k + 1 points each
  Points points;  // the same in the factors' units: what is run
};
absl::StatusOr<MorrisDesign> MorrisTrajectories(std::span<const Factor> factors,
                                                const MorrisOptions& options);

struct MorrisEffect {
  double mu = 0;
  double mu_star = 0;
  double sigma = 0;  // NaN for one trajectory
  // Bootstrap intervals, trajectories drawn with replacement (the effects of one factor are
  // independent). With few trajectories they are too narrow.
  Interval mu_interval;
  Interval mu_star_interval;
  Interval sigma_interval;
};

// A factor each, in the factors' order. `y` has the outcome of every point of the design, finite;
// InvalidArgument if it has not.
absl::StatusOr<std::vector<MorrisEffect>> MorrisEffects(const MorrisDesign& design,
                                                        std::span<const double> y,
                                                        double level = 0.95, int resamples = 1000,
                                                        uint64_t seed = 1);

}  // namespace oneup::sims
