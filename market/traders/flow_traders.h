// Traders without a view of value: institutions that split large orders, zero-
// intelligence noise, and momentum traders.
#pragma once

#include <cstdint>
#include <vector>

#include "market/traders/desk.h"
#include "market/traders/draws.h"
#include "market/traders/scale.h"

namespace oneup::v1 {
class InstitutionParameters;
class MomentumParameters;
class NoiseParameters;
}  // namespace oneup::v1

namespace oneup::traders {

// Large orders of Pareto length, worked child by child at the market. With many of
// them interleaved the signs' autocorrelation falls as lag^-(alpha-1)
// (Lillo, Mike and Farmer 2005, Physical Review E 71).
class Institutions {
 public:
  Institutions(const v1::InstitutionParameters& parameters, const Scale& scale,
               exchange::OwnerId owner);
  void Act(Desk& desk, const Draws& draws);

 private:
  struct LargeOrder {
    exchange::Side side = exchange::Side::kBuy;
    uint32_t children_left = 0;
  };
  exchange::OwnerId owner_;
  double inverse_alpha_;
  double length_max_;
  double order_quantity_;
  double per_holding_;
  std::vector<LargeOrder> slots_;
};

// Limit orders at a random distance from the opposite touch, with a power-law tail;
// each new one takes the place of a random older one (random cancellation).
class Noise {
 public:
  Noise(const v1::NoiseParameters& parameters, const Scale& scale, exchange::OwnerId owner);
  void BeginDay();  // yesterday's orders have expired
  void Act(Desk& desk, const Draws& draws);

 private:
  exchange::OwnerId owner_;
  double depth_;  // relative
  double order_quantity_;
  std::vector<exchange::OrderId> live_;
};

// Traders who hold a position proportional to the distance of the price from its
// moving average, up to a limit.
class Momentum {
 public:
  Momentum(const v1::MomentumParameters& parameters, const Scale& scale, int steps_per_day,
           exchange::OwnerId owner);
  // The price moves on by a step of the session.
  void Observe(double price);
  void Act(Desk& desk);

 private:
  exchange::OwnerId owner_;
  double keep_;
  double per_volatility_;
  double demand_;  // shares for one daily volatility of trend
  double limit_;   // shares
  double order_quantity_;
  double average_ = 0;
  double price_ = 0;
};

}  // namespace oneup::traders
