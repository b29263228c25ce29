// The price of a call auction.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "market/exchange/order_book.h"
#include "market/exchange/types.h"

namespace oneup::exchange {

struct Clearing {
  Ticks price;
  int64_t volume = 0;   // shares that trade at it, > 0
  int64_t surplus = 0;  // demand less supply at it
};

// The price at which the gathered orders of a book trade, by the rules that Euronext
// publishes for its call auctions, among the orders' limits and the reference price (a
// market order must not carry the price away from all that anybody named): the largest
// volume; of those prices the smallest surplus; of those the highest if buyers are left
// over at all of them, the lowest if sellers are; otherwise the one nearest to the
// reference price. Nothing if no two orders can meet. Takes O(levels) memory and
// O(levels log levels) time.
std::optional<Clearing> ClearingPrice(const OrderBook& book, Ticks reference);

// The same of orders or levels given best first, with at least all that reach the other
// side's best. Market orders come as prices 0 and max_price + 1.
std::optional<Clearing> ClearingPrice(std::span<const OrderBook::Depth> bids,
                                      std::span<const OrderBook::Depth> asks, Ticks reference,
                                      int32_t max_price);

}  // namespace oneup::exchange
