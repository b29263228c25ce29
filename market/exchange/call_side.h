// One side of a CallBook: its orders by time, its best one, and those that can trade put in
// the order in which they do. Everything here is inline and avoids branches on an order's
// price, which no processor foresees: a call of some tens of orders is over in a microsecond.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "market/exchange/order_book.h"
#include "market/exchange/types.h"

namespace oneup::exchange {

class CallSide {
 public:
  // How early an order trades: for a buy order its price, for a sell order the negative of it.
  using Rank = int32_t;
  static constexpr Rank kGone = std::numeric_limits<Rank>::min();
  struct Lot {
    Quantity quantity = 0;
    OwnerId owner = 0;
  };

  explicit CallSide(Side side) : side_(side) {}

  // Prices and ranks of this side.
  int32_t Turn(int32_t price_or_rank) const {
    return side_ == Side::kBuy ? price_or_rank : -price_or_rank;
  }

  // Returns its place, which it keeps until Clear.
  uint32_t Add(Rank rank, Lot lot) {
    if (size_ == capacity_) [[unlikely]]
      MakeRoom();
    best_ = std::max(best_, rank);
    ranks_[size_] = rank;
    lots_[size_] = lot;
    return size_++;
  }
  // Returns false if there is no such order.
  bool Remove(uint32_t place) {
    if (place >= size_) return false;
    const bool there = ranks_[place] != kGone;
    Gone(place);
    return there;
  }
  // All orders of this rank.
  void RemoveAll(Rank rank);
  void Clear() {
    size_ = 0;
    best_ = kGone;
    knows_best_ = true;
  }

  // kGone if there is no order.
  Rank Best() const {
    if (!knows_best_) FindBest();
    return best_;
  }

  // Puts the orders of this rank or before, one at least, in the order in which they trade.
  void Sort(Rank last);
  // The result of Sort, until orders come or go.
  std::span<const OrderBook::Depth> depths() const { return {depths_.data(), count_}; }
  std::span<const uint32_t> places() const { return {places_.data(), count_}; }
  // kGone beyond the last of them.
  Rank RankAt(size_t i) const { return i < count_ ? ranks_[places_[i]] : kGone; }

  const Lot& at(uint32_t place) const { return lots_[place]; }
  // So many shares are left of an order that has traded.
  void Trade(uint32_t place, int64_t left) {
    lots_[place].quantity = static_cast<Quantity>(left);
    ranks_[place] = left == 0 ? kGone : ranks_[place];
    knows_best_ = false;
  }

 private:
  static constexpr uint32_t kFew = 24;

  void Gone(uint32_t place) {
    knows_best_ &= ranks_[place] != best_;  // looked up only when it is asked for
    ranks_[place] = kGone;
  }
  void MakeRoom();
  void FindBest() const;
  void SortFew();

  Side side_;
  // Orders by time, and room for more, in each of the vectors.
  std::vector<Rank> ranks_;
  std::vector<Lot> lots_;
  uint32_t capacity_ = 0;
  uint32_t size_ = 0;
  mutable Rank best_ = kGone;
  mutable bool knows_best_ = true;
  // Of the last Sort.
  uint32_t count_ = 0;
  std::vector<uint32_t> found_;  // places of the orders, by time
  std::vector<uint32_t> places_;
  std::vector<OrderBook::Depth> depths_;
  std::array<int32_t, kFew> keys_{};
};

}  // namespace oneup::exchange
