#include "market/exchange/order_book.h"

namespace oneup::exchange {
namespace {

constexpr size_t kFirstSlab = 1024;
// Slots are 32-bit, and a slab this large is 8 GiB: no simulation means it.
constexpr size_t kMaxOrders = size_t{1} << 28;

}  // namespace

OrderBook::BookSide::BookSide(int32_t max_price)
    : occupied(static_cast<uint32_t>(max_price) + 2), levels(static_cast<size_t>(max_price) + 2) {}

OrderBook::OrderBook(int32_t max_price)
    : max_price_(std::clamp(max_price, 1, kMaxPrice)),
      sides_{BookSide(max_price_), BookSide(max_price_)} {}

void OrderBook::GrowSlab() {
  const size_t old_size = orders_.size();
  const size_t new_size = old_size == 0 ? kFirstSlab : 2 * old_size;
  if (new_size > kMaxOrders) return;
  orders_.resize(new_size);
  // Slot 0 stays unused: it stands for "none". Low slots are handed out first.
  for (size_t slot = new_size; slot-- > std::max<size_t>(old_size, 1);) {
    orders_[slot].generation = 1;
    orders_[slot].next = free_;
    free_ = static_cast<uint32_t>(slot);
  }
}

AddResult OrderBook::PostOnly(OwnerId owner, Side side, Ticks price, Quantity quantity) {
  if (const Reject reject = Check(price, quantity); reject != Reject::kNone) {
    return {.reject = reject};
  }
  if (Crosses(side, price.value)) return {.reject = Reject::kWouldTrade};
  const OrderId id = Rest(owner, side, price.value, quantity);
  return {.id = id, .reject = id == 0 ? Reject::kFull : Reject::kNone};
}

AddResult OrderBook::Gather(OwnerId owner, Side side, Ticks price, Quantity quantity) {
  if (const Reject reject = Check(price, quantity); reject != Reject::kNone) {
    return {.reject = reject};
  }
  const OrderId id = Rest(owner, side, price.value, quantity);
  return {.id = id, .reject = id == 0 ? Reject::kFull : Reject::kNone};
}

AddResult OrderBook::GatherMarket(OwnerId owner, Side side, Quantity quantity) {
  if (quantity <= 0) return {.reject = Reject::kQuantity};
  const OrderId id = Rest(owner, side, AnyPrice(side), quantity);
  return {.id = id, .reject = id == 0 ? Reject::kFull : Reject::kNone};
}

void OrderBook::Clear() {
  for (const Side side : {Side::kBuy, Side::kSell}) {
    BookSide& book = At(side);
    while (book.best != kNoLevel) RemoveBestLevel(side);
  }
}

// All orders of the best price at once, which spares each the unlinking.
void OrderBook::RemoveBestLevel(Side side) {
  BookSide& book = At(side);
  const int32_t price = book.best;
  for (uint32_t slot = book.levels[price].first; slot != 0;) {
    const uint32_t next = orders_[slot].next;
    Release(slot);
    slot = next;
  }
  book.occupied.Remove(static_cast<uint32_t>(price));
  FindBest(book, side, side == Side::kBuy ? price - 1 : price + 1);
}

int64_t OrderBook::QuantityAt(Side side, Ticks price) const {
  if (price.value < 0 || price.value > max_price_ + 1) return 0;
  const BookSide& book = At(side);
  const bool occupied = book.occupied.Contains(static_cast<uint32_t>(price.value));
  return occupied ? LevelQuantity(book, price.value) : 0;
}

Quantity OrderBook::Remaining(OrderId id) const {
  const Order* order = Find(id);
  return order == nullptr ? 0 : order->quantity;
}

OwnerId OrderBook::OwnerOf(OrderId id) const {
  const Order* order = Find(id);
  return order == nullptr ? 0 : order->owner;
}

bool OrderBook::CheckInvariants() const {
  size_t counted = 0;
  for (const Side side : {Side::kBuy, Side::kSell}) {
    const BookSide& book = At(side);
    bool ok = true;
    bool first = true;
    VisitLevels(side, [&](const Depth& depth) {
      const Level& level = book.levels[depth.price.value];
      ok = ok && level.first != 0 && (!first || depth.price.value == book.best);
      first = false;
      int64_t quantity = 0;
      uint32_t previous = 0;
      for (uint32_t slot = level.first; slot != 0; slot = orders_[slot].next) {
        const Order& order = orders_[slot];
        ok = ok && order.previous == previous && order.quantity > 0 && order.side == side &&
             order.price == depth.price.value;
        quantity += order.quantity;
        previous = slot;
        ++counted;
      }
      ok = ok && level.last == previous && depth.quantity == quantity;
      return ok;
    });
    if (!ok) return false;
  }
  return counted == order_count_;
}

}  // namespace oneup::exchange
