#include "market/traders/index_path.h"

#include <cmath>
#include <utility>

#include "market/kernel/math.h"

namespace oneup::traders {

IndexPath::IndexPath(std::vector<IndexDay> days, double session_volatility, int steps_per_day,
                     kernel::Stream stream)
    : days_(std::move(days)),
      step_sd_(session_volatility / std::sqrt(static_cast<double>(steps_per_day))),
      steps_(steps_per_day),
      stream_(stream) {}

void IndexPath::NextDay() {
  if (next_day_ == days_.size()) return;
  value_ = days_[next_day_].open;
  ++next_day_;
  step_ = 0;
  bridge_ = 0;
}

void IndexPath::Step() {
  if (days_.empty()) return;  // every listing but the index
  const double shock = stream_.Normal();
  if (next_day_ == 0 || step_ == steps_) return;
  const IndexDay& day = days_[next_day_ - 1];
  // The bridge's next point given this one: it drifts back to zero, the less free the
  // nearer the end, and the last step lands on it exactly.
  const int left = steps_ - step_;
  ++step_;
  const double on = 1 - 1.0 / left;
  bridge_ = bridge_ * on + step_sd_ * std::sqrt(on) * shock;
  const double done = static_cast<double>(step_) / steps_;
  value_ = (day.open + (day.close - day.open) * done) * math::Exp(bridge_);
}

}  // namespace oneup::traders
