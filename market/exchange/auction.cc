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

// The best of the prices seen so far, which come in ascending order. Several can be
// equally good: the same volume, and the same surplus but for its sign.
class Choice {
 public:
  explicit Choice(Ticks reference) : reference_(reference) {}

  void Consider(const Clearing& next) {
    if (next.volume == 0) return;
    const int64_t surplus = std::abs(next.surplus);
    const int64_t least = std::abs(lowest_.surplus);
    if (next.volume < lowest_.volume || (next.volume == lowest_.volume && surplus > least)) return;
    if (next.volume > lowest_.volume || surplus < least) {
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
  Clearing lowest_;
  Clearing highest_;
  Clearing nearest_;
  bool buyers_left_ = true;  // at every one of the best prices
  bool sellers_left_ = true;
};

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
  int64_t demand = 0;
  for (const OrderBook::Depth& depth : bids) demand += depth.quantity;

  // Upwards through the limits and the reference: supply grows by what is offered at a
  // price, demand shrinks by what was bid below it.
  Choice choice(reference);
  int64_t supply = 0;
  auto bid = bids.rbegin();
  auto ask = asks.begin();
  bool reference_left = true;
  while (bid != bids.rend() || ask != asks.end() || reference_left) {
    Ticks price = {std::numeric_limits<int32_t>::max()};
    if (reference_left) price = reference;
    if (bid != bids.rend()) price = std::min(price, bid->price);
    if (ask != asks.end()) price = std::min(price, ask->price);
    reference_left = reference_left && price != reference;
    while (ask != asks.end() && ask->price == price) supply += (ask++)->quantity;
    if (price.value >= 1 && price.value <= max_price) {
      choice.Consider({price, std::min(demand, supply), demand - supply});
    }
    while (bid != bids.rend() && bid->price == price) demand -= (bid++)->quantity;
  }
  return choice.Result();
}

}  // namespace oneup::exchange
