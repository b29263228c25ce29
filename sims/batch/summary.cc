#include "sims/batch/summary.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "sims/stats/descriptive.h"

namespace oneup::sims {

MetricSummary Summarize(std::span<const double> values) {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> finite;
  finite.reserve(values.size());
  double mean = 0;
  double squares = 0;  // sum of squared distances from the mean
  for (const double value : values) {
    if (!std::isfinite(value)) continue;
    finite.push_back(value);
    const double before = value - mean;
    mean += before / static_cast<double>(finite.size());
    squares += before * (value - mean);
  }
  MetricSummary summary{finite.size(), kNaN, kNaN, kNaN, {}, kNaN};
  summary.quantiles.fill(kNaN);
  if (finite.empty()) return summary;
  summary.mean = mean;
  if (finite.size() > 1) summary.sd = std::sqrt(squares / static_cast<double>(finite.size() - 1));
  const auto [min, max] = std::ranges::minmax(finite);
  summary.min = min;
  summary.max = max;
  std::ranges::copy(Quantiles(finite, kSummaryQuantiles), summary.quantiles.begin());
  return summary;
}

}  // namespace oneup::sims
