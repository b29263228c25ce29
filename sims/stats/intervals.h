// Intervals of what many runs tell: of a share, of a mean, and where a value lies among others.
#pragma once

#include <span>

#include "sims/stats/descriptive.h"

namespace oneup::sims {

// The interval of E. B. Wilson (1927), "Probable inference, the law of succession, and statistical
// inference", JASA 22, 209-212, for a share of which `count` of `trials` were seen:
//   (p + z^2/2n -+ z sqrt(p (1 - p)/n + z^2/4n^2)) / (1 + z^2/n)
// Within [0, 1], and sensible at 0 and n too. NaN for no trials.
Interval WilsonInterval(int count, int trials, double level = 0.95);

// The t > 0 with P(|T| >= t) = 1 - level for Student's t with `degrees` > 0 degrees of freedom;
// relative error below 1e-12. NaN for degrees <= 0 or a level outside (0, 1).
double StudentCritical(double level, double degrees);

// Mean and its Student interval of independent values; NaN limits below 2 values.
struct MeanInterval {
  double mean = 0;
  double low = 0;
  double high = 0;
};
MeanInterval MeanWithInterval(std::span<const double> values, double level = 0.95);

// Mid-rank of a value among others, 0-1: the share below it, and half of the share equal to it.
// NaN for none, or for a NaN.
double RankOf(double value, std::span<const double> among);

}  // namespace oneup::sims
