// A limit order book with price-time priority. A library of its own: it knows no
// agent, clock or money, only ticks, shares and owners.
//
//   OrderBook book(1 << 20);
//   struct { void OnFill(const Fill& fill) { ... } } sink;
//   AddResult result = book.Limit(owner, Side::kBuy, Ticks{100}, 10, sink);
//   book.Cancel(result.id);
//
// Layout, each for speed: a price's level is found by index in a flat array a side;
// the next occupied level by a bitmap tree; orders live in one slab, linked within
// their level by 32-bit indices; an id names its slot and the slot's generation. So
// every operation is O(1) plus the fills it makes, and nothing is allocated once the
// slab has grown. Only what a level holds in sum is added up anew for whoever asks, so
// that orders need not keep it. The sink is a template argument: no virtual call per order.
//
// Orders of one owner may trade with each other. Not thread-safe.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "market/exchange/level_bitmap.h"
#include "market/exchange/types.h"
#include "market/exchange/zero_pages.h"

namespace oneup::exchange {

// 16 bytes, which a function returns in registers: a larger one goes through memory, and
// at these speeds waiting for it was a tenth of an order's cost.
struct AddResult {
  OrderId id = 0;       // of what rests in the book; 0 if nothing does
  Quantity filled = 0;  // shares traded at once
  Reject reject = Reject::kNone;
};
static_assert(sizeof(AddResult) == 16);

class OrderBook {
 public:
  // A level as a query returns it.
  struct Depth {
    Ticks price;
    int64_t quantity = 0;
  };

  // Prices from 1 to max_price ticks, at most kMaxPrice. Costs 16 bytes of address
  // space a tick; memory only where orders are.
  static constexpr int32_t kMaxPrice = static_cast<int32_t>(LevelBitmap::kCapacity) - 2;
  explicit OrderBook(int32_t max_price = 1 << 20);

  // Trades with what the limit reaches, rests the remainder.
  template <typename Sink>
  AddResult Limit(OwnerId owner, Side side, Ticks price, Quantity quantity, Sink&& sink);
  // Immediate or cancel: as Limit, but no remainder rests.
  template <typename Sink>
  AddResult ImmediateOrCancel(OwnerId owner, Side side, Ticks price, Quantity quantity,
                              Sink&& sink);
  // Trades at any price; no remainder rests.
  template <typename Sink>
  AddResult Market(OwnerId owner, Side side, Quantity quantity, Sink&& sink);
  // Rests, or is rejected where it would trade.
  AddResult PostOnly(OwnerId owner, Side side, Ticks price, Quantity quantity);

  Reject Cancel(OrderId id);
  // A lower quantity at the same price keeps its place in the queue; anything else
  // is a new order under the same id, which may trade. result.id is 0 if it was filled.
  template <typename Sink>
  AddResult Modify(OrderId id, Ticks price, Quantity quantity, Sink&& sink);

  // --- Call auctions: orders gather without trading, and the book may be crossed.
  AddResult Gather(OwnerId owner, Side side, Ticks price, Quantity quantity);
  // At the market: before every limit order of its side.
  AddResult GatherMarket(OwnerId owner, Side side, Quantity quantity);
  // Trades `volume` shares at one price, both sides by price-time priority; then
  // removes what is left of market orders. The price comes from ClearingPrice
  // (auction.h), and volume must be executable at it.
  template <typename Sink>
  void Uncross(Ticks price, int64_t volume, Sink&& sink);

  // Removes everything; ids stay used up.
  void Clear();

  bool Empty(Side side) const { return At(side).best == kNoLevel; }
  // Of a side that is not empty. In a call, market orders show as prices 0 and max + 1.
  Ticks Best(Side side) const { return {At(side).best}; }
  // O(orders at the price); 0 for one outside the range.
  int64_t QuantityAt(Side side, Ticks price) const;
  size_t order_count() const { return order_count_; }
  bool Contains(OrderId id) const { return Find(id) != nullptr; }
  // Shares left of an order; 0 if it is not in the book.
  Quantity Remaining(OrderId id) const;
  OwnerId OwnerOf(OrderId id) const;  // of an order in the book
  int32_t max_price() const { return max_price_; }

  // Calls visit(Depth) for the levels of a side, the best first, until it returns false.
  template <typename Visit>
  void VisitLevels(Side side, Visit&& visit) const;

  // True if all totals, links and best prices agree: for tests and checked runs. O(orders).
  bool CheckInvariants() const;

 private:
  static constexpr int32_t kNoLevel = -1;

  struct alignas(32) Order {  // never in two cache lines
    uint32_t generation = 0;
    uint32_t previous = 0;  // slots; 0 ends a list
    uint32_t next = 0;
    OwnerId owner = 0;
    int32_t price = 0;
    Quantity quantity = 0;  // 0 marks a free slot
    Side side = Side::kBuy;
  };
  struct Level {     // means something while its price is occupied
    uint32_t first;  // slots
    uint32_t last;
  };
  struct BookSide {
    explicit BookSide(int32_t max_price);
    LevelBitmap occupied;     // prices, 0 .. max_price + 1
    ZeroPages<Level> levels;  // by price
    int32_t best = kNoLevel;
  };

  const BookSide& At(Side side) const { return sides_[static_cast<int>(side)]; }
  BookSide& At(Side side) { return sides_[static_cast<int>(side)]; }

  static bool Reaches(Side taker, int32_t limit, int32_t price) {
    return taker == Side::kBuy ? price <= limit : price >= limit;
  }
  // Worst price a side can have, so that it reaches everything.
  int32_t AnyPrice(Side taker) const { return taker == Side::kBuy ? max_price_ + 1 : 0; }

  Reject Check(Ticks price, Quantity quantity) const {
    if (quantity <= 0) return Reject::kQuantity;
    if (price.value < 1 || price.value > max_price_) return Reject::kPrice;
    return Reject::kNone;
  }

  const Order* Find(OrderId id) const {
    const uint32_t slot = static_cast<uint32_t>(id);
    if (slot >= orders_.size()) return nullptr;
    const Order& order = orders_[slot];
    return order.quantity > 0 && order.generation == id >> 32 ? &order : nullptr;
  }

  bool Crosses(Side side, int32_t limit) const {
    const int32_t best = At(Opposite(side)).best;
    return best != kNoLevel && Reaches(side, limit, best);
  }
  // Trades against the other side; returns the shares left.
  template <typename Sink>
  Quantity Match(OwnerId owner, Side side, int32_t limit, Quantity quantity, Sink& sink);
  // Puts an order at the end of its level. 0 if the slab is full.
  OrderId Rest(OwnerId owner, Side side, int32_t price, Quantity quantity);
  void Link(uint32_t slot);
  void Unlink(uint32_t slot);
  void Release(uint32_t slot);
  void FindBest(BookSide& book, Side side, int32_t from);
  void RemoveBestLevel(Side side);
  int64_t LevelQuantity(const BookSide& book, int32_t price) const;  // of an occupied level
  void GrowSlab();

  int32_t max_price_;
  BookSide sides_[2];
  std::vector<Order> orders_;
  uint32_t free_ = 0;  // first free slot, linked by `next`
  size_t order_count_ = 0;
};

// --- Implementation of the templates and of what must be inlined.

inline void OrderBook::FindBest(BookSide& book, Side side, int32_t from) {
  const uint32_t found =
      side == Side::kBuy
          ? (from < 0 ? LevelBitmap::kNone : book.occupied.AtOrBelow(static_cast<uint32_t>(from)))
          : book.occupied.AtOrAbove(static_cast<uint32_t>(from));
  book.best = found == LevelBitmap::kNone ? kNoLevel : static_cast<int32_t>(found);
}

inline void OrderBook::Link(uint32_t slot) {
  Order& order = orders_[slot];
  BookSide& book = At(order.side);
  Level& level = book.levels[order.price];
  order.next = 0;
  // Asking the bitmap, not the level: it is a small part of the size, and a fresh page of
  // levels that is read before it is written would be faulted in twice.
  if (book.occupied.Add(static_cast<uint32_t>(order.price))) {
    order.previous = 0;
    level = {slot, slot};
    const bool better =
        book.best == kNoLevel ||
        (order.side == Side::kBuy ? order.price > book.best : order.price < book.best);
    if (better) book.best = order.price;
  } else {
    order.previous = level.last;
    orders_[level.last].next = slot;
    level.last = slot;
  }
}

inline void OrderBook::Unlink(uint32_t slot) {
  const Order& order = orders_[slot];
  BookSide& book = At(order.side);
  if (order.previous == 0 && order.next == 0) {  // alone
    book.occupied.Remove(static_cast<uint32_t>(order.price));
    if (order.price == book.best) {
      FindBest(book, order.side, order.side == Side::kBuy ? order.price - 1 : order.price + 1);
    }
    return;
  }
  // Where an order stands in its queue cannot be predicted: choosing the two places to
  // write by a conditional move saves two mispredicted branches.
  Level& level = book.levels[order.price];
  uint32_t* const from_previous =
      order.previous != 0 ? &orders_[order.previous].next : &level.first;
  uint32_t* const from_next = order.next != 0 ? &orders_[order.next].previous : &level.last;
  *from_previous = order.next;
  *from_next = order.previous;
}

inline void OrderBook::Release(uint32_t slot) {
  Order& order = orders_[slot];
  order.quantity = 0;
  ++order.generation;
  order.next = free_;
  free_ = slot;
  --order_count_;
}

inline OrderId OrderBook::Rest(OwnerId owner, Side side, int32_t price, Quantity quantity) {
  if (free_ == 0) [[unlikely]] {
    GrowSlab();
    if (free_ == 0) return 0;
  }
  const uint32_t slot = free_;
  Order& order = orders_[slot];
  free_ = order.next;
  order.owner = owner;
  order.price = price;
  order.quantity = quantity;
  order.side = side;
  ++order_count_;
  Link(slot);
  return uint64_t{order.generation} << 32 | slot;
}

template <typename Sink>
Quantity OrderBook::Match(OwnerId owner, Side side, int32_t limit, Quantity quantity, Sink& sink) {
  BookSide& book = At(Opposite(side));
  while (quantity > 0 && book.best != kNoLevel && Reaches(side, limit, book.best)) {
    const uint32_t slot = book.levels[book.best].first;
    Order& maker = orders_[slot];
    const Quantity traded = std::min(quantity, maker.quantity);
    const Fill fill{.maker_order = uint64_t{maker.generation} << 32 | slot,
                    .maker = maker.owner,
                    .taker = owner,
                    .price = {maker.price},
                    .quantity = traded,
                    .taker_side = side};
    quantity -= traded;
    if (traded == maker.quantity) {
      Unlink(slot);
      Release(slot);
    } else {
      maker.quantity -= traded;
    }
    sink.OnFill(fill);
  }
  return quantity;
}

template <typename Sink>
AddResult OrderBook::Limit(OwnerId owner, Side side, Ticks price, Quantity quantity, Sink&& sink) {
  if (const Reject reject = Check(price, quantity); reject != Reject::kNone) {
    return {.reject = reject};
  }
  // Most limit orders trade nothing, and are spared the call.
  const Quantity left =
      Crosses(side, price.value) ? Match(owner, side, price.value, quantity, sink) : quantity;
  AddResult result{.filled = quantity - left};
  if (left > 0) {
    result.id = Rest(owner, side, price.value, left);
    if (result.id == 0) result.reject = Reject::kFull;
  }
  return result;
}

template <typename Sink>
AddResult OrderBook::ImmediateOrCancel(OwnerId owner, Side side, Ticks price, Quantity quantity,
                                       Sink&& sink) {
  if (const Reject reject = Check(price, quantity); reject != Reject::kNone) {
    return {.reject = reject};
  }
  return {.filled = quantity - Match(owner, side, price.value, quantity, sink)};
}

template <typename Sink>
AddResult OrderBook::Market(OwnerId owner, Side side, Quantity quantity, Sink&& sink) {
  if (quantity <= 0) return {.reject = Reject::kQuantity};
  return {.filled = quantity - Match(owner, side, AnyPrice(side), quantity, sink)};
}

inline Reject OrderBook::Cancel(OrderId id) {
  if (Find(id) == nullptr) return Reject::kUnknownOrder;
  const uint32_t slot = static_cast<uint32_t>(id);
  Unlink(slot);
  Release(slot);
  return Reject::kNone;
}

template <typename Sink>
AddResult OrderBook::Modify(OrderId id, Ticks price, Quantity quantity, Sink&& sink) {
  if (Find(id) == nullptr) return {.reject = Reject::kUnknownOrder};
  if (const Reject reject = Check(price, quantity); reject != Reject::kNone) {
    return {.id = id, .reject = reject};
  }
  const uint32_t slot = static_cast<uint32_t>(id);
  Order& order = orders_[slot];
  if (price.value == order.price && quantity <= order.quantity) {
    order.quantity = quantity;
    return {.id = id};
  }
  Unlink(slot);
  const Quantity left = Match(order.owner, order.side, price.value, quantity, sink);
  AddResult result{.filled = quantity - left};
  if (left == 0) {
    Release(slot);
    return result;
  }
  order.price = price.value;
  order.quantity = left;
  Link(slot);
  result.id = id;
  return result;
}

template <typename Sink>
void OrderBook::Uncross(Ticks price, int64_t volume, Sink&& sink) {
  BookSide& bids = At(Side::kBuy);
  BookSide& asks = At(Side::kSell);
  while (volume > 0 && bids.best != kNoLevel && asks.best != kNoLevel) {
    const uint32_t bid_slot = bids.levels[bids.best].first;
    const uint32_t ask_slot = asks.levels[asks.best].first;
    const Order& bid = orders_[bid_slot];
    const Order& ask = orders_[ask_slot];
    const Quantity traded =
        static_cast<Quantity>(std::min<int64_t>(volume, std::min(bid.quantity, ask.quantity)));
    const Fill fill{.maker_order = uint64_t{bid.generation} << 32 | bid_slot,
                    .maker = bid.owner,
                    .taker = ask.owner,
                    .price = price,
                    .quantity = traded,
                    .taker_side = Side::kSell,
                    .auction = true};
    volume -= traded;
    for (const uint32_t slot : {bid_slot, ask_slot}) {
      Order& order = orders_[slot];
      if (order.quantity == traded) {
        Unlink(slot);
        Release(slot);
      } else {
        order.quantity -= traded;
      }
    }
    sink.OnFill(fill);
  }
  for (const Side side : {Side::kBuy, Side::kSell}) {
    if (At(side).best == AnyPrice(side)) RemoveBestLevel(side);  // left of market orders
  }
}

inline int64_t OrderBook::LevelQuantity(const BookSide& book, int32_t price) const {
  int64_t quantity = 0;
  for (uint32_t slot = book.levels[price].first; slot != 0; slot = orders_[slot].next) {
    quantity += orders_[slot].quantity;
  }
  return quantity;
}

template <typename Visit>
void OrderBook::VisitLevels(Side side, Visit&& visit) const {
  const BookSide& book = At(side);
  int32_t price = book.best;
  while (price != kNoLevel && visit(Depth{{price}, LevelQuantity(book, price)})) {
    const uint32_t next =
        side == Side::kBuy
            ? (price == 0 ? LevelBitmap::kNone
                          : book.occupied.AtOrBelow(static_cast<uint32_t>(price) - 1))
            : book.occupied.AtOrAbove(static_cast<uint32_t>(price) + 1);
    price = next == LevelBitmap::kNone ? kNoLevel : static_cast<int32_t>(next);
  }
}

}  // namespace oneup::exchange
