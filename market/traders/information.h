// How news that nobody names reaches one listing: a rate of information that is
// persistent at three time scales and drives both the variance of the value and
// the number of orders (the mixture of distributions: Clark 1973, Econometrica 41;
// Andersen 1996, Journal of Finance 51). It is what clusters volatility, fattens
// the tails and ties volume to volatility.
#pragma once

#include <array>

#include "market/kernel/random.h"

namespace oneup::v1 {
class InformationParameters;
}

namespace oneup::traders {

class Information {
 public:
  // daily_volatility: standard deviation of the listing's own daily log return.
  // steps_per_day: how often Step is called in a session, >= 1.
  Information(const v1::InformationParameters& parameters, double daily_volatility,
              int steps_per_day, kernel::Stream stream);

  // The night before a session.
  void Overnight();
  // The next 1/steps_per_day of a session.
  void Step();

  // Growth that is nobody's news: everybody's value shifts by this, log price.
  void Grow(double log_value) { log_value_ += log_value; }

  // Multiple of the mean rate of information, > 0, mean 1.
  double rate() const { return rate_; }
  // Sum of all own news so far, log price.
  double log_value() const { return log_value_; }

 private:
  static constexpr int kScales = 3;
  struct Decay {
    double keep;   // what is left of a component
    double shock;  // sd of what is added, in units of the component's sd
  };
  static Decay DecayOver(double days, double memory_days);
  void Advance(const std::array<Decay, kScales>& decay, double value_sd);

  std::array<double, kScales> sd_;
  std::array<Decay, kScales> step_decay_;
  std::array<Decay, kScales> night_decay_;
  double log_rate_shift_ = 0;
  double step_value_sd_ = 0;
  double night_value_sd_ = 0;
  std::array<double, kScales> log_rate_{};
  double rate_ = 1;
  double log_value_ = 0;
  kernel::Stream stream_;
};

}  // namespace oneup::traders
