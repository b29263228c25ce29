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

  bool has_bid() const;
  bool has_ask() const;
  // Money; meaningless when there is none.
  double bid() const;
  double ask() const;
  // Middle of the touch; the last price when a side is empty.
  double mid() const;
  double last() const;
  double tick() const { return tick_; }
  // Shares held; negative when short.
  double shares(exchange::OwnerId owner) const;

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
