// A book of calls only, beside an order book in which the same orders gather.
#include "market/exchange/call_book.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "market/exchange/auction.h"
#include "market/exchange/order_book.h"
#include "market/exchange/venue.h"
#include "market/kernel/random.h"

namespace oneup::exchange {
namespace {

constexpr int32_t kMaxPrice = 40;

struct Fills {
  std::vector<std::tuple<OwnerId, OwnerId, int32_t, Quantity>> all;
  void OnFill(const Fill& fill) {
    all.emplace_back(fill.maker, fill.taker, fill.price.value, fill.quantity);
  }
};

struct Pair {
  OrderId in_calls = 0;
  OrderId in_book = 0;
};

TEST(CallBook, TradesWhatAnOrderBookTradesDayAfterDay) {
  kernel::Stream random(11, 0, 0);
  CallBook calls(kMaxPrice);
  OrderBook book(kMaxPrice);
  int cleared = 0;
  const auto expect_same_best = [&] {
    for (const Side best : {Side::kBuy, Side::kSell}) {
      ASSERT_EQ(calls.Empty(best), book.Empty(best));
      if (book.Empty(best)) continue;
      ASSERT_EQ(calls.Best(best), book.Best(best));
    }
  };
  for (int day = 0; day < 2000; ++day) {
    std::vector<Pair> orders;
    for (int call = 0; call < 2; ++call) {
      // A crowd at times: more orders than are put in order as a handful.
      for (uint32_t left = random.Index(day % 10 == 0 ? 120 : 20); left > 0; --left) {
        const Side side = random.Bernoulli(0.5) ? Side::kBuy : Side::kSell;
        const OwnerId owner = random.Index(5);
        const Ticks price = {static_cast<int32_t>(random.UniformInt(0, kMaxPrice + 1))};
        const auto quantity = static_cast<Quantity>(random.Index(8));
        const bool at_market = random.Bernoulli(0.1);
        const AddResult one = at_market ? calls.GatherMarket(owner, side, quantity)
                                        : calls.Gather(owner, side, price, quantity);
        const AddResult other = at_market ? book.GatherMarket(owner, side, quantity)
                                          : book.Gather(owner, side, price, quantity);
        ASSERT_EQ(one.reject, other.reject);
        orders.push_back({one.id, other.id});
        if (random.Bernoulli(0.3)) {
          const Pair& gone = orders[random.Index(static_cast<uint32_t>(orders.size()))];
          ASSERT_EQ(calls.Cancel(gone.in_calls), book.Cancel(gone.in_book));
        }
        expect_same_best();
      }
      const Ticks reference = {static_cast<int32_t>(random.UniformInt(1, kMaxPrice))};
      Fills ours;
      Fills theirs;
      const std::optional<Clearing> one = calls.Uncross(reference, ours);
      const std::optional<Clearing> other = ClearingPrice(book, reference);
      book.Uncross(other ? other->price : reference, other ? other->volume : 0, theirs);
      ASSERT_EQ(one.has_value(), other.has_value());
      if (one) {
        ++cleared;
        ASSERT_EQ(one->price, other->price);
        ASSERT_EQ(one->volume, other->volume);
        ASSERT_EQ(one->surplus, other->surplus);
      }
      ASSERT_EQ(ours.all, theirs.all);
      expect_same_best();
    }
    calls.Clear();
    book.Clear();
    for (const Pair& gone : orders) {
      ASSERT_EQ(calls.Cancel(gone.in_calls), Reject::kUnknownOrder);
    }
  }
  EXPECT_GT(cleared, 2000);
}

// Orders at one price, market orders that are left over, and sides that trade off.
TEST(CallBook, WhatIsLeftOfTheLastOrderDecidesThePrice) {
  struct Order {
    Side side;
    int32_t price;  // 0: at the market
    Quantity quantity;
  };
  const auto cleared = [](const std::vector<Order>& orders, int32_t reference) {
    CallBook calls(kMaxPrice);
    for (const Order& order : orders) {
      if (order.price == 0) {
        calls.GatherMarket(1, order.side, order.quantity);
      } else {
        calls.Gather(1, order.side, {order.price}, order.quantity);
      }
    }
    Fills fills;
    const Clearing one = calls.Uncross({reference}, fills).value();
    return std::tuple(one.price.value, one.volume, one.surplus);
  };
  constexpr Side kBuy = Side::kBuy;
  constexpr Side kSell = Side::kSell;
  // Buyers are left over, two of them at the price of the last trade.
  EXPECT_EQ(cleared({{kBuy, 12, 5}, {kBuy, 12, 4}, {kBuy, 11, 3}, {kSell, 10, 2}}, 10),
            std::tuple(12, 2, 7));
  // Sellers are.
  EXPECT_EQ(cleared({{kBuy, 12, 2}, {kSell, 10, 5}, {kSell, 10, 4}, {kSell, 11, 3}}, 12),
            std::tuple(10, 2, -7));
  // A buyer at the market is: the highest price that anybody named.
  EXPECT_EQ(cleared({{kBuy, 0, 9}, {kSell, 10, 2}}, 7), std::tuple(10, 2, 7));
  EXPECT_EQ(cleared({{kSell, 0, 9}, {kBuy, 10, 2}}, 15), std::tuple(10, 2, -7));
  // Nobody is: the reference, as far as the limits allow.
  for (const auto& [reference, price] : {std::pair(5, 10), std::pair(11, 11), std::pair(20, 12)}) {
    EXPECT_EQ(cleared({{kBuy, 12, 2}, {kSell, 10, 2}}, reference), std::tuple(price, 2, 0));
  }
}

TEST(CallBook, OfAVenueTakesOrdersInItsCallsAlone) {
  Venue venue({.ticker = "T", .calls_only = true});
  venue.tape().set_last({100});
  EXPECT_EQ(venue.Limit(1, Side::kBuy, {100}, 10).reject, Reject::kClosed);
  venue.BeginCall();
  const OrderId bid = venue.Limit(1, Side::kBuy, {100}, 10).id;
  venue.Limit(2, Side::kSell, {100}, 4);
  EXPECT_EQ(venue.Uncross(), 4);
  EXPECT_EQ(venue.phase(), Phase::kBetweenCalls);
  EXPECT_EQ(venue.Market(2, Side::kSell, 1).reject, Reject::kClosed);
  // The rest of the bid waits for the closing call.
  EXPECT_EQ(venue.Best(Side::kBuy), Ticks{100});
  venue.BeginCall();
  venue.Market(2, Side::kSell, 1);
  EXPECT_EQ(venue.Uncross(), 1);
  EXPECT_EQ(venue.Limit(1, Side::kBuy, {100}, 10).reject, Reject::kClosed);
  venue.Close();
  EXPECT_TRUE(venue.Empty(Side::kBuy));
  EXPECT_EQ(venue.Cancel(bid), Reject::kUnknownOrder);
  EXPECT_EQ(venue.accounts().Shares(1), 5);
}

}  // namespace
}  // namespace oneup::exchange
