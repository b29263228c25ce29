#include "market/traders/information.h"

#include <cmath>

#include "market/kernel/math.h"
#include "oneup/v1/traders.pb.h"

namespace oneup::traders {
namespace {

constexpr std::array<double, 3> kMemoryDays = {0.05, 1.0, 15.0};
// A night counts as this much of a trading day for the rate of information.
constexpr double kNightDays = 0.25;

}  // namespace

Information::Decay Information::DecayOver(double days, double memory_days) {
  const double keep = math::Exp(-days / memory_days);
  return {keep, std::sqrt(1 - keep * keep)};
}

Information::Information(const v1::InformationParameters& parameters, double daily_volatility,
                         int steps_per_day, kernel::Stream stream)
    : sd_{parameters.intraday_sd(), parameters.daily_sd(), parameters.persistent_sd()},
      stream_(stream) {
  const double step_days = 1.0 / steps_per_day;
  for (int k = 0; k < kScales; ++k) {
    step_decay_[k] = DecayOver(step_days, kMemoryDays[k]);
    night_decay_[k] = DecayOver(kNightDays, kMemoryDays[k]);
    log_rate_shift_ -= 0.5 * sd_[k] * sd_[k];
    log_rate_[k] = sd_[k] * stream_.Normal();
  }
  const double value_sd = daily_volatility * parameters.value_share();
  night_value_sd_ = value_sd * std::sqrt(parameters.overnight_share());
  step_value_sd_ = value_sd * std::sqrt((1 - parameters.overnight_share()) * step_days);
}

void Information::Overnight() { Advance(night_decay_, night_value_sd_); }

void Information::Step() { Advance(step_decay_, step_value_sd_); }

void Information::Advance(const std::array<Decay, kScales>& decay, double value_sd) {
  double log_rate = log_rate_shift_;
  for (int k = 0; k < kScales; ++k) {
    const double shock = stream_.Normal();
    log_rate_[k] = decay[k].keep * log_rate_[k] + sd_[k] * decay[k].shock * shock;
    log_rate += log_rate_[k];
  }
  rate_ = math::Exp(log_rate);
  const double shock = stream_.Normal();
  log_value_ += value_sd * std::sqrt(rate_) * shock;
}

}  // namespace oneup::traders
