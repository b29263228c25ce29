#include "market/traders/retail.h"

#include <algorithm>
#include <cmath>

#include "market/kernel/math.h"
#include "oneup/v1/traders.pb.h"

namespace oneup::traders {
namespace {

// A night's gathered orders, as a share of a day's buying at the attention of the morning.
constexpr double kNightDays = 0.3;
// Guards the event queue against a parameter that nobody would mean.
constexpr double kMaxOrdersPerStep = 10'000;
constexpr double kLn2 = 0.69314718055994531;

}  // namespace

Retail::Retail(const v1::RetailParameters& parameters, const Scale& scale, int steps_per_day,
               exchange::OwnerId owner)
    : owner_(owner),
      buying_(parameters.buying_adv() * scale.daily_volume),
      attention_per_return_(parameters.attention_per_return()),
      keep_(math::Exp(-kLn2 / (parameters.half_life_days() * steps_per_day))),
      step_days_(1.0 / steps_per_day),
      sold_per_step_(step_days_ / parameters.holding_days()),
      order_quantity_(scale.order_quantity) {}

void Retail::Notice(double strength) { attention_ += attention_per_return_ * strength; }

void Retail::BringToOpening(Desk& desk) {
  desk.Market(owner_, exchange::Side::kBuy, buying_ * attention_ * kNightDays);
}

Retail::Pending Retail::Step(const Desk& desk, double rounding) {
  const double buys = buying_ * attention_ * step_days_ / order_quantity_;
  const double sells = std::max(0.0, desk.shares(owner_)) * sold_per_step_ / order_quantity_;
  attention_ *= keep_;
  const auto whole = [rounding](double expected) {
    return static_cast<uint32_t>(std::min(expected, kMaxOrdersPerStep) + rounding);
  };
  return {whole(buys), whole(sells)};
}

}  // namespace oneup::traders
