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
  if (seen_ == 0) {
    min_ = value;
    for (size_t i = 0; i < places_.size(); ++i) {
      places_[i].of = PlaceOfQuantile(n_, kSummaryQuantiles[i]);
    }
  }
  max_ = value;
  for (Place& place : places_) {
    // The last value has no next one: then it stands for both.
    if (seen_ == place.of.index) place.at = place.next = value;
    if (seen_ == place.of.index + 1) place.next = value;
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
    const Place& place = places_[i];
    summary.quantiles[i] = place.at + place.of.share * (place.next - place.at);
  }
  return summary;
}

}  // namespace oneup::sims
