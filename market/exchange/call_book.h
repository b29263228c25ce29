// The orders of a listing that trades in call auctions alone. Nothing asks such a book for
// a price's queue until its auction, so it keeps no levels: orders are appended, and only
// those that can trade are put in order when the call ends. A call of some tens of orders
// thus takes a fraction of what OrderBook needs, and stays in the first-level cache.
//
// Trades exactly what an OrderBook trades that gathered the same orders. Not thread-safe.
#pragma once

#include <algorithm>
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
  void Clear() {
    for (std::vector<Order>& orders : sides_) orders.clear();
    ++day_;
  }

  // O(orders). Market orders show as prices 0 and max + 1.
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
  using Ranked = std::vector<uint64_t>;

  static int32_t RankOf(Side side, int32_t price) { return side == Side::kBuy ? price : -price; }
  static int32_t PriceOf(Side side, int32_t rank) { return RankOf(side, rank); }
  int32_t AnyPrice(Side side) const { return side == Side::kBuy ? max_price_ + 1 : 0; }

  const std::vector<Order>& At(Side side) const { return sides_[static_cast<int>(side)]; }
  std::vector<Order>& At(Side side) { return sides_[static_cast<int>(side)]; }

  // An id is the day and the place in it, whose lowest bit is the side.
  AddResult Append(OwnerId owner, Side side, int32_t price, Quantity quantity) {
    std::vector<Order>& orders = At(side);
    const uint64_t place = orders.size();
    orders.push_back({RankOf(side, price), quantity, owner});
    return {.id = uint64_t{day_} << 32 | place << 1 | static_cast<uint64_t>(side)};
  }

  int32_t BestRank(Side side) const {
    int32_t best = kGone;
    for (const Order& order : At(side)) best = std::max(best, order.rank);
    return best;
  }
  // The orders at this rank or before, in the order in which they trade, as their places; and
  // as depths.
  void Rank(Side side, int32_t last);
  void RemoveMarketOrders(Side side);
  static Order& Of(std::vector<Order>& orders, uint64_t ranked) {
    return orders[static_cast<uint32_t>(ranked)];
  }

  int32_t max_price_;
  uint32_t day_ = 1;
  std::vector<Order> sides_[2];
  // Of the auction under way, kept for their memory.
  Ranked ranked_[2];
  std::vector<OrderBook::Depth> depths_[2];
};

// --- Implementation.

inline Reject CallBook::Cancel(OrderId id) {
  std::vector<Order>& orders = At(static_cast<Side>(id & 1));
  const uint32_t place = static_cast<uint32_t>(id) >> 1;
  if (id >> 32 != day_ || place >= orders.size() || orders[place].rank == kGone) {
    return Reject::kUnknownOrder;
  }
  orders[place].rank = kGone;
  return Reject::kNone;
}

inline void CallBook::Rank(Side side, int32_t last) {
  const std::vector<Order>& orders = At(side);
  Ranked& ranked = ranked_[static_cast<int>(side)];
  ranked.clear();
  for (uint32_t place = 0; place < orders.size(); ++place) {
    const int32_t rank = orders[place].rank;
    if (rank < last) continue;
    // One number in which the higher rank comes first, then the earlier place.
    const uint32_t behind =
        static_cast<uint32_t>(std::numeric_limits<int32_t>::max()) - static_cast<uint32_t>(rank);
    ranked.push_back(uint64_t{behind} << 32 | place);
  }
  std::sort(ranked.begin(), ranked.end());
  std::vector<OrderBook::Depth>& depths = depths_[static_cast<int>(side)];
  depths.clear();
  for (const uint64_t next : ranked) {
    const Order& order = orders[static_cast<uint32_t>(next)];
    depths.push_back({{PriceOf(side, order.rank)}, order.quantity});
  }
}

inline void CallBook::RemoveMarketOrders(Side side) {
  for (Order& order : At(side)) {
    if (order.rank == RankOf(side, AnyPrice(side))) order.rank = kGone;
  }
}

template <typename Sink>
std::optional<Clearing> CallBook::Uncross(Ticks reference, Sink&& sink) {
  const int32_t bid_rank = BestRank(Side::kBuy);
  const int32_t ask_rank = BestRank(Side::kSell);
  std::optional<Clearing> clearing;
  // A bid ranks by its price, an ask by the negative of it: they meet where the sum is not
  // negative.
  if (bid_rank != kGone && ask_rank != kGone && bid_rank + ask_rank >= 0) {
    Rank(Side::kBuy, -ask_rank);
    Rank(Side::kSell, -bid_rank);
    clearing = ClearingPrice(depths_[static_cast<int>(Side::kBuy)],
                             depths_[static_cast<int>(Side::kSell)], reference, max_price_);
  }
  if (clearing) {
    auto bid = ranked_[static_cast<int>(Side::kBuy)].begin();
    auto ask = ranked_[static_cast<int>(Side::kSell)].begin();
    for (int64_t left = clearing->volume; left > 0;) {
      Order& buyer = Of(At(Side::kBuy), *bid);
      Order& seller = Of(At(Side::kSell), *ask);
      const Quantity traded =
          static_cast<Quantity>(std::min<int64_t>(left, std::min(buyer.quantity, seller.quantity)));
      left -= traded;
      const Fill fill{
          .maker_order = uint64_t{day_} << 32 | uint64_t{static_cast<uint32_t>(*bid)} << 1,
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
  }
  if (bid_rank == RankOf(Side::kBuy, AnyPrice(Side::kBuy))) RemoveMarketOrders(Side::kBuy);
  if (ask_rank == RankOf(Side::kSell, AnyPrice(Side::kSell))) RemoveMarketOrders(Side::kSell);
  return clearing;
}

}  // namespace oneup::exchange
