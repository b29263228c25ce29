#include "sims/batch/summary.h"

#include <cmath>
#include <cstddef>
#include <limits>

namespace oneup::sims {

void Summarizer::Add(double value) {
  if (!std::isfinite(value)) return;
  ++n_;
  const double before = value - mean_;
  mean_ += before / static_cast<double>(n_);
  squares_ += before * (value - mean_);
}

void Summarizer::AddAscending(double value) {
  if (!std::isfinite(value)) return;
  if (seen_ == 0) min_ = value;
  max_ = value;
  for (size_t i = 0; i < places_.size(); ++i) {
    const uint64_t place = PlaceOf(kSummaryQuantiles[i]);
    // The last value has no next one: then it stands for both.
    if (seen_ == place) places_[i] = {value, value};
    if (seen_ == place + 1) places_[i].next = value;
  }
  ++seen_;
}

MetricSummary Summarizer::Result() const {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  MetricSummary summary{n_, kNaN, kNaN, kNaN, {}, kNaN};
  summary.quantiles.fill(kNaN);
  if (n_ == 0) return summary;
  summary.mean = mean_;
  if (n_ > 1) summary.sd = std::sqrt(squares_ / static_cast<double>(n_ - 1));
  summary.min = min_;
  summary.max = max_;
  for (size_t i = 0; i < places_.size(); ++i) {
    const double position = kSummaryQuantiles[i] * static_cast<double>(n_ - 1);
    const double beyond = position - static_cast<double>(PlaceOf(kSummaryQuantiles[i]));
    summary.quantiles[i] = places_[i].at + beyond * (places_[i].next - places_[i].at);
  }
  return summary;
}

uint64_t Summarizer::PlaceOf(double quantile) const {
  return static_cast<uint64_t>(quantile * static_cast<double>(n_ - 1));
}

}  // namespace oneup::sims
