// The exchange's units, as strong types: integer ticks, whole shares, order ids.
#pragma once

#include <compare>
#include <cstdint>

namespace oneup::exchange {

// A price in ticks of its listing (the listing knows the tick's size in money).
// An order's price is 1 or more.
struct Ticks {
  int32_t value = 0;
  constexpr auto operator<=>(const Ticks&) const = default;
};

using Quantity = int32_t;  // shares; 1 or more in an order
using OwnerId = uint32_t;  // the trader that an order belongs to

// Given by the book; 0 is "no order". An id is never given twice within a book's
// life, so that a late cancel cannot hit somebody else's order.
using OrderId = uint64_t;

enum class Side : uint8_t { kBuy, kSell };

constexpr Side Opposite(Side side) { return side == Side::kBuy ? Side::kSell : Side::kBuy; }

// Why an order was not taken. kNone: it was.
enum class Reject : uint8_t {
  kNone,
  kQuantity,      // not positive
  kPrice,         // outside 1 .. the book's highest price
  kWouldTrade,    // post-only, and it would have
  kUnknownOrder,  // cancel or modify of an order that is not in the book
  kClosed,        // the venue takes no orders now
  kFull,          // the book holds as many orders as it can
};

// One trade between a resting order and the order that met it. In an auction
// neither is the aggressor: the buy order is the maker, and `auction` says so.
struct Fill {
  OrderId maker_order = 0;
  OwnerId maker = 0;
  OwnerId taker = 0;
  Ticks price;
  Quantity quantity = 0;
  Side taker_side = Side::kBuy;
  bool auction = false;
};

}  // namespace oneup::exchange
