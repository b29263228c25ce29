// Attention-driven retail (Barber and Odean 2008, Review of Financial Studies 21):
// individuals buy what catches their attention, soon and together, and sell it
// again at their leisure. A headline about one company draws eyes to its sector.
#pragma once

#include <cstdint>

#include "market/traders/desk.h"
#include "market/traders/scale.h"

namespace oneup::v1 {
class RetailParameters;
}

namespace oneup::traders {

class Retail {
 public:
  Retail(const v1::RetailParameters& parameters, const Scale& scale, int steps_per_day,
         exchange::OwnerId owner);

  // Something about this listing is in the news; strength in log-return units.
  void Notice(double strength);
  double attention() const { return attention_; }

  // The orders that gathered overnight, at the market, into the opening call.
  void BringToOpening(Desk& desk);
  // Lets a step of the session pass; afterwards `pending` orders of each side wait
  // to be placed, one by one, by Buy and Sell.
  struct Pending {
    uint32_t buys = 0;
    uint32_t sells = 0;
  };
  // rounding in (0, 1) turns the expected number into a whole one, without bias.
  Pending Step(const Desk& desk, double rounding);
  void Buy(Desk& desk) { desk.Market(owner_, exchange::Side::kBuy, order_quantity_); }
  void Sell(Desk& desk) { desk.Market(owner_, exchange::Side::kSell, order_quantity_); }

 private:
  exchange::OwnerId owner_;
  double buying_;  // shares a day per unit of attention
  double attention_per_return_;
  double keep_;  // of attention, a step
  double step_days_;
  double sold_per_step_;  // of the holdings
  double order_quantity_;
  double attention_ = 0;
};

}  // namespace oneup::traders
