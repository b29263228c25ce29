// Streams of order messages, made before they are measured.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "market/exchange/types.h"

namespace oneup::exchange {

struct Message {
  enum class Kind : uint8_t { kLimit, kImmediateOrCancel, kMarket, kCancel, kModify };
  Kind kind;
  Side side;
  uint32_t order;  // number of the order in its stream: a new one, or the one it concerns
  int32_t price;
  Quantity quantity;
};

struct OrderStream {
  std::vector<Message> setup;     // fills the book, not measured
  std::vector<Message> messages;  // measured
  uint32_t orders = 0;            // new ones in both
  int32_t max_price = 0;
};

// A million new orders in two million messages: 7.5 % immediate-or-cancel, 42.5 %
// limit, 41 % cancel, 9 % modify; 20,000 orders rest at the start. The middle is a geometric
// Brownian motion around 10,000 ticks; a limit order lies a power-law distance behind it, with the
// exponent 0.6 of Bouchaud, Mezard and Potters (2002), Quantitative Finance 2. Only the
// immediate-or-cancel orders, small ones, trade. Whom a cancel or
// a modification concerns is uniform over the orders then in the book; half of the modifications
// halve an order, half give it another price.
OrderStream MakeBrownianStream();

// Zero-intelligence flow around a constant number of resting orders, as in Smith,
// Farmer, Gillemot and Krishnamurthy (2003), Quantitative Finance 3: limit orders
// uniform over a band behind the opposite best price, market orders, cancels uniform
// over the orders in the book. A million messages.
OrderStream MakeZeroIntelligenceStream(size_t resting);

}  // namespace oneup::exchange
