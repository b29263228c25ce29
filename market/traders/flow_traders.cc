#include "market/traders/flow_traders.h"

#include <algorithm>
#include <cmath>

#include "market/kernel/math.h"
#include "oneup/v1/traders.pb.h"

namespace oneup::traders {

using exchange::OwnerId;
using exchange::Side;

namespace {

// An exponential size around the mean order, bounded so that no order empties a book alone.
double OrderSize(double mean, double uniform) { return mean * std::min(-math::Log(uniform), 8.0); }

// A noise order farther than this many depths would never be seen.
constexpr double kDeepest = 30;

}  // namespace

Institutions::Institutions(const v1::InstitutionParameters& parameters, const Scale& scale,
                           OwnerId owner)
    : owner_(owner),
      inverse_alpha_(1 / parameters.length_alpha()),
      length_max_(parameters.length_max()),
      order_quantity_(scale.order_quantity),
      per_holding_(1 / (parameters.holding_adv() * scale.daily_volume)),
      slots_(parameters.slots()) {}

void Institutions::Act(Desk& desk, const Draws& draws) {
  LargeOrder& order = slots_[draws.Index(3, static_cast<uint32_t>(slots_.size()))];
  if (order.children_left == 0) {
    // What they hold they sell in time: the flow has memory, their holdings no trend.
    const double tilt = std::clamp(desk.shares(owner_) * per_holding_, -1.0, 1.0);
    order.side = draws.Uniform(4) < 0.5 * (1 - tilt) ? Side::kBuy : Side::kSell;
    const double length = math::Exp(-inverse_alpha_ * math::Log(draws.Uniform(5)));
    order.children_left = static_cast<uint32_t>(std::min(length, length_max_));
  }
  --order.children_left;
  desk.Market(owner_, order.side, OrderSize(order_quantity_, draws.Uniform(6)));
}

Noise::Noise(const v1::NoiseParameters& parameters, const Scale& scale, OwnerId owner)
    : owner_(owner),
      depth_(parameters.depth_sd() * scale.daily_volatility),
      order_quantity_(scale.order_quantity),
      live_(parameters.live_orders()) {}

void Noise::BeginDay() { std::fill(live_.begin(), live_.end(), exchange::OrderId{}); }

void Noise::Act(Desk& desk, const Draws& draws) {
  exchange::OrderId& slot = live_[draws.Index(3, static_cast<uint32_t>(live_.size()))];
  desk.Cancel(slot);
  // 1/u - 1 has median 1 and a tail of exponent 1.
  const double distance = depth_ * std::min(1 / draws.Uniform(5) - 1, kDeepest);
  const double quantity = OrderSize(order_quantity_, draws.Uniform(6));
  if (draws.Coin(4)) {
    const double touch = desk.has_ask() ? desk.ask() - desk.tick() : desk.mid();
    slot = desk.Limit(owner_, Side::kBuy, touch * (1 - distance), quantity);
  } else {
    const double touch = desk.has_bid() ? desk.bid() + desk.tick() : desk.mid();
    slot = desk.Limit(owner_, Side::kSell, touch * (1 + distance), quantity);
  }
}

Momentum::Momentum(const v1::MomentumParameters& parameters, const Scale& scale, int steps_per_day,
                   OwnerId owner)
    : owner_(owner),
      keep_(math::Exp(-1.0 / (parameters.memory_days() * steps_per_day))),
      per_volatility_(1 / scale.daily_volatility),
      demand_(parameters.demand_adv() * scale.daily_volume),
      limit_(parameters.limit_adv() * scale.daily_volume),
      order_quantity_(scale.order_quantity) {}

void Momentum::Observe(double price) {
  price_ = price;
  average_ = average_ == 0 ? price : keep_ * average_ + (1 - keep_) * price;
}

void Momentum::Act(Desk& desk) {
  if (average_ == 0) return;
  const double trend = (price_ / average_ - 1) * per_volatility_;
  const double target = std::clamp(demand_ * trend, -limit_, limit_);
  const double change = target - desk.shares(owner_);
  if (std::abs(change) < order_quantity_) return;
  desk.Market(owner_, change > 0 ? Side::kBuy : Side::kSell,
              std::min(std::abs(change), 2 * order_quantity_));
}

}  // namespace oneup::traders
