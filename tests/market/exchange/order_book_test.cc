#include "market/exchange/order_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace oneup::exchange {
namespace {

using testing::ElementsAre;

constexpr Side kBuy = Side::kBuy;
constexpr Side kSell = Side::kSell;

// Fills as "maker's owner:shares@price".
struct Sink {
  void OnFill(const Fill& fill) {
    trades.push_back(std::to_string(fill.maker) + ":" + std::to_string(fill.quantity) + "@" +
                     std::to_string(fill.price.value));
  }
  std::vector<std::string> trades;
};

class OrderBookTest : public testing::Test {
 protected:
  OrderId Add(OwnerId owner, Side side, int32_t price, Quantity quantity) {
    return book_.Limit(owner, side, {price}, quantity, sink_).id;
  }
  // Sells everything down to a price, to see in which order the bids trade.
  std::vector<std::string> SellAll() {
    sink_.trades.clear();
    book_.Market(9, kSell, 1'000'000, sink_);
    return sink_.trades;
  }

  OrderBook book_{1'000};
  Sink sink_;
};

TEST_F(OrderBookTest, BetterPriceTradesFirstThenTheEarlierOrder) {
  Add(1, kBuy, 100, 10);
  Add(2, kBuy, 101, 10);
  Add(3, kBuy, 101, 10);
  EXPECT_THAT(SellAll(), ElementsAre("2:10@101", "3:10@101", "1:10@100"));
}

TEST_F(OrderBookTest, TradesAtTheRestingPriceAndRestsTheRemainder) {
  Add(1, kSell, 100, 10);
  const AddResult result = book_.Limit(2, kBuy, Ticks{105}, 25, sink_);
  EXPECT_THAT(sink_.trades, ElementsAre("1:10@100"));
  EXPECT_EQ(result.filled, 10);
  EXPECT_EQ(book_.Remaining(result.id), 15);
  EXPECT_EQ(book_.Best(kBuy), Ticks{105});
  EXPECT_TRUE(book_.Empty(kSell));
}

TEST_F(OrderBookTest, ImmediateOrCancelStopsAtItsLimitAndLeavesNothing) {
  Add(1, kSell, 100, 10);
  Add(2, kSell, 102, 10);
  const AddResult result = book_.ImmediateOrCancel(3, kBuy, Ticks{101}, 15, sink_);
  EXPECT_EQ(result.filled, 10);
  EXPECT_EQ(result.id, 0u);
  EXPECT_TRUE(book_.Empty(kBuy));
  EXPECT_EQ(book_.Best(kSell), Ticks{102});
}

TEST_F(OrderBookTest, MarketOrderTakesAllThereIs) {
  Add(1, kBuy, 1, 10);
  Add(2, kBuy, 1'000, 10);
  EXPECT_EQ(book_.Market(3, kSell, 30, sink_).filled, 20);
  EXPECT_TRUE(book_.Empty(kBuy));
  EXPECT_TRUE(book_.Empty(kSell));
}

TEST_F(OrderBookTest, PostOnlyRestsOrIsRejected) {
  Add(1, kSell, 100, 10);
  EXPECT_EQ(book_.PostOnly(2, kBuy, Ticks{100}, 5).reject, Reject::kWouldTrade);
  EXPECT_NE(book_.PostOnly(2, kBuy, Ticks{99}, 5).id, 0u);
  EXPECT_EQ(book_.QuantityAt(kSell, Ticks{100}), 10);
}

TEST_F(OrderBookTest, CancelledOrderNeverTrades) {
  const OrderId id = Add(1, kBuy, 100, 10);
  EXPECT_EQ(book_.Cancel(id), Reject::kNone);
  EXPECT_EQ(book_.Cancel(id), Reject::kUnknownOrder);
  EXPECT_THAT(SellAll(), ElementsAre());
}

TEST_F(OrderBookTest, LateCancelCannotHitTheSlotsNextOrder) {
  const OrderId first = Add(1, kBuy, 100, 10);
  book_.Cancel(first);
  const OrderId second = Add(2, kBuy, 100, 10);
  EXPECT_NE(first, second);
  EXPECT_EQ(book_.Cancel(first), Reject::kUnknownOrder);
  EXPECT_EQ(book_.Modify(first, Ticks{100}, 1, sink_).reject, Reject::kUnknownOrder);
  EXPECT_EQ(book_.Remaining(second), 10);
  EXPECT_EQ(book_.OwnerOf(second), 2u);
}

struct Amendment {
  const char* name;
  int32_t price;
  Quantity quantity;
  bool keeps_its_place;
};

class AmendmentTest : public testing::TestWithParam<Amendment> {};

TEST_P(AmendmentTest, Priority) {
  OrderBook book(1'000);
  Sink sink;
  const OrderId first = book.Limit(1, kBuy, Ticks{100}, 10, sink).id;
  book.Limit(2, kBuy, Ticks{100}, 10, sink);
  book.Limit(3, kBuy, Ticks{99}, 10, sink);
  const AddResult result = book.Modify(first, Ticks{GetParam().price}, GetParam().quantity, sink);
  EXPECT_EQ(result.id, first);
  EXPECT_EQ(book.Remaining(first), GetParam().quantity);
  // Back to the first level, if it left it: the place is lost for good.
  if (GetParam().price != 100) book.Modify(first, Ticks{100}, GetParam().quantity, sink);
  book.ImmediateOrCancel(9, kSell, Ticks{100}, 1, sink);
  EXPECT_THAT(sink.trades, ElementsAre(GetParam().keeps_its_place ? "1:1@100" : "2:1@100"));
}

INSTANTIATE_TEST_SUITE_P(Table, AmendmentTest,
                         testing::Values(Amendment{"FewerSharesKeepIt", 100, 9, true},
                                         Amendment{"AsManySharesKeepIt", 100, 10, true},
                                         Amendment{"MoreSharesLoseIt", 100, 11, false},
                                         Amendment{"AnotherPriceLosesIt", 101, 10, false},
                                         Amendment{"AWorsePriceLosesIt", 98, 5, false}),
                         [](const auto& a) { return std::string(a.param.name); });

TEST_F(OrderBookTest, AmendmentThroughTheTouchTrades) {
  const OrderId bid = Add(1, kBuy, 99, 10);
  Add(2, kSell, 101, 4);
  const AddResult result = book_.Modify(bid, Ticks{101}, 10, sink_);
  EXPECT_EQ(result.filled, 4);
  EXPECT_EQ(result.id, bid);
  EXPECT_EQ(book_.Remaining(bid), 6);
  EXPECT_EQ(book_.Best(kBuy), Ticks{101});
  // Filled to the last share, it is gone.
  Add(2, kSell, 102, 6);
  EXPECT_EQ(book_.Modify(bid, Ticks{102}, 6, sink_).id, 0u);
  EXPECT_FALSE(book_.Contains(bid));
}

TEST_F(OrderBookTest, OneOwnersOrdersMayTradeWithEachOther) {
  Add(1, kSell, 100, 10);
  EXPECT_EQ(book_.Limit(1, kBuy, Ticks{100}, 10, sink_).filled, 10);
  EXPECT_EQ(book_.order_count(), 0u);
}

TEST_F(OrderBookTest, RefusesWhatIsOutOfRangeAndStaysAsItWas) {
  const OrderId id = Add(1, kBuy, 100, 10);
  for (const Quantity quantity : {0, -1, INT32_MIN}) {
    EXPECT_EQ(book_.Limit(2, kSell, Ticks{100}, quantity, sink_).reject, Reject::kQuantity);
    EXPECT_EQ(book_.ImmediateOrCancel(2, kSell, Ticks{100}, quantity, sink_).reject,
              Reject::kQuantity);
    EXPECT_EQ(book_.Market(2, kSell, quantity, sink_).reject, Reject::kQuantity);
    EXPECT_EQ(book_.PostOnly(2, kSell, Ticks{100}, quantity).reject, Reject::kQuantity);
    EXPECT_EQ(book_.Gather(2, kSell, Ticks{100}, quantity).reject, Reject::kQuantity);
    EXPECT_EQ(book_.GatherMarket(2, kSell, quantity).reject, Reject::kQuantity);
    EXPECT_EQ(book_.Modify(id, Ticks{100}, quantity, sink_).reject, Reject::kQuantity);
  }
  for (const int32_t price : {0, -1, 1'001, INT32_MIN, INT32_MAX}) {
    EXPECT_EQ(book_.Limit(2, kSell, Ticks{price}, 1, sink_).reject, Reject::kPrice);
    EXPECT_EQ(book_.ImmediateOrCancel(2, kSell, Ticks{price}, 1, sink_).reject, Reject::kPrice);
    EXPECT_EQ(book_.PostOnly(2, kSell, Ticks{price}, 1).reject, Reject::kPrice);
    EXPECT_EQ(book_.Gather(2, kSell, Ticks{price}, 1).reject, Reject::kPrice);
    EXPECT_EQ(book_.Modify(id, Ticks{price}, 1, sink_).reject, Reject::kPrice);
  }
  for (const OrderId unknown : {OrderId{0}, OrderId{1} << 32, ~OrderId{0}, id + 1}) {
    EXPECT_EQ(book_.Cancel(unknown), Reject::kUnknownOrder);
    EXPECT_FALSE(book_.Contains(unknown));
  }
  EXPECT_EQ(book_.order_count(), 1u);
  EXPECT_EQ(book_.QuantityAt(kBuy, Ticks{100}), 10);
  EXPECT_EQ(book_.QuantityAt(kBuy, Ticks{-1}), 0);
  EXPECT_EQ(book_.QuantityAt(kBuy, Ticks{INT32_MAX}), 0);
  EXPECT_TRUE(sink_.trades.empty());
}

TEST_F(OrderBookTest, TakesBothEndsOfItsPriceRange) {
  Add(1, kBuy, 1, 1);
  Add(2, kSell, 1'000, 1);
  EXPECT_EQ(book_.Best(kBuy), Ticks{1});
  EXPECT_EQ(book_.Best(kSell), Ticks{1'000});
  EXPECT_TRUE(book_.CheckInvariants());
  OrderBook widest(OrderBook::kMaxPrice);
  EXPECT_NE(widest.Limit(1, kSell, Ticks{OrderBook::kMaxPrice}, 1, sink_).id, 0u);
  EXPECT_NE(widest.Limit(1, kBuy, Ticks{1}, 1, sink_).id, 0u);
  EXPECT_TRUE(widest.CheckInvariants());
}

TEST_F(OrderBookTest, GrowsToManyOrdersAndEmptiesAgain) {
  std::vector<OrderId> ids;
  for (int i = 0; i < 100'000; ++i) ids.push_back(Add(1, kBuy, 1 + i % 1'000, 1 + i % 7));
  EXPECT_EQ(book_.order_count(), 100'000u);
  EXPECT_TRUE(book_.CheckInvariants());
  for (const OrderId id : ids) ASSERT_EQ(book_.Cancel(id), Reject::kNone);
  EXPECT_EQ(book_.order_count(), 0u);
  EXPECT_TRUE(book_.Empty(kBuy));
  EXPECT_TRUE(book_.CheckInvariants());
}

TEST_F(OrderBookTest, ClearedBookForgetsOrdersButGivesNoIdTwice) {
  const OrderId id = Add(1, kBuy, 100, 10);
  Add(2, kSell, 101, 10);
  book_.Clear();
  EXPECT_TRUE(book_.Empty(kBuy));
  EXPECT_TRUE(book_.Empty(kSell));
  EXPECT_FALSE(book_.Contains(id));
  for (int i = 0; i < 100; ++i) EXPECT_NE(Add(1, kBuy, 100, 10), id);
}

TEST_F(OrderBookTest, VisitsLevelsFromTheBestUntilToldToStop) {
  for (const int32_t price : {90, 100, 95, 100}) Add(1, kBuy, price, 10);
  std::vector<int32_t> seen;
  book_.VisitLevels(kBuy, [&](const OrderBook::Depth& level) {
    seen.push_back(level.price.value);
    seen.push_back(static_cast<int32_t>(level.quantity));
    return seen.size() < 4;
  });
  EXPECT_THAT(seen, ElementsAre(100, 20, 95, 10));
}

}  // namespace
}  // namespace oneup::exchange
