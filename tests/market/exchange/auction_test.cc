// The worked examples that Euronext publishes for its call auctions; reference 10.00.
#include "market/exchange/auction.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace oneup::exchange {
namespace {

struct Entry {
  Side side;
  int32_t price;  // ticks of 0.01; 0 is at the market
  Quantity quantity;
};

struct Example {
  const char* name;
  std::vector<Entry> entries;
  int32_t price;
  int64_t volume;
};

class EuronextExample : public testing::TestWithParam<Example> {};

TEST_P(EuronextExample, ClearsAsPublished) {
  OrderBook book(1 << 14);
  for (const Entry& entry : GetParam().entries) {
    if (entry.price == 0) {
      book.GatherMarket(1, entry.side, entry.quantity);
    } else {
      book.Gather(2, entry.side, Ticks{entry.price}, entry.quantity);
    }
  }
  const auto clearing = ClearingPrice(book, Ticks{1000});
  ASSERT_TRUE(clearing.has_value());
  EXPECT_EQ(clearing->price.value, GetParam().price);
  EXPECT_EQ(clearing->volume, GetParam().volume);
}

constexpr Side kBuy = Side::kBuy;
constexpr Side kSell = Side::kSell;

INSTANTIATE_TEST_SUITE_P(
    Published, EuronextExample,
    testing::Values(Example{"SellersAboveMeetMarketBuy",
                            {{kBuy, 0, 80}, {kSell, 1002, 40}, {kSell, 1004, 40}},
                            1004,
                            80},
                    Example{"BuyersBelowMeetMarketSell",
                            {{kBuy, 998, 40}, {kBuy, 996, 40}, {kSell, 0, 80}},
                            996,
                            80},
                    Example{"ReferenceWithinTheRange", {{kBuy, 0, 40}, {kSell, 998, 40}}, 1000, 40},
                    Example{"SurplusOfSellers", {{kBuy, 0, 40}, {kSell, 998, 41}}, 998, 40},
                    Example{
                        "SellerAboveTheReference", {{kBuy, 0, 40}, {kSell, 1002, 40}}, 1002, 40}),
    [](const auto& example) { return std::string(example.param.name); });

TEST(ClearingPriceTest, NothingWhereNobodyMeets) {
  OrderBook book(1 << 14);
  book.Gather(1, kBuy, Ticks{999}, 10);
  book.Gather(2, kSell, Ticks{1001}, 10);
  EXPECT_FALSE(ClearingPrice(book, Ticks{1000}).has_value());
}

}  // namespace
}  // namespace oneup::exchange
