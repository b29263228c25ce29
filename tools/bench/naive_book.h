// The order book as a textbook writes it: a std::map of prices a side, a std::list of
// orders a price, a hash map from id to order. Slow and plainly right: the tests hold
// exchange::OrderBook against it, and the benchmarks measure it alongside. The calls
// are OrderBook's, and mean the same; ids are 1, 2, 3, ...
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <list>
#include <map>
#include <unordered_map>

#include "market/exchange/order_book.h"
#include "market/exchange/types.h"

namespace oneup::exchange {

class NaiveBook {
 public:
  explicit NaiveBook(int32_t max_price) : max_price_(max_price) {}

  template <typename Sink>
  AddResult Limit(OwnerId owner, Side side, Ticks price, Quantity quantity, Sink&& sink) {
    if (const Reject reject = Check(price, quantity); reject != Reject::kNone) {
      return {.reject = reject};
    }
    const Quantity left = Match(owner, side, price.value, quantity, sink);
    return {.id = left > 0 ? Rest({++last_id_, owner, side, price.value, left}) : 0,
            .filled = quantity - left};
  }

  template <typename Sink>
  AddResult ImmediateOrCancel(OwnerId owner, Side side, Ticks price, Quantity quantity,
                              Sink&& sink) {
    if (const Reject reject = Check(price, quantity); reject != Reject::kNone) {
      return {.reject = reject};
    }
    return {.filled = quantity - Match(owner, side, price.value, quantity, sink)};
  }

  template <typename Sink>
  AddResult Market(OwnerId owner, Side side, Quantity quantity, Sink&& sink) {
    if (quantity <= 0) return {.reject = Reject::kQuantity};
    return {.filled = quantity - Match(owner, side, AnyPrice(side), quantity, sink)};
  }

  AddResult PostOnly(OwnerId owner, Side side, Ticks price, Quantity quantity) {
    if (const Reject reject = Check(price, quantity); reject != Reject::kNone) {
      return {.reject = reject};
    }
    if (!Empty(Opposite(side)) && Reaches(side, price.value, Best(Opposite(side)).value)) {
      return {.reject = Reject::kWouldTrade};
    }
    return {.id = Rest({++last_id_, owner, side, price.value, quantity})};
  }

  Reject Cancel(OrderId id) {
    const auto found = index_.find(id);
    if (found == index_.end()) return Reject::kUnknownOrder;
    Remove(found->second);
    return Reject::kNone;
  }

  template <typename Sink>
  AddResult Modify(OrderId id, Ticks price, Quantity quantity, Sink&& sink) {
    const auto found = index_.find(id);
    if (found == index_.end()) return {.reject = Reject::kUnknownOrder};
    if (const Reject reject = Check(price, quantity); reject != Reject::kNone) {
      return {.id = id, .reject = reject};
    }
    Order order = *found->second;
    if (price.value == order.price && quantity <= order.quantity) {
      found->second->quantity = quantity;
      return {.id = id};
    }
    Remove(found->second);
    order.price = price.value;
    order.quantity = Match(order.owner, order.side, price.value, quantity, sink);
    return {.id = order.quantity > 0 ? Rest(order) : 0, .filled = quantity - order.quantity};
  }

  AddResult Gather(OwnerId owner, Side side, Ticks price, Quantity quantity) {
    if (const Reject reject = Check(price, quantity); reject != Reject::kNone) {
      return {.reject = reject};
    }
    return {.id = Rest({++last_id_, owner, side, price.value, quantity})};
  }

  AddResult GatherMarket(OwnerId owner, Side side, Quantity quantity) {
    if (quantity <= 0) return {.reject = Reject::kQuantity};
    return {.id = Rest({++last_id_, owner, side, AnyPrice(side), quantity})};
  }

  template <typename Sink>
  void Uncross(Ticks price, int64_t volume, Sink&& sink) {
    while (volume > 0) {
      const auto bid = First(Side::kBuy);
      const auto ask = First(Side::kSell);
      const Quantity traded =
          static_cast<Quantity>(std::min<int64_t>(volume, std::min(bid->quantity, ask->quantity)));
      const Fill fill{.maker_order = bid->id,
                      .maker = bid->owner,
                      .taker = ask->owner,
                      .price = price,
                      .quantity = traded,
                      .taker_side = Side::kSell,
                      .auction = true};
      volume -= traded;
      for (const auto order : {bid, ask}) {
        order->quantity -= traded;
        if (order->quantity == 0) Remove(order);
      }
      sink.OnFill(fill);
    }
    for (const Side side : {Side::kBuy, Side::kSell}) {
      while (!Empty(side) && Best(side).value == AnyPrice(side)) Remove(First(side));
    }
  }

  void Clear() {
    sides_[0].clear();
    sides_[1].clear();
    index_.clear();
  }

  bool Empty(Side side) const { return At(side).empty(); }
  Ticks Best(Side side) const {
    return {side == Side::kBuy ? At(side).rbegin()->first : At(side).begin()->first};
  }
  size_t order_count() const { return index_.size(); }
  bool Contains(OrderId id) const { return index_.contains(id); }
  Quantity Remaining(OrderId id) const { return Contains(id) ? index_.at(id)->quantity : 0; }

  template <typename Visit>
  void VisitLevels(Side side, Visit&& visit) const {
    const auto walk = [&](auto level, auto end) {
      for (; level != end; ++level) {
        int64_t quantity = 0;
        for (const Order& order : level->second) quantity += order.quantity;
        if (!visit(OrderBook::Depth{{level->first}, quantity})) return;
      }
    };
    if (side == Side::kBuy) {
      walk(At(side).rbegin(), At(side).rend());
    } else {
      walk(At(side).begin(), At(side).end());
    }
  }

 private:
  struct Order {
    OrderId id = 0;
    OwnerId owner = 0;
    Side side = Side::kBuy;
    int32_t price = 0;
    Quantity quantity = 0;
  };
  using Queue = std::list<Order>;  // the first in time first
  using Levels = std::map<int32_t, Queue>;

  static bool Reaches(Side taker, int32_t limit, int32_t price) {
    return taker == Side::kBuy ? price <= limit : price >= limit;
  }
  int32_t AnyPrice(Side taker) const { return taker == Side::kBuy ? max_price_ + 1 : 0; }
  Reject Check(Ticks price, Quantity quantity) const {
    if (quantity <= 0) return Reject::kQuantity;
    if (price.value < 1 || price.value > max_price_) return Reject::kPrice;
    return Reject::kNone;
  }

  Levels& At(Side side) { return sides_[side == Side::kBuy ? 0 : 1]; }
  const Levels& At(Side side) const { return sides_[side == Side::kBuy ? 0 : 1]; }
  // The order that trades next; the side is not empty.
  Queue::iterator First(Side side) {
    Levels& levels = At(side);
    return (side == Side::kBuy ? std::prev(levels.end()) : levels.begin())->second.begin();
  }

  template <typename Sink>
  Quantity Match(OwnerId owner, Side side, int32_t limit, Quantity quantity, Sink& sink) {
    const Side other = Opposite(side);
    while (quantity > 0 && !Empty(other) && Reaches(side, limit, Best(other).value)) {
      const auto maker = First(other);
      const Fill fill{.maker_order = maker->id,
                      .maker = maker->owner,
                      .taker = owner,
                      .price = {maker->price},
                      .quantity = std::min(quantity, maker->quantity),
                      .taker_side = side};
      quantity -= fill.quantity;
      maker->quantity -= fill.quantity;
      if (maker->quantity == 0) Remove(maker);
      sink.OnFill(fill);
    }
    return quantity;
  }

  OrderId Rest(const Order& order) {
    Queue& queue = At(order.side)[order.price];
    index_[order.id] = queue.insert(queue.end(), order);
    return order.id;
  }

  void Remove(Queue::iterator order) {
    Levels& levels = At(order->side);
    const auto level = levels.find(order->price);
    index_.erase(order->id);
    level->second.erase(order);
    if (level->second.empty()) levels.erase(level);
  }

  int32_t max_price_;
  Levels sides_[2];
  std::unordered_map<OrderId, Queue::iterator> index_;
  OrderId last_id_ = 0;
};

}  // namespace oneup::exchange
