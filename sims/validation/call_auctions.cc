#include "sims/validation/call_auctions.h"

#include "market/exchange/auction.h"
#include "market/exchange/order_book.h"

namespace oneup::sims {
namespace {

using exchange::Side;

struct Entry {
  Side side;
  int price;  // in 0.01; 0 is at the market
  int quantity;
};

struct Example {
  const char* name;
  std::vector<Entry> entries;
  double price;
};

const Example kExamples[] = {
    {"buy 80 market; sell 40 at 10.02, 40 at 10.04",
     {{Side::kBuy, 0, 80}, {Side::kSell, 1002, 40}, {Side::kSell, 1004, 40}},
     10.04},
    {"buy 40 at 9.98, 40 at 9.96; sell 80 market",
     {{Side::kBuy, 998, 40}, {Side::kBuy, 996, 40}, {Side::kSell, 0, 80}},
     9.96},
    {"buy 40 market; sell 40 at 9.98", {{Side::kBuy, 0, 40}, {Side::kSell, 998, 40}}, 10.00},
    {"buy 40 market; sell 41 at 9.98", {{Side::kBuy, 0, 40}, {Side::kSell, 998, 41}}, 9.98},
    {"buy 40 market; sell 40 at 10.02", {{Side::kBuy, 0, 40}, {Side::kSell, 1002, 40}}, 10.02},
};

}  // namespace

std::vector<Check> CheckCallAuctions() {
  std::vector<Check> checks;
  for (const Example& example : kExamples) {
    exchange::OrderBook book(1 << 14);
    for (const Entry& entry : example.entries) {
      if (entry.price == 0) {
        book.GatherMarket(1, entry.side, entry.quantity);
      } else {
        book.Gather(1, entry.side, {entry.price}, entry.quantity);
      }
    }
    const auto clearing = exchange::ClearingPrice(book, exchange::Ticks{1000});
    checks.push_back(WithinRange(example.name, "Euronext, call auction",
                                 clearing ? clearing->price.value / 100.0 : 0, example.price - 1e-9,
                                 example.price + 1e-9));
  }
  return checks;
}

}  // namespace oneup::sims
