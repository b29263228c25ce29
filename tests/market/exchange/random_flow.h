// Random deeds for the order book: all kinds, around a touch, with some nonsense.
#pragma once

#include <cstdint>

#include "market/kernel/random.h"
#include "tests/market/exchange/book_pair.h"

namespace oneup::exchange {

struct FlowShape {
  const char* name;
  int32_t max_price;
  int32_t width;           // ticks on either side of the middle
  Quantity largest;        // shares
  double removal;          // probability of a cancel; sets the depth
  double call;             // probability that a limit order begins a call
  double nonsense = 0.01;  // of a price or a quantity that must be rejected
};

inline Deed RandomDeed(const FlowShape& shape, bool in_call, kernel::Stream& random) {
  Deed deed;
  const int32_t middle = shape.max_price / 2;
  deed.side = random.Bernoulli(0.5) ? Side::kBuy : Side::kSell;
  deed.owner = random.Index(4);
  deed.price = middle + static_cast<int32_t>(random.UniformInt(-shape.width, shape.width));
  deed.quantity = 1 + static_cast<Quantity>(random.Index(static_cast<uint32_t>(shape.largest)));
  deed.order = random.Bernoulli(0.5) ? random.Index(20) : random.Index(2000);
  deed.call = random.Bernoulli(shape.call);
  const double kind = random.Uniform();
  const double nonsense = random.Uniform();
  if (nonsense < shape.nonsense) deed.quantity = -deed.quantity + 1;
  if (nonsense > 1 - shape.nonsense) deed.price = deed.quantity % 2 == 0 ? 0 : shape.max_price + 1;
  if (in_call && kind < 0.02) {
    deed.kind = Deed::kUncross;
  } else if (kind < shape.removal) {
    deed.kind = Deed::kCancel;
  } else if (kind < shape.removal + 0.1) {
    deed.kind = Deed::kModify;
  } else if (kind < shape.removal + 0.15) {
    deed.kind = Deed::kPostOnly;
  } else if (kind < shape.removal + 0.2) {
    deed.kind = Deed::kImmediateOrCancel;
  } else if (kind < shape.removal + 0.25) {
    deed.kind = Deed::kMarket;
  } else if (kind > 0.9998) {
    deed.kind = Deed::kClear;
  }
  return deed;
}

}  // namespace oneup::exchange
