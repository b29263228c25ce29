// What another program would load: a shared object with the book inside, and a C function
// around it.
#include <cstdint>

#include "market/exchange/order_book.h"

using oneup::exchange::Fill;
using oneup::exchange::OrderBook;
using oneup::exchange::Side;
using oneup::exchange::Ticks;

// Offers `offered` shares at a price, bids for `wanted` there; returns the shares that
// trade, or -1 if the book contradicts itself.
extern "C" int64_t SharesTradedInABook(int32_t price, int32_t offered, int32_t wanted) {
  struct {
    void OnFill(const Fill& fill) { shares += fill.quantity; }
    int64_t shares = 0;
  } sink;
  OrderBook book;
  book.Limit(1, Side::kSell, Ticks{price}, offered, sink);
  book.Limit(2, Side::kBuy, Ticks{price}, wanted, sink);
  return book.CheckInvariants() ? sink.shares : -1;
}
