// The exchange's units, as strong types: integer ticks, whole shares, order ids.
#pragma once

#include <compare>
#include <cstdint>

namespace oneup::exchange {

// A price in ticks of its listing (the listing knows the tick's size in money). Positive.
struct Ticks {
  int32_t value = 0;
  constexpr auto operator<=>(const Ticks&) const = default;
};

using Quantity = int32_t;  // shares (or lots, as the listing says); positive in an order
using OrderId = uint32_t;  // given by the book, dense from 1; 0 is "no order"
using OwnerId = uint32_t;  // the trader that an order belongs to

enum class Side : uint8_t { kBuy, kSell };

constexpr Side Opposite(Side side) { return side == Side::kBuy ? Side::kSell : Side::kBuy; }

}  // namespace oneup::exchange
