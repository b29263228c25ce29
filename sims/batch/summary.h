// How a metric is distributed over the runs of one combination.
#pragma once

#include <array>
#include <cstdint>

#include "sims/stats/descriptive.h"

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

// Of values that are shown to it twice, so that it need not hold them: first in the order of the
// runs, then the least first. Infinite and missing ones are passed over.
class Summarizer {
 public:
  // Mean and spread by B. P. Welford (1962), whose last digits depend on the order; runs come in
  // one order.
  void Add(double value);
  // Each again, not before all have been added.
  void AddAscending(double value);

  MetricSummary Result() const;

 private:
  struct Place {
    QuantilePlace of;
    double at = 0;  // the value there, and the next
    double next = 0;
  };

  uint64_t n_ = 0;
  double mean_ = 0;
  double squares_ = 0;  // sum of squared distances from the mean
  uint64_t seen_ = 0;   // of the ascending ones
  double min_ = 0;
  double max_ = 0;
  std::array<Place, kSummaryQuantiles.size()> places_{};
};

}  // namespace oneup::sims
