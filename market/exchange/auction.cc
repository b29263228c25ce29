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
};

// Of sides that meet. Which of two orders is the larger nobody foresees, so nothing branches on it.
Margin MarginOf(std::span<const OrderBook::Depth> bids, std::span<const OrderBook::Depth> asks) {
  const auto at = [](std::span<const OrderBook::Depth> side, size_t i) {
    return side[std::min(i, side.size() - 1)];
  };
  size_t bid = 0;
  size_t ask = 0;
  int64_t bid_left = bids.front().quantity;
  int64_t ask_left = asks.front().quantity;
  Margin margin;
  do {
    margin = {bids[bid].price, asks[ask].price};
    const int64_t more_bid = bid_left - ask_left;
    bid += more_bid <= 0 ? 1 : 0;
    ask += more_bid >= 0 ? 1 : 0;
    bid_left = more_bid > 0 ? more_bid : at(bids, bid).quantity;
    ask_left = more_bid < 0 ? -more_bid : at(asks, ask).quantity;
  } while (bid < bids.size() && ask < asks.size() && bids[bid].price >= asks[ask].price);
  return margin;
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

std::optional<Clearing> ClearingPrice(std::span<const OrderBook::Depth> bids,
                                      std::span<const OrderBook::Depth> asks, Ticks reference,
                                      int32_t max_price) {
  if (bids.empty() || asks.empty() || bids.front().price < asks.front().price) return std::nullopt;
  const Margin margin = MarginOf(bids, asks);

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
