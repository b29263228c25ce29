// The orders of a listing that trades in call auctions alone. Nothing asks such a book for
// a price's queue until its auction, so it keeps no levels: orders are appended, and only
// those that can trade are put in order when the call ends. A call of some tens of orders
// thus takes a fraction of what OrderBook needs, and stays in the first-level cache.
//
// Trades exactly what an OrderBook trades that gathered the same orders. Not thread-safe.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "market/exchange/auction.h"
#include "market/exchange/call_side.h"
#include "market/exchange/order_book.h"
#include "market/exchange/types.h"

namespace oneup::exchange {

class CallBook {
 public:
  // Prices from 1 to max_price ticks.
  explicit CallBook(int32_t max_price) : max_price_(max_price) {}

  AddResult Gather(OwnerId owner, Side side, Ticks price, Quantity quantity) {
    if (quantity <= 0) return {.reject = Reject::kQuantity};
    if (price.value < 1 || price.value > max_price_) return {.reject = Reject::kPrice};
    return Append(owner, side, price.value, quantity);
  }
  // At the market: before every limit order of its side.
  AddResult GatherMarket(OwnerId owner, Side side, Quantity quantity) {
    if (quantity <= 0) return {.reject = Reject::kQuantity};
    return Append(owner, side, AnyPrice(side), quantity);
  }
  Reject Cancel(OrderId id) {
    CallSide& side = At(static_cast<Side>(id & 1));
    const bool known = id >> 32 == day_ && side.Remove(static_cast<uint32_t>(id) >> 1);
    return known ? Reject::kNone : Reject::kUnknownOrder;
  }

  // Ends a call: trades at the price of ClearingPrice (auction.h), both sides by price-time
  // priority, and removes what is left of market orders. Other orders stay for the next
  // call. Returns the auction's outcome; nothing if no two orders can meet.
  template <typename Sink>
  std::optional<Clearing> Uncross(Ticks reference, Sink&& sink);

  // Removes everything; ids stay used up.
  void Clear() {
    for (CallSide& side : sides_) side.Clear();
    ++day_;
  }

  // Market orders show as prices 0 and max + 1.
  bool Empty(Side side) const { return At(side).Best() == CallSide::kGone; }
  Ticks Best(Side side) const { return {At(side).Turn(At(side).Best())}; }

 private:
  const CallSide& At(Side side) const { return sides_[static_cast<int>(side)]; }
  CallSide& At(Side side) { return sides_[static_cast<int>(side)]; }
  int32_t AnyPrice(Side side) const { return side == Side::kBuy ? max_price_ + 1 : 0; }

  // An id is the day and the place in it, whose lowest bit is the side.
  OrderId IdOf(Side side, uint32_t place) const {
    return uint64_t{day_} << 32 | uint64_t{place} << 1 | static_cast<uint64_t>(side);
  }
  AddResult Append(OwnerId owner, Side side, int32_t price, Quantity quantity) {
    CallSide& book = At(side);
    return {.id = IdOf(side, book.Add(book.Turn(price), {quantity, owner}))};
  }

  int32_t max_price_;
  uint32_t day_ = 1;
  CallSide sides_[2] = {CallSide(Side::kBuy), CallSide(Side::kSell)};
};

// --- Implementation.

template <typename Sink>
std::optional<Clearing> CallBook::Uncross(Ticks reference, Sink&& sink) {
  CallSide& bids = At(Side::kBuy);
  CallSide& asks = At(Side::kSell);
  // The best of each side, at first and when all trades are done.
  CallSide::Rank bid_rank = bids.Best();
  CallSide::Rank ask_rank = asks.Best();
  std::optional<Clearing> clearing;
  // A bid ranks by its price, an ask by the negative of it: they meet where the sum is not
  // negative.
  if (bid_rank != CallSide::kGone && ask_rank != CallSide::kGone && bid_rank + ask_rank >= 0) {
    bids.Sort(-ask_rank);
    asks.Sort(-bid_rank);
    clearing = ClearingPrice(bids.depths(), asks.depths(), reference, max_price_);
  }
  if (clearing) {
    Pairing pairs(bids.depths(), asks.depths());
    for (int64_t left = clearing->volume; left > 0;) {
      const uint32_t bid = bids.places()[pairs.bid()];
      const uint32_t ask = asks.places()[pairs.ask()];
      const int64_t traded = pairs.Trade();
      left -= traded;
      bids.Trade(bid, std::max<int64_t>(pairs.left(), 0));
      asks.Trade(ask, std::max<int64_t>(-pairs.left(), 0));
      sink.OnFill({.maker_order = IdOf(Side::kBuy, bid),
                   .maker = bids.at(bid).owner,
                   .taker = asks.at(ask).owner,
                   .price = clearing->price,
                   .quantity = static_cast<Quantity>(traded),
                   .taker_side = Side::kSell,
                   .auction = true});
    }
    bid_rank = bids.RankAt(pairs.bid());
    ask_rank = asks.RankAt(pairs.ask());
  }
  // Market orders come first: where the best order is none, all have traded.
  for (const Side side : {Side::kBuy, Side::kSell}) {
    const CallSide::Rank first = At(side).Turn(AnyPrice(side));
    if ((side == Side::kBuy ? bid_rank : ask_rank) == first) At(side).RemoveAll(first);
  }
  return clearing;
}

}  // namespace oneup::exchange
