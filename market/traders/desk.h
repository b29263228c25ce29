// A trader's access to one listing: the touch, his holdings, and order entry in
// money instead of ticks. A price that no tick can hold, or a quantity below one
// share, places no order.
#pragma once

#include <cstdint>

#include "market/exchange/types.h"
#include "market/exchange/venue.h"

namespace oneup::traders {

class Desk {
 public:
  explicit Desk(exchange::Venue& venue)
      : venue_(venue), tick_(venue.listing().tick_size), per_tick_(1 / tick_) {}

  bool has_bid() const { return !venue_.Empty(exchange::Side::kBuy); }
  bool has_ask() const { return !venue_.Empty(exchange::Side::kSell); }
  // Money; meaningless when there is none.
  double bid() const { return venue_.Best(exchange::Side::kBuy).value * tick_; }
  double ask() const { return venue_.Best(exchange::Side::kSell).value * tick_; }
  // Middle of the touch; the last price when a side is empty.
  double mid() const { return has_bid() && has_ask() ? 0.5 * (bid() + ask()) : last(); }
  double last() const { return venue_.tape().last().value * tick_; }
  double tick() const { return tick_; }
  // Shares held; negative when short.
  double shares(exchange::OwnerId owner) const {
    return static_cast<double>(venue_.accounts().Shares(owner));
  }

  // A buy is rounded down and a sell up to a tick: never worse than asked.
  exchange::OrderId Limit(exchange::OwnerId owner, exchange::Side side, double price,
                          double quantity);
  void Market(exchange::OwnerId owner, exchange::Side side, double quantity);
  void Cancel(exchange::OrderId& order);  // and forgets it

 private:
  exchange::Venue& venue_;
  double tick_;
  double per_tick_;
};

}  // namespace oneup::traders
