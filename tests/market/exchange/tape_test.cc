#include "market/exchange/tape.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <vector>

#include "market/exchange/venue.h"
#include "market/kernel/random.h"

namespace oneup::exchange {
namespace {

Fill Trade(int32_t price, Quantity quantity, Side taker = Side::kBuy, bool auction = false) {
  return {.price = {price}, .quantity = quantity, .taker_side = taker, .auction = auction};
}

TEST(TapeTest, TheBarIsOfTheDay) {
  Tape tape;
  tape.set_last(Ticks{90});
  tape.BeginDay();
  EXPECT_EQ(tape.day().trades, 0);
  EXPECT_EQ(tape.last(), Ticks{90});
  tape.Print(Trade(100, 5, Side::kSell, /*auction=*/true));
  tape.Print(Trade(103, 2, Side::kBuy));
  tape.Print(Trade(98, 1, Side::kSell));
  tape.Print(Trade(101, 4, Side::kBuy));
  const Bar& day = tape.day();
  EXPECT_EQ(day.open, Ticks{100});
  EXPECT_EQ(day.high, Ticks{103});
  EXPECT_EQ(day.low, Ticks{98});
  EXPECT_EQ(day.close, Ticks{101});
  EXPECT_EQ(day.volume, 12);
  EXPECT_EQ(day.turnover, 500 + 206 + 98 + 404);
  EXPECT_EQ(day.trades, 4);
  EXPECT_EQ(day.auction_volume, 5);
  EXPECT_EQ(tape.last_aggressor(), Side::kBuy);

  tape.BeginDay();
  EXPECT_EQ(tape.day().volume, 0);
  EXPECT_EQ(tape.last(), Ticks{101});
  tape.Print(Trade(50, 1, Side::kSell, /*auction=*/true));
  EXPECT_EQ(tape.day().high, Ticks{50});
  EXPECT_EQ(tape.last_aggressor(), Side::kBuy) << "an auction has no aggressor";
}

using Print = std::tuple<OrderId, OwnerId, OwnerId, int32_t, Quantity, bool>;

struct Listener {
  static void OnFill(void* self, const Fill& fill) {
    static_cast<Listener*>(self)->prints.emplace_back(
        fill.maker_order, fill.maker, fill.taker, fill.price.value, fill.quantity, fill.auction);
  }
  std::vector<Print> prints;
};

// Three sessions of random orders, the same for the same seed.
void Trade(Venue& venue, uint64_t seed) {
  kernel::Stream random(seed, 0, 0);
  std::vector<OrderId> orders;
  const auto some_order = [&] {
    const Side side = random.Bernoulli(0.5) ? Side::kBuy : Side::kSell;
    const Ticks price{static_cast<int32_t>(random.UniformInt(490, 510))};
    const Quantity quantity = 1 + static_cast<Quantity>(random.Index(100));
    const OwnerId owner = random.Index(10);
    const double kind = random.Uniform();
    AddResult result;
    if (kind < 0.6) {
      result = venue.Limit(owner, side, price, quantity);
    } else if (kind < 0.7) {
      result = venue.Market(owner, side, quantity);
    } else if (kind < 0.8) {
      result = venue.ImmediateOrCancel(owner, side, price, quantity);
    } else if (!orders.empty()) {
      venue.Cancel(orders[random.Index(static_cast<uint32_t>(orders.size()))]);
    }
    if (result.id != 0) orders.push_back(result.id);
  };
  for (int day = 0; day < 3; ++day) {
    venue.BeginCall();
    for (int i = 0; i < 200; ++i) some_order();
    venue.Uncross();
    for (int i = 0; i < 1'000; ++i) some_order();
    venue.BeginCall();
    for (int i = 0; i < 200; ++i) some_order();
    venue.Uncross();
    venue.Close();
  }
}

TEST(TapeTest, TheSameOrdersPrintTheSameTape) {
  Listener first;
  Listener second;
  Listener other;
  Venue a({.ticker = "A", .max_price = 1'000}, {&first, Listener::OnFill});
  Venue b({.ticker = "A", .max_price = 1'000}, {&second, Listener::OnFill});
  Venue c({.ticker = "A", .max_price = 1'000}, {&other, Listener::OnFill});
  Trade(a, 1);
  Trade(b, 1);
  Trade(c, 2);
  EXPECT_GT(first.prints.size(), 500u);
  EXPECT_EQ(first.prints, second.prints);
  EXPECT_NE(first.prints, other.prints);
  EXPECT_EQ(a.tape().last(), b.tape().last());
}

// Who reads only what was published arrives at the same accounts and bar.
TEST(TapeTest, PrintsReplayToTheAccountsAndTheBar) {
  struct Reader {
    static void OnFill(void* self, const Fill& fill) {
      auto* reader = static_cast<Reader*>(self);
      const bool buying = fill.taker_side == Side::kBuy;
      reader->accounts.Settle(buying ? fill.taker : fill.maker, buying ? fill.maker : fill.taker,
                              fill.price, fill.quantity);
      reader->volume += fill.quantity;
      reader->last = fill.price;
    }
    Accounts accounts;
    int64_t volume = 0;
    Ticks last;
  } reader;
  Venue venue({.ticker = "A", .max_price = 1'000}, {&reader, Reader::OnFill});
  Trade(venue, 3);
  EXPECT_TRUE(venue.accounts().Conserved());
  for (OwnerId owner = 0; owner < 10; ++owner) {
    EXPECT_EQ(reader.accounts.Of(owner).shares, venue.accounts().Of(owner).shares);
    EXPECT_EQ(reader.accounts.Of(owner).cash, venue.accounts().Of(owner).cash);
  }
  EXPECT_EQ(reader.last, venue.tape().last());
  EXPECT_EQ(reader.last, venue.tape().day().close);
  EXPECT_GE(reader.volume, venue.tape().day().volume);
  EXPECT_TRUE(venue.book().CheckInvariants());
}

}  // namespace
}  // namespace oneup::exchange
