// How a metric is distributed over the runs of one combination.
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace oneup::sims {

// Of MetricSummary::quantiles, and their columns in summary.csv.
inline constexpr std::array kSummaryQuantiles = {.05, .25, .5, .75, .95};
inline constexpr std::array kSummaryQuantileNames = {"q05", "q25", "median", "q75", "q95"};

// Of finite values; all but n are NaN without any.
struct MetricSummary {
  uint64_t n = 0;
  double mean = 0;
  double sd = 0;  // unbiased; NaN below two values
  double min = 0;
  std::array<double, kSummaryQuantiles.size()> quantiles{};  // type 7 (sims/stats/descriptive.h)
  double max = 0;
};

// Mean and spread by B. P. Welford (1962), in the order of the values, on which their last digits
// depend; runs come in one order. O(n log n); holds the values twice.
MetricSummary Summarize(std::span<const double> values);

}  // namespace oneup::sims
