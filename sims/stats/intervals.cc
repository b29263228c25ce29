#include "sims/stats/intervals.h"

#include <cmath>

#include "market/kernel/math.h"
#include "sims/stats/distributions.h"

namespace oneup::sims {

Interval WilsonInterval(int count, int trials, double level) {
  if (trials <= 0) return {math::kNaN, math::kNaN};
  const double n = trials;
  const double p = count / n;
  const double z = math::NormalQuantile(0.5 + level / 2);
  const double centre = p + z * z / (2 * n);
  const double half = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
  const double scale = 1 + z * z / n;
  // The formula's own limits at the ends are 0 and 1; rounding must not leave them.
  return {count == 0 ? 0 : (centre - half) / scale, count == trials ? 1 : (centre + half) / scale};
}

double StudentCritical(double level, double degrees) {
  if (!(degrees > 0) || !(level > 0 && level < 1)) return math::kNaN;
  const double tail = 1 - level;
  double low = 0;
  double high = 1;
  while (TwoSidedStudentP(high, degrees) > tail && high < 1e100) high *= 2;
  for (int i = 0; i < 100 && high - low > 1e-13 * high; ++i) {
    const double middle = 0.5 * (low + high);
    (TwoSidedStudentP(middle, degrees) > tail ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

MeanInterval MeanWithInterval(std::span<const double> values, double level) {
  const double mean = Mean(values);
  const double n = static_cast<double>(values.size());
  const double half = StudentCritical(level, n - 1) * StandardDeviation(values) / std::sqrt(n);
  return {mean, mean - half, mean + half};
}

double RankOf(double value, std::span<const double> among) {
  if (among.empty() || std::isnan(value)) return math::kNaN;
  double below = 0;
  for (const double other : among) {
    if (other < value) below += 1;
    if (other == value) below += 0.5;
  }
  return below / static_cast<double>(among.size());
}

}  // namespace oneup::sims
