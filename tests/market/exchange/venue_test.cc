// What a venue takes in each phase of a session, and what a phase does.
#include "market/exchange/venue.h"

#include <gtest/gtest.h>

#include <string>

namespace oneup::exchange {
namespace {

constexpr Side kBuy = Side::kBuy;
constexpr Side kSell = Side::kSell;

Listing Listed(double halt_band = 0) {
  return {.ticker = "XYZ", .max_price = 1'000, .halt_band = halt_band};
}

// A venue brought to a phase; with one bid at 100 and one offer at 110 where orders may rest.
struct Brought {
  const char* name;
  Phase phase;
  bool after_the_closing_call;
  bool orders;     // limit and market
  bool immediate;  // immediate-or-cancel and post-only
  bool trades;     // at once
  bool cancels;
};

// For band 0.05 around 100: a trade at 110 halts.
void BringTo(const Brought& to, Venue& venue) {
  if (to.phase == Phase::kClosed) return;
  venue.tape().set_last(Ticks{100});
  venue.BeginCall();
  if (to.phase != Phase::kOpeningCall) venue.Uncross();
  if (to.phase == Phase::kHalted) {
    venue.Limit(1, kSell, Ticks{110}, 1);
    venue.Limit(2, kBuy, Ticks{110}, 1);
  }
  if (to.phase == Phase::kClosingCall) venue.BeginCall();
  venue.Limit(1, kBuy, Ticks{100}, 10);
  venue.Limit(1, kSell, Ticks{110}, 10);
  if (to.after_the_closing_call) venue.Uncross();
}

class PhaseTest : public testing::TestWithParam<Brought> {};

INSTANTIATE_TEST_SUITE_P(
    Table, PhaseTest,
    testing::Values(
        //      name, phase, after the closing call | orders, immediate, trades, cancels
        Brought{"Closed", Phase::kClosed, false, false, false, false, false},
        Brought{"OpeningCall", Phase::kOpeningCall, false, true, false, false, true},
        Brought{"Continuous", Phase::kContinuous, false, true, true, true, true},
        Brought{"Halted", Phase::kHalted, false, true, false, false, true},
        Brought{"ClosingCall", Phase::kClosingCall, false, true, false, false, true},
        Brought{"AfterTheClosingCall", Phase::kClosingCall, true, false, false, false, true}),
    [](const auto& b) { return std::string(b.param.name); });

TEST_P(PhaseTest, TakesWhatThePhaseAllows) {
  Venue venue(Listed(0.05));
  BringTo(GetParam(), venue);
  ASSERT_EQ(venue.phase(), GetParam().phase);
  const auto expected = [](bool taken) { return taken ? Reject::kNone : Reject::kClosed; };
  const uint64_t rejects = venue.counts().rejects;
  EXPECT_EQ(venue.Limit(3, kBuy, Ticks{90}, 1).reject, expected(GetParam().orders));
  EXPECT_EQ(venue.PostOnly(3, kBuy, Ticks{91}, 1).reject, expected(GetParam().immediate));
  EXPECT_EQ(venue.ImmediateOrCancel(3, kBuy, Ticks{92}, 1).reject, expected(GetParam().immediate));
  // Last, since trading at 110 halts the share.
  const AddResult market = venue.Market(3, kBuy, 1);
  EXPECT_EQ(market.reject, expected(GetParam().orders));
  EXPECT_EQ(market.filled, GetParam().trades ? 1 : 0);
  EXPECT_EQ(venue.counts().rejects - rejects, 2u * !GetParam().orders + 2u * !GetParam().immediate);
}

TEST_P(PhaseTest, CancelsWhatRests) {
  Venue venue(Listed(0.05));
  BringTo(GetParam(), venue);
  // The bid that BringTo placed is the only one.
  if (!GetParam().cancels) {
    EXPECT_EQ(venue.Cancel(1), Reject::kUnknownOrder);
    return;
  }
  ASSERT_EQ(venue.book().QuantityAt(kBuy, Ticks{100}), 10);
  uint64_t cancelled = 0;
  for (uint64_t generation = 1; generation < 4; ++generation) {
    for (uint64_t slot = 1; slot < 8; ++slot) {
      if (venue.Cancel(generation << 32 | slot) == Reject::kNone) ++cancelled;
    }
  }
  EXPECT_EQ(cancelled, venue.counts().cancels);
  EXPECT_EQ(venue.book().order_count(), 0u);
}

TEST(VenueTest, CallsGatherAndTradeAtOnePrice) {
  Venue venue(Listed());
  venue.tape().set_last(Ticks{100});
  venue.BeginCall();
  venue.Limit(1, kBuy, Ticks{105}, 10);
  venue.Limit(2, kSell, Ticks{95}, 10);
  venue.Market(3, kBuy, 5);
  venue.Limit(4, kSell, Ticks{103}, 5);
  EXPECT_EQ(venue.tape().day().trades, 0);
  EXPECT_EQ(venue.Uncross(), 15);
  EXPECT_EQ(venue.phase(), Phase::kContinuous);
  const Bar& day = venue.tape().day();
  EXPECT_EQ(day.open, day.close);
  EXPECT_EQ(day.high, day.low);
  EXPECT_EQ(day.volume, 15);
  EXPECT_EQ(day.auction_volume, 15);
  EXPECT_EQ(venue.book().order_count(), 0u);
  EXPECT_EQ(venue.accounts().Shares(3), 5);
}

TEST(VenueTest, MarketOrdersOfACallDoNotOutliveIt) {
  Venue venue(Listed());
  venue.tape().set_last(Ticks{100});
  venue.BeginCall();
  const OrderId bid = venue.Limit(1, kBuy, Ticks{90}, 10).id;
  const OrderId market = venue.Market(2, kBuy, 10).id;
  venue.Limit(3, kSell, Ticks{95}, 4);
  EXPECT_EQ(venue.Uncross(), 4);
  EXPECT_FALSE(venue.book().Contains(market));
  EXPECT_TRUE(venue.book().Contains(bid));
}

TEST(VenueTest, OrdersLiveForADay) {
  Venue venue(Listed());
  venue.BeginCall();
  const OrderId id = venue.Limit(1, kBuy, Ticks{90}, 10).id;
  venue.Uncross();
  venue.BeginCall();
  EXPECT_TRUE(venue.book().Contains(id));
  venue.Uncross();
  EXPECT_EQ(venue.phase(), Phase::kClosingCall);
  venue.Close();
  EXPECT_EQ(venue.phase(), Phase::kClosed);
  EXPECT_FALSE(venue.book().Contains(id));
  venue.BeginCall();
  EXPECT_EQ(venue.Cancel(id), Reject::kUnknownOrder);
}

TEST(VenueTest, HaltsOutsideTheBandAndReopensByAuction) {
  Venue venue(Listed(0.05));
  venue.tape().set_last(Ticks{100});
  venue.BeginCall();
  venue.Uncross();
  venue.Limit(1, kSell, Ticks{105}, 1);
  venue.Limit(2, kBuy, Ticks{105}, 1);
  EXPECT_EQ(venue.phase(), Phase::kContinuous) << "5 % are within the band";
  venue.Limit(1, kSell, Ticks{106}, 1);
  venue.Limit(2, kBuy, Ticks{106}, 1);
  EXPECT_EQ(venue.phase(), Phase::kHalted);
  // A halt gathers, and its auction gives the band a new middle.
  venue.Limit(1, kSell, Ticks{106}, 5);
  venue.Limit(2, kBuy, Ticks{108}, 5);
  EXPECT_EQ(venue.tape().day().trades, 2);
  EXPECT_EQ(venue.Uncross(), 5);
  EXPECT_EQ(venue.phase(), Phase::kContinuous);
  venue.Limit(1, kSell, Ticks{110}, 1);
  venue.Limit(2, kBuy, Ticks{110}, 1);
  EXPECT_EQ(venue.phase(), Phase::kContinuous) << "within 5 % of the reopening";
}

TEST(VenueTest, WithoutABandNothingHalts) {
  Venue venue(Listed());
  venue.tape().set_last(Ticks{100});
  venue.BeginCall();
  venue.Uncross();
  venue.Limit(1, kSell, Ticks{900}, 1);
  venue.Limit(2, kBuy, Ticks{900}, 1);
  EXPECT_EQ(venue.phase(), Phase::kContinuous);
}

TEST(VenueTest, AHaltMayLastIntoTheClosingCall) {
  Venue venue(Listed(0.05));
  BringTo({"", Phase::kHalted, false, true, false, false, true}, venue);
  venue.BeginCall();
  EXPECT_EQ(venue.phase(), Phase::kClosingCall);
  venue.Uncross();
  venue.Close();
  EXPECT_EQ(venue.phase(), Phase::kClosed);
}

TEST(VenueTest, CountsWhatItTook) {
  Venue venue(Listed());
  venue.BeginCall();
  venue.Uncross();
  const OrderId id = venue.Limit(1, kSell, Ticks{100}, 10).id;
  venue.Limit(2, kBuy, Ticks{100}, 4);
  venue.Limit(2, kBuy, Ticks{0}, 4);
  venue.Cancel(id);
  venue.Cancel(id);
  EXPECT_EQ(venue.counts().orders, 2u);
  EXPECT_EQ(venue.counts().fills, 1u);
  EXPECT_EQ(venue.counts().rejects, 1u);
  EXPECT_EQ(venue.counts().cancels, 1u);
}

using VenueDeathTest = testing::Test;

TEST(VenueDeathTest, APhaseOutOfOrderEndsTheProgram) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  Venue venue(Listed());
  EXPECT_DEATH(venue.Uncross(), "XYZ: Uncross called in phase 0");
  venue.BeginCall();
  EXPECT_DEATH(venue.BeginCall(), "XYZ: BeginCall called in phase 1");
  venue.Uncross();
  EXPECT_DEATH(venue.Uncross(), "XYZ: Uncross called in phase 2");
  venue.BeginCall();
  venue.Uncross();
  EXPECT_DEATH(venue.Uncross(), "XYZ: Uncross called in phase 4");
}

}  // namespace
}  // namespace oneup::exchange
