// A trader's access to one listing: the touch, his holdings, and order entry in
// money instead of ticks. A price that no tick can hold, or a quantity below one
// share, places no order.
#pragma once

#include <algorithm>
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

// --- Implementation: inline, so that an order is one function from its sender to its place.

namespace internal {

inline int32_t WholeShares(double quantity) {
  constexpr double kMaxQuantity = 1e9;
  return static_cast<int32_t>(std::min(std::max(quantity, 0.0), kMaxQuantity));
}

}  // namespace internal

inline exchange::OrderId Desk::Limit(exchange::OwnerId owner, exchange::Side side, double price,
                                     double quantity) {
  constexpr double kMaxTicks = 1e9;  // the book knows its own, lower limit
  const double ticks = price * per_tick_;
  const int32_t shares = internal::WholeShares(quantity);
  if (!(ticks > 0) || ticks > kMaxTicks || shares == 0) return 0;
  // Floor and ceiling by the conversion, which cuts off: their functions take longer.
  int32_t whole = static_cast<int32_t>(ticks);
  if (side == exchange::Side::kSell) whole += whole < ticks ? 1 : 0;
  if (whole == 0) return 0;
  return venue_.Limit(owner, side, {whole}, shares).id;
}

inline void Desk::Market(exchange::OwnerId owner, exchange::Side side, double quantity) {
  const int32_t shares = internal::WholeShares(quantity);
  if (shares > 0) venue_.Market(owner, side, shares);
}

inline void Desk::Cancel(exchange::OrderId& order) {
  if (order == 0) return;
  venue_.Cancel(order);
  order = 0;
}

}  // namespace oneup::traders
