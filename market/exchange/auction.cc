#include "market/exchange/auction.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>
#include <memory_resource>
#include <vector>

namespace oneup::exchange {
namespace {

// As many levels of both sides stay on the stack.
constexpr size_t kUsualLevels = 128;

// The best of the prices seen so far, which come in ascending order and trade the same volume.
// Several can be equally good: the same surplus but for its sign.
class Choice {
 public:
  explicit Choice(Ticks reference) : reference_(reference) {}

  void Consider(const Clearing& next) {
    const int64_t surplus = std::abs(next.surplus);
    if (surplus > least_) return;
    if (surplus < least_) {
      least_ = surplus;
      lowest_ = nearest_ = next;
      buyers_left_ = sellers_left_ = true;
    }
    highest_ = next;
    buyers_left_ = buyers_left_ && next.surplus > 0;
    sellers_left_ = sellers_left_ && next.surplus < 0;
    if (FromReference(next) < FromReference(nearest_)) nearest_ = next;
  }

  std::optional<Clearing> Result() const {
    if (lowest_.volume == 0) return std::nullopt;
    if (buyers_left_) return highest_;
    return sellers_left_ ? lowest_ : nearest_;
  }

 private:
  int32_t FromReference(const Clearing& clearing) const {
    return std::abs(clearing.price.value - reference_.value);
  }

  Ticks reference_;
  int64_t least_ = std::numeric_limits<int64_t>::max();
  Clearing lowest_;
  Clearing highest_;
  Clearing nearest_;
  bool buyers_left_ = true;  // at every one of the best prices
  bool sellers_left_ = true;
};

// The last bid and the last ask that trade if the sides are taken in order until they no longer
// meet. The largest volume trades at every price between the two and at no other.
struct Margin {
  Ticks bid;
  Ticks ask;
  int64_t volume = 0;
  int64_t left = 0;   // of the last bid, or if it is negative of the last ask
  Depths later_bids;  // the orders or levels after the last ones
  Depths later_asks;
};

// Of sides that meet.
Margin MarginOf(Depths bids, Depths asks) {
  Pairing pairs(bids, asks);
  Margin margin;
  do {
    margin.bid = bids[pairs.bid()].price;
    margin.ask = asks[pairs.ask()].price;
    margin.volume += pairs.Trade();
  } while (!pairs.Done() && bids[pairs.bid()].price >= asks[pairs.ask()].price);
  margin.left = pairs.left();
  margin.later_bids = bids.subspan(pairs.bid() + (margin.left > 0 ? 1 : 0));
  margin.later_asks = asks.subspan(pairs.ask() + (margin.left < 0 ? 1 : 0));
  return margin;
}

// Of the orders or levels at the head of a side that have this price.
int64_t LeadingQuantity(Depths side, Ticks price) {
  int64_t quantity = 0;
  for (const OrderBook::Depth& depth : side) {
    if (depth.price != price) break;
    quantity += depth.quantity;
  }
  return quantity;
}

// What is left over of the last order decides nearly always. If it is a bid, supply is the same at
// all prices that trade the most, and buyers are left over at each of them, fewest at the highest:
// at its own. With an ask it is the other way round. The price of a market order is none.
std::optional<Clearing> ByWhatIsLeft(const Margin& margin, int32_t max_price) {
  if (margin.left > 0 && margin.bid.value <= max_price) {
    return Clearing{margin.bid, margin.volume,
                    margin.left + LeadingQuantity(margin.later_bids, margin.bid)};
  }
  if (margin.left < 0 && margin.ask.value >= 1) {
    return Clearing{margin.ask, margin.volume,
                    margin.left - LeadingQuantity(margin.later_asks, margin.ask)};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Clearing> ClearingPrice(const OrderBook& book, Ticks reference) {
  if (book.Empty(Side::kBuy) || book.Empty(Side::kSell)) return std::nullopt;
  const Ticks lowest = book.Best(Side::kSell);
  const Ticks highest = book.Best(Side::kBuy);
  if (highest < lowest) return std::nullopt;

  // Nothing trades outside of the prices where the sides overlap.
  std::array<OrderBook::Depth, kUsualLevels> room;
  std::pmr::monotonic_buffer_resource memory(room.data(), sizeof(room));
  std::pmr::vector<OrderBook::Depth> bids(&memory);
  std::pmr::vector<OrderBook::Depth> asks(&memory);
  bids.reserve(kUsualLevels / 2);
  asks.reserve(kUsualLevels / 2);
  book.VisitLevels(Side::kBuy, [&](const OrderBook::Depth& depth) {
    if (depth.price < lowest) return false;
    bids.push_back(depth);
    return true;
  });
  book.VisitLevels(Side::kSell, [&](const OrderBook::Depth& depth) {
    if (depth.price > highest) return false;
    asks.push_back(depth);
    return true;
  });
  return ClearingPrice(bids, asks, reference, book.max_price());
}

std::optional<Clearing> ClearingPrice(Depths bids, Depths asks, Ticks reference,
                                      int32_t max_price) {
  if (bids.empty() || asks.empty() || bids.front().price < asks.front().price) return std::nullopt;
  const Margin margin = MarginOf(bids, asks);
  if (const std::optional<Clearing> clear = ByWhatIsLeft(margin, max_price)) return clear;

  // Upwards through the limits and the reference that trade the most: supply grows by what is
  // offered at a price, demand shrinks by what was bid below it.
  Choice choice(reference);
  int64_t demand = 0;
  auto bid = bids.begin();
  while (bid != bids.end() && bid->price >= margin.ask) demand += (bid++)->quantity;
  int64_t supply = 0;
  auto ask = asks.begin();
  while (ask->price < margin.ask) supply += (ask++)->quantity;
  bool reference_left = reference >= margin.ask;
  while (true) {
    Ticks price = {std::numeric_limits<int32_t>::max()};
    if (reference_left) price = reference;
    if (bid != bids.begin()) price = std::min(price, (bid - 1)->price);
    if (ask != asks.end()) price = std::min(price, ask->price);
    if (price > margin.bid) break;
    reference_left = reference_left && price != reference;
    while (ask != asks.end() && ask->price == price) supply += (ask++)->quantity;
    if (price.value >= 1 && price.value <= max_price) {
      choice.Consider({price, std::min(demand, supply), demand - supply});
    }
    while (bid != bids.begin() && (bid - 1)->price == price) demand -= (--bid)->quantity;
  }
  return choice.Result();
}

}  // namespace oneup::exchange
