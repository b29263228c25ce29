// What an exchange publishes of its trades: the last one, and the bar of the day.
#pragma once

#include <algorithm>
#include <cstdint>

#include "market/exchange/types.h"

namespace oneup::exchange {

// Prices and volume of a span of time. No price is set before the first trade.
struct Bar {
  Ticks open;
  Ticks high;
  Ticks low;
  Ticks close;
  int64_t volume = 0;    // shares
  int64_t turnover = 0;  // ticks x shares
  int64_t trades = 0;
  int64_t auction_volume = 0;  // shares, part of volume
};

class Tape {
 public:
  void BeginDay() { day_ = {}; }

  void Print(const Fill& fill) {
    last_ = fill.price;
    if (day_.trades == 0) day_.open = day_.high = day_.low = fill.price;
    day_.high = std::max(day_.high, fill.price);
    day_.low = std::min(day_.low, fill.price);
    day_.close = fill.price;
    day_.volume += fill.quantity;
    day_.turnover += int64_t{fill.price.value} * fill.quantity;
    ++day_.trades;
    if (fill.auction) {
      day_.auction_volume += fill.quantity;
    } else {
      last_aggressor_ = fill.taker_side;
    }
  }

  // The last trade ever; 0 before the first.
  Ticks last() const { return last_; }
  void set_last(Ticks price) { last_ = price; }            // the close of the day before the first
  Side last_aggressor() const { return last_aggressor_; }  // in continuous trading
  const Bar& day() const { return day_; }                  // since BeginDay

 private:
  Ticks last_;
  Side last_aggressor_ = Side::kBuy;
  Bar day_;
};

}  // namespace oneup::exchange
