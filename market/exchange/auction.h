// The price of a call auction.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "market/exchange/order_book.h"
#include "market/exchange/types.h"

namespace oneup::exchange {

// Orders or levels, best first.
using Depths = std::span<const OrderBook::Depth>;

// Two sides, neither of them empty, in the order in which they trade. Which of two orders is the
// larger nobody foresees: written so that a compiler need not branch on it.
class Pairing {
 public:
  Pairing(Depths bids, Depths asks)
      : bids_(bids),
        asks_(asks),
        bid_left_(bids.front().quantity),
        ask_left_(asks.front().quantity) {}

  // The first bid and the first ask that have not traded whole, by their index; the number of them
  // where all have.
  size_t bid() const { return bid_; }
  size_t ask() const { return ask_; }
  bool Done() const { return bid_ == bids_.size() || ask_ == asks_.size(); }

  // These two trade what both can: returns the shares. Not when done.
  int64_t Trade() {
    left_ = bid_left_ - ask_left_;
    const int64_t of_bid = std::max<int64_t>(left_, 0);
    const int64_t of_ask = of_bid - left_;
    const int64_t traded = bid_left_ - of_bid;
    bid_ += of_bid == 0 ? 1 : 0;
    ask_ += of_ask == 0 ? 1 : 0;
    bid_left_ = of_bid == 0 ? QuantityOf(bids_, bid_) : of_bid;
    ask_left_ = of_ask == 0 ? QuantityOf(asks_, ask_) : of_ask;
    return traded;
  }
  // What the last trade left of its bid, or if it is negative of its ask.
  int64_t left() const { return left_; }

 private:
  static int64_t QuantityOf(Depths side, size_t i) {
    return side[std::min(i, side.size() - 1)].quantity;
  }

  Depths bids_;
  Depths asks_;
  size_t bid_ = 0;
  size_t ask_ = 0;
  int64_t bid_left_;
  int64_t ask_left_;
  int64_t left_ = 0;
};

struct Clearing {
  Ticks price;
  int64_t volume = 0;   // shares that trade at it, > 0
  int64_t surplus = 0;  // demand less supply at it
};

// The price at which the gathered orders of a book trade, by the rules that Euronext
// publishes for its call auctions, among the orders' limits and the reference price (a
// market order must not carry the price away from all that anybody named): the largest
// volume; of those prices the smallest surplus; of those the highest if buyers are left
// over at all of them, the lowest if sellers are; otherwise the one nearest to the
// reference price. Nothing if no two orders can meet. Takes O(levels) memory and
// time.
std::optional<Clearing> ClearingPrice(const OrderBook& book, Ticks reference);

// The same of orders or levels given best first, with at least all that reach the other
// side's best. Market orders come as prices 0 and max_price + 1.
std::optional<Clearing> ClearingPrice(Depths bids, Depths asks, Ticks reference, int32_t max_price);

}  // namespace oneup::exchange
