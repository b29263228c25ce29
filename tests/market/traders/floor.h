// A trading floor for one population at a time: a venue in continuous trading, somebody
// who quotes whatever a test needs, and parameters of round numbers.
#pragma once

#include <cstdint>

#include "market/exchange/venue.h"
#include "market/kernel/random.h"
#include "market/traders/desk.h"
#include "market/traders/draws.h"
#include "market/traders/scale.h"
#include "oneup/v1/traders.pb.h"

namespace oneup::traders {

// Owners of a test: the population under test begins at kFirst.
inline constexpr exchange::OwnerId kFirst = 0;
inline constexpr exchange::OwnerId kOther = 9000;

// 2 % a day, a million shares a day in 100 orders: a mean order of 10,000 shares, and a
// volatility of 0.2 % in the mean time between orders.
inline Scale RoundScale() {
  return {.tick = 0.01,
          .daily_volatility = 0.02,
          .daily_volume = 1e6,
          .orders_per_day = 100,
          .order_volatility = 0.002,
          .order_quantity = 1e4};
}

class Floor {
 public:
  explicit Floor(double last = 100, double tick = 0.01)
      : venue_({.ticker = "T", .tick_size = tick, .max_price = 1 << 22}), desk_(venue_) {
    venue_.tape().set_last({static_cast<int32_t>(last / tick + 0.5)});
    venue_.BeginCall();
    venue_.Uncross();
  }
  Floor(const Floor&) = delete;
  Floor& operator=(const Floor&) = delete;

  exchange::Venue& venue() { return venue_; }
  Desk& desk() { return desk_; }

  // The other's standing orders.
  exchange::OrderId Bid(double price, double quantity) {
    return desk_.Limit(kOther, exchange::Side::kBuy, price + kEdge, quantity);
  }
  exchange::OrderId Ask(double price, double quantity) {
    return desk_.Limit(kOther, exchange::Side::kSell, price - kEdge, quantity);
  }
  // Removes all orders.
  void Empty() {
    venue_.Close();
    venue_.BeginCall();
    venue_.Uncross();
  }
  // Leaves only his, at these prices and without end.
  void QuoteOnly(double bid, double ask) {
    Empty();
    Bid(bid, 1e9);
    Ask(ask, 1e9);
  }

  double Shares(exchange::OwnerId owner) const {
    return static_cast<double>(venue_.accounts().Shares(owner));
  }
  // Of an owner's account if a share is worth `value`, money.
  double Wealth(exchange::OwnerId owner, double value) const {
    const exchange::Accounts::Account account = venue_.accounts().Of(owner);
    return static_cast<double>(account.shares) * value +
           static_cast<double>(account.cash) * desk_.tick();
  }
  int64_t Depth(exchange::Side side, double price) const {
    return venue_.book().QuantityAt(side, {static_cast<int32_t>(price / desk_.tick() + 0.5)});
  }

 private:
  // A price meant to be on a tick stays on it.
  static constexpr double kEdge = 1e-9;

  exchange::Venue venue_;
  Desk desk_;
};

// The draws of the n-th arrival of a stream of this test.
class Arrivals {
 public:
  explicit Arrivals(uint64_t seed) : stream_(seed, 1, 1) {}
  Draws Next() { return Draws(stream_); }
  kernel::Stream& stream() { return stream_; }

 private:
  kernel::Stream stream_;
};

}  // namespace oneup::traders
