// The orders of a listing that trades in call auctions alone. Nothing asks such a book for
// a price's queue until its auction, so it keeps no levels: orders are appended, and only
// those that can trade are put in order when the call ends. A call of some tens of orders
// thus takes a fraction of what OrderBook needs, and stays in the first-level cache.
//
// Trades exactly what an OrderBook trades that gathered the same orders. Not thread-safe.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "market/exchange/auction.h"
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
  Reject Cancel(OrderId id);

  // Ends a call: trades at the price of ClearingPrice (auction.h), both sides by price-time
  // priority, and removes what is left of market orders. Other orders stay for the next
  // call. Returns the auction's outcome; nothing if no two orders can meet.
  template <typename Sink>
  std::optional<Clearing> Uncross(Ticks reference, Sink&& sink);

  // Removes everything; ids stay used up.
  void Clear();

  // Market orders show as prices 0 and max + 1.
  bool Empty(Side side) const { return BestRank(side) == kGone; }
  Ticks Best(Side side) const { return {PriceOf(side, BestRank(side))}; }

 private:
  // How early an order of its side trades: the price, or for a sell order its negative.
  static constexpr int32_t kGone = std::numeric_limits<int32_t>::min();
  struct Order {
    int32_t rank = kGone;
    Quantity quantity = 0;
    OwnerId owner = 0;
  };
  struct BookSide {
    std::vector<Order> orders;  // in order of time
    mutable int32_t best = kGone;
    mutable bool knows_best = true;  // looked up only when it is asked for
    // Of the auction under way, and kept for their memory: the orders that reach the other
    // side's best, in the order in which they trade.
    std::vector<uint64_t> keys;
    std::vector<uint32_t> places;
    std::vector<OrderBook::Depth> depths;
  };

  static int32_t RankOf(Side side, int32_t price) { return side == Side::kBuy ? price : -price; }
  static int32_t PriceOf(Side side, int32_t rank) { return RankOf(side, rank); }
  int32_t AnyPrice(Side side) const { return side == Side::kBuy ? max_price_ + 1 : 0; }

  const BookSide& At(Side side) const { return sides_[static_cast<int>(side)]; }
  BookSide& At(Side side) { return sides_[static_cast<int>(side)]; }

  // An id is the day and the place in it, whose lowest bit is the side.
  OrderId IdOf(Side side, uint64_t place) const {
    return uint64_t{day_} << 32 | place << 1 | static_cast<uint64_t>(side);
  }
  AddResult Append(OwnerId owner, Side side, int32_t price, Quantity quantity) {
    BookSide& book = At(side);
    const int32_t rank = RankOf(side, price);
    book.best = std::max(book.best, rank);
    book.orders.push_back({rank, quantity, owner});
    return {.id = IdOf(side, book.orders.size() - 1)};
  }
  int32_t BestRank(Side side) const;
  // Finds the orders of this rank or before.
  void Rank(Side side, int32_t last);
  void RemoveMarketOrders(Side side);

  int32_t max_price_;
  uint32_t day_ = 1;
  BookSide sides_[2];
};

// --- Implementation.

inline Reject CallBook::Cancel(OrderId id) {
  BookSide& book = At(static_cast<Side>(id & 1));
  const uint32_t place = static_cast<uint32_t>(id) >> 1;
  if (id >> 32 != day_ || place >= book.orders.size()) return Reject::kUnknownOrder;
  Order& order = book.orders[place];
  if (order.rank == kGone) return Reject::kUnknownOrder;
  if (order.rank == book.best) book.knows_best = false;
  order.rank = kGone;
  return Reject::kNone;
}

inline void CallBook::Clear() {
  for (BookSide& book : sides_) {
    book.orders.clear();
    book.best = kGone;
    book.knows_best = true;
  }
  ++day_;
}

inline int32_t CallBook::BestRank(Side side) const {
  const BookSide& book = At(side);
  if (!book.knows_best) {
    book.best = kGone;
    for (const Order& order : book.orders) book.best = std::max(book.best, order.rank);
    book.knows_best = true;
  }
  return book.best;
}

inline void CallBook::Rank(Side side, int32_t last) {
  BookSide& book = At(side);
  // Nothing here branches on an order's price, which no processor foresees.
  std::vector<uint64_t>& keys = book.keys;
  keys.resize(book.orders.size());
  size_t count = 0;
  for (uint32_t place = 0; place < book.orders.size(); ++place) {
    const int32_t rank = book.orders[place].rank;
    // One number in which the higher rank comes first, then the earlier place.
    const uint32_t behind =
        static_cast<uint32_t>(std::numeric_limits<int32_t>::max()) - static_cast<uint32_t>(rank);
    keys[count] = uint64_t{behind} << 32 | place;
    count += rank >= last ? 1 : 0;
  }
  keys.resize(count);
  // Of some tens of orders each one's place is found by counting those before it.
  constexpr size_t kFew = 32;
  const bool few = count <= kFew;
  if (!few) std::sort(keys.begin(), keys.end());
  book.places.resize(count);
  book.depths.resize(count);
  for (size_t i = 0; i < count; ++i) {
    size_t at = few ? 0 : i;
    if (few) {
      for (const uint64_t other : keys) at += other < keys[i] ? 1 : 0;
    }
    const auto place = static_cast<uint32_t>(keys[i]);
    const Order& order = book.orders[place];
    book.places[at] = place;
    book.depths[at] = {{PriceOf(side, order.rank)}, order.quantity};
  }
}

inline void CallBook::RemoveMarketOrders(Side side) {
  BookSide& book = At(side);
  for (Order& order : book.orders) {
    if (order.rank == RankOf(side, AnyPrice(side))) order.rank = kGone;
  }
  book.knows_best = false;
}

template <typename Sink>
std::optional<Clearing> CallBook::Uncross(Ticks reference, Sink&& sink) {
  const int32_t bid_rank = BestRank(Side::kBuy);
  const int32_t ask_rank = BestRank(Side::kSell);
  BookSide& bids = At(Side::kBuy);
  BookSide& asks = At(Side::kSell);
  std::optional<Clearing> clearing;
  // A bid ranks by its price, an ask by the negative of it: they meet where the sum is not
  // negative.
  if (bid_rank != kGone && ask_rank != kGone && bid_rank + ask_rank >= 0) {
    Rank(Side::kBuy, -ask_rank);
    Rank(Side::kSell, -bid_rank);
    clearing = ClearingPrice(bids.depths, asks.depths, reference, max_price_);
  }
  if (clearing) {
    auto bid = bids.places.begin();
    auto ask = asks.places.begin();
    for (int64_t left = clearing->volume; left > 0;) {
      Order& buyer = bids.orders[*bid];
      Order& seller = asks.orders[*ask];
      const Quantity traded =
          static_cast<Quantity>(std::min<int64_t>(left, std::min(buyer.quantity, seller.quantity)));
      left -= traded;
      const Fill fill{.maker_order = IdOf(Side::kBuy, *bid),
                      .maker = buyer.owner,
                      .taker = seller.owner,
                      .price = clearing->price,
                      .quantity = traded,
                      .taker_side = Side::kSell,
                      .auction = true};
      if ((buyer.quantity -= traded) == 0) {
        buyer.rank = kGone;
        ++bid;
      }
      if ((seller.quantity -= traded) == 0) {
        seller.rank = kGone;
        ++ask;
      }
      sink.OnFill(fill);
    }
    bids.knows_best = asks.knows_best = false;
  }
  if (bid_rank == RankOf(Side::kBuy, AnyPrice(Side::kBuy))) RemoveMarketOrders(Side::kBuy);
  if (ask_rank == RankOf(Side::kSell, AnyPrice(Side::kSell))) RemoveMarketOrders(Side::kSell);
  return clearing;
}

}  // namespace oneup::exchange
