// How much of an outcome's variance is due to each factor, alone and with others: I. M. Sobol'
// (1993), with the design and estimators that A. Saltelli, P. Annoni, I. Azzini, F. Campolongo,
// M. Ratto, S. Tarantola (2010), "Variance based sensitivity analysis of model output", Computer
// Physics Communications 181, 259-270, found best.
//
// Two samples A and B of n points each, and for each factor i a copy A_B^i of A whose column i is
// B's: n (k + 2) runs. With y's mean taken off and V its variance over A and B,
//   first order  S_i  = mean f(B) (f(A_B^i) - f(A)) / V        (their table 2, b)
//   total        ST_i = mean (f(A) - f(A_B^i))^2 / 2 V         (M. J. W. Jansen 1999; f)
// S_i is the share of variance that fixing factor i would take away on average; ST_i what would be
// left if all others were fixed, so ST_i - S_i is what it does together with others, and ST_i = 0
// says that it does nothing. Factors are independent and uniform on their scales.
//
// Estimates err by about 1 / sqrt(n) with random points and by less with Sobol' points, and may lie
// a little outside [0, 1]. An outcome with noise of its own (seeds) should be an average over the
// same seeds at all points.
#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <span>
#include <vector>

#include "sims/sensitivity/factor.h"
#include "sims/stats/descriptive.h"

namespace oneup::sims {

struct SobolOptions {
  // n, at least 2; one less than a power of two is best for Sobol' points (design.h).
  int64_t samples = 1023;
  // False: the first k columns of a Sobol' sequence of 2k dimensions are A, the last B. True:
  // independent uniform points keyed by `seed`, whose intervals are honest.
  bool random = false;
  uint64_t seed = 1;
};

// n (k + 2); InvalidArgument for what CheckFactors refuses, n < 2, and more than kMaxPoints points.
absl::StatusOr<int64_t> SobolSize(std::span<const Factor> factors, const SobolOptions& options);

// In the factors' units: A, B, then A_B^i factor by factor, n points each.
absl::StatusOr<Points> SobolDesign(std::span<const Factor> factors, const SobolOptions& options);

struct SobolIndex {
  double first = 0;
  double total = 0;
  // Percentile bootstrap: rows j, with f(A), f(B) and all f(A_B^i) of a row together, drawn with
  // replacement. Of Sobol' points they are too wide, since these lie more evenly than random ones.
  Interval first_interval;
  Interval total_interval;
};

// A factor each, from the outcomes of SobolDesign's points in its order, `factors` of them. NaN
// indices if the outcome does not vary. InvalidArgument unless there are n (k + 2), n >= 2, finite
// ones. O(resamples n k).
absl::StatusOr<std::vector<SobolIndex>> SobolIndices(std::span<const double> y, int factors,
                                                     double level = 0.95, int resamples = 500,
                                                     uint64_t seed = 1);

}  // namespace oneup::sims
