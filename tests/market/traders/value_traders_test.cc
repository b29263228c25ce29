// Value traders: they trade towards their belief, news changes it late and differently.
#include "market/traders/value_traders.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include "tests/market/traders/floor.h"

namespace oneup::traders {
namespace {

using exchange::Side;

// Nobody disagrees and nobody hesitates, unless a test says so.
v1::ValueTraderParameters Parameters() {
  v1::ValueTraderParameters parameters;
  parameters.set_demand_adv(100);
  parameters.set_revision_delay_hours(2);
  parameters.set_alert_sd(1000);
  parameters.set_chase(1e6);
  return parameters;
}

ValueTraders Traders(const v1::ValueTraderParameters& parameters, uint32_t count,
                     uint64_t seed = 1) {
  ValueTraders traders(parameters, RoundScale(), count, kFirst, seed, 1u << 12);
  traders.BeginDay();
  return traders;
}

Draws AnyDraws() { return Arrivals(1).Next(); }

// What traders believe of a share that is worth 100, as the orders show that they leave in
// an empty book.
class Beliefs {
 public:
  double Of(ValueTraders& traders, uint32_t trader) {
    floor_.Empty();
    traders.Act(trader, 100, floor_.desk(), AnyDraws());
    return floor_.desk().has_bid() ? floor_.desk().bid() : floor_.desk().ask();
  }

 private:
  Floor floor_{100, 1e-4};
};

// D of one trader of ten: 100 x 1e6 / 10 shares for a mispricing of 1.
constexpr double kDemand = 1e7;

TEST(ValueTraders, BuyWhatIsBelowTheirBeliefInProportion) {
  for (const double ask : {99.9, 99.0, 96.0}) {
    Floor floor;
    ValueTraders traders = Traders(Parameters(), 10);
    floor.Ask(ask, 1e8);
    traders.Act(0, 100, floor.desk(), AnyDraws());
    EXPECT_NEAR(floor.Shares(kFirst), kDemand * (100 / ask - 1), 1) << ask;
  }
}

TEST(ValueTraders, SellWhatIsAboveTheirBeliefInProportion) {
  for (const double bid : {100.1, 101.0, 104.0}) {
    Floor floor;
    ValueTraders traders = Traders(Parameters(), 10);
    floor.Bid(bid, 1e8);
    traders.Act(3, 100, floor.desk(), AnyDraws());
    EXPECT_NEAR(-floor.Shares(kFirst + 3), kDemand * (1 - 100 / bid), 1) << bid;
  }
}

TEST(ValueTraders, LeaveAnOrderWhenThePriceIsRight) {
  Floor floor;
  ValueTraders traders = Traders(Parameters(), 10);
  floor.Bid(99.5, 1e8);
  floor.Ask(100.5, 1e8);
  traders.Act(0, 100, floor.desk(), AnyDraws());
  EXPECT_EQ(floor.venue().counts().fills, 0u);
  EXPECT_EQ(floor.Depth(Side::kBuy, 100) + floor.Depth(Side::kSell, 100), 10'000);
}

TEST(ValueTraders, ActingAgainReplacesTheOldOrder) {
  Floor floor;
  ValueTraders traders = Traders(Parameters(), 10);
  Arrivals arrivals(5);
  for (int i = 0; i < 20; ++i) traders.Act(0, 100, floor.desk(), arrivals.Next());
  EXPECT_EQ(floor.venue().book().order_count(), 1u);
}

TEST(ValueTraders, WhoHoldsEnoughWantsNoMoreAtThatPrice) {
  Floor floor;
  ValueTraders traders = Traders(Parameters(), 10);
  floor.Ask(98, 1e9);
  traders.Act(0, 100, floor.desk(), AnyDraws());
  const double once = floor.Shares(kFirst);
  for (int i = 0; i < 5; ++i) traders.Act(0, 100, floor.desk(), AnyDraws());
  EXPECT_GT(once, 0);
  EXPECT_NEAR(floor.Shares(kFirst), once, 0.002 * once);
}

TEST(ValueTraders, WorkALargeWishInPieces) {
  v1::ValueTraderParameters parameters = Parameters();
  parameters.set_chase(2);  // x 0.2 %: up to 0.4 % beyond the touch
  Floor floor;
  ValueTraders traders = Traders(parameters, 10);
  floor.Ask(90.00, 100);
  floor.Ask(90.30, 100);
  floor.Ask(90.50, 100);
  traders.Act(0, 100, floor.desk(), AnyDraws());
  EXPECT_EQ(floor.Shares(kFirst), 200);
  EXPECT_NEAR(floor.desk().ask(), 90.50, 1e-9);
}

TEST(ValueTraders, DemandIsSharedAmongHoweverMany) {
  for (const uint32_t count : {8u, 64u, 512u}) {
    Floor floor;
    ValueTraders traders = Traders(Parameters(), count);
    floor.Ask(99, 1e9);
    for (uint32_t i = 0; i < count; ++i) traders.Act(i, 100, floor.desk(), AnyDraws());
    double bought = 0;
    for (uint32_t i = 0; i < count; ++i) bought += floor.Shares(kFirst + i);
    EXPECT_NEAR(bought, 1e8 * (100.0 / 99 - 1), count);
  }
}

TEST(ValueTraders, OpinionsSpreadAsStatedAndStayWhileMoodsChange) {
  Beliefs beliefs;
  v1::ValueTraderParameters parameters = Parameters();
  parameters.set_opinion_sd(0.03);
  parameters.set_daily_opinion_sd(0.04);
  constexpr uint32_t kCount = 2000;
  ValueTraders traders = Traders(parameters, kCount);
  std::vector<double> first;
  std::vector<double> second;
  for (uint32_t i = 0; i < kCount; ++i) first.push_back(std::log(beliefs.Of(traders, i) / 100));
  traders.BeginDay();
  for (uint32_t i = 0; i < kCount; ++i) second.push_back(std::log(beliefs.Of(traders, i) / 100));
  double variance = 0;
  double covariance = 0;
  for (uint32_t i = 0; i < kCount; ++i) {
    variance += first[i] * first[i] / kCount;
    covariance += first[i] * second[i] / kCount;
  }
  EXPECT_NEAR(variance, 0.0025, 4 * 0.0025 * std::sqrt(2.0 / kCount));  // .03^2 + .04^2
  EXPECT_NEAR(covariance, 0.0009, 4 * 0.0025 / std::sqrt(kCount));      // .03^2
}

// ---- News ----

TEST(ValueTraders, DelaysAreExponentialWithTheStatedMean) {
  constexpr uint32_t kCount = 4096;
  ValueTraders traders = Traders(Parameters(), kCount);
  const uint32_t number = traders.Hear({.key = 77, .log_return = 0.1});
  std::vector<double> delays;
  for (uint32_t i = 0; i < kCount; ++i) delays.push_back(traders.RevisionDelayHours(i, number));
  std::sort(delays.begin(), delays.end());
  EXPECT_GT(delays.front(), 0);
  // Kolmogorov's distance to 1 - exp(-t / 2); 1.95 / sqrt(n) is its 0.1 % point.
  double distance = 0;
  for (uint32_t i = 0; i < kCount; ++i) {
    const double expected = 1 - std::exp(-delays[i] / 2);
    distance = std::max(distance, std::abs(expected - (i + 1.0) / kCount));
    distance = std::max(distance, std::abs(expected - (i + 0.0) / kCount));
  }
  EXPECT_LT(distance, 1.95 / std::sqrt(kCount));
}

TEST(ValueTraders, EveryTraderHasADelayOfHisOwnForEveryPieceOfNews) {
  ValueTraders traders = Traders(Parameters(), 100);
  const uint32_t one = traders.Hear({.key = 1, .log_return = 0.1});
  const uint32_t two = traders.Hear({.key = 2, .log_return = 0.1});
  std::set<double> delays;
  for (uint32_t i = 0; i < 100; ++i) {
    delays.insert(traders.RevisionDelayHours(i, one));
    delays.insert(traders.RevisionDelayHours(i, two));
  }
  EXPECT_EQ(delays.size(), 200u);
}

TEST(ValueTraders, ADelayBelongsToTheNewsAndNotToWhatCameBefore) {
  ValueTraders alone = Traders(Parameters(), 10);
  ValueTraders busy = Traders(Parameters(), 10);
  for (uint64_t key = 100; key < 105; ++key) busy.Hear({.key = key, .log_return = 0.01});
  const uint32_t first = alone.Hear({.key = 7, .log_return = 0.1});
  const uint32_t sixth = busy.Hear({.key = 7, .log_return = 0.1});
  for (uint32_t i = 0; i < 10; ++i) {
    EXPECT_EQ(alone.RevisionDelayHours(i, first), busy.RevisionDelayHours(i, sixth));
  }
}

TEST(ValueTraders, ARevisionMovesTheBeliefByTheNewsOnce) {
  Beliefs beliefs;
  ValueTraders traders = Traders(Parameters(), 10);
  const uint32_t number = traders.Hear({.key = 7, .log_return = 0.2});
  EXPECT_NEAR(beliefs.Of(traders, 0), 100, 0.001);  // he has not taken it in
  EXPECT_TRUE(traders.Revise(0, number));
  EXPECT_NEAR(beliefs.Of(traders, 0), 100 * std::exp(0.2), 0.001);
  EXPECT_FALSE(traders.Revise(0, number));
  EXPECT_NEAR(beliefs.Of(traders, 0), 100 * std::exp(0.2), 0.001);
  EXPECT_NEAR(beliefs.Of(traders, 1), 100, 0.001);  // nobody told the others
}

TEST(ValueTraders, NewsAddsUp) {
  Beliefs beliefs;
  ValueTraders traders = Traders(Parameters(), 10);
  traders.Revise(0, traders.Hear({.key = 1, .log_return = 0.2}));
  traders.Revise(0, traders.Hear({.key = 2, .log_return = -0.05}));
  EXPECT_NEAR(beliefs.Of(traders, 0), 100 * std::exp(0.15), 0.001);
}

TEST(ValueTraders, ReadingsSpreadAsStatedWithoutBias) {
  Beliefs beliefs;
  v1::ValueTraderParameters parameters = Parameters();
  parameters.set_reading_sd(0.3);
  constexpr uint32_t kCount = 4000;
  ValueTraders traders = Traders(parameters, kCount);
  const uint32_t number = traders.Hear({.key = 7, .log_return = 0.1});
  double sum = 0;
  double log_sum = 0;
  double log_squares = 0;
  for (uint32_t i = 0; i < kCount; ++i) {
    traders.Revise(i, number);
    const double reading = std::log(beliefs.Of(traders, i) / 100) / 0.1;
    sum += reading / kCount;
    log_sum += std::log(reading) / kCount;
    log_squares += std::log(reading) * std::log(reading) / kCount;
  }
  EXPECT_NEAR(sum, 1, 4 * 0.307 / std::sqrt(kCount));
  EXPECT_NEAR(std::sqrt(log_squares - log_sum * log_sum), 0.3, 4 * 0.3 / std::sqrt(2.0 * kCount));
}

TEST(ValueTraders, TheConsensusIsOneForAllTradersAndAnotherForEachPieceOfNews) {
  Beliefs beliefs;
  v1::ValueTraderParameters parameters = Parameters();
  parameters.set_consensus_sd(0.15);
  ValueTraders traders = Traders(parameters, 3);
  double sum = 0;
  constexpr int kNews = 2000;
  std::set<double> readings;
  for (uint64_t key = 1; key <= kNews; ++key) {
    ValueTraders fresh = Traders(parameters, 3);
    const uint32_t number = fresh.Hear({.key = key, .log_return = 0.1});
    for (uint32_t i = 0; i < 3; ++i) fresh.Revise(i, number);
    const double belief = beliefs.Of(fresh, 0);
    EXPECT_EQ(beliefs.Of(fresh, 1), belief);
    EXPECT_EQ(beliefs.Of(fresh, 2), belief);
    readings.insert(belief);
    sum += std::log(belief / 100) / 0.1 / kNews;
  }
  EXPECT_GT(readings.size(), kNews * 9u / 10);
  EXPECT_NEAR(sum, 1, 4 * 0.151 / std::sqrt(kNews));
}

TEST(ValueTraders, AStrangePriceMakesThemLookForNews) {
  v1::ValueTraderParameters parameters = Parameters();
  parameters.set_alert_sd(3);  // x 2 %
  for (const double price : {103.0, 110.0}) {
    ValueTraders traders = Traders(parameters, 10);
    traders.Hear({.key = 7, .log_return = 0.2});
    Floor floor(price);
    floor.Bid(price - 0.01, 1e6);
    floor.Ask(price + 0.01, 1e6);
    traders.Act(0, 100, floor.desk(), AnyDraws());
    if (price < 106) {
      EXPECT_LT(floor.Shares(kFirst), 0);  // 3 % above his belief: he sells
    } else {
      EXPECT_GT(floor.Shares(kFirst), 0);  // he has heard why, and believes in 122
    }
  }
}

// ---- Call auctions ----

size_t OrdersInCall(ValueTraders& traders, double share) {
  Floor floor;
  floor.venue().BeginCall();
  Arrivals arrivals(3);
  traders.BringToCall(100, share, floor.desk(), arrivals.stream());
  return floor.venue().book().order_count();
}

v1::ValueTraderParameters Disputed() {
  v1::ValueTraderParameters parameters = Parameters();
  parameters.set_opinion_sd(0.006);
  parameters.set_daily_opinion_sd(0.004);
  parameters.set_reading_sd(0.3);
  return parameters;
}

TEST(ValueTraders, AShareOfThemComesToAQuietCallWithBothSides) {
  ValueTraders traders = Traders(Disputed(), 1000);
  EXPECT_EQ(OrdersInCall(traders, 0), 0u);
  EXPECT_EQ(OrdersInCall(traders, 1), 4000u);
  EXPECT_NEAR(static_cast<double>(OrdersInCall(traders, 0.3)), 1200, 4 * 4 * 14.5);
}

TEST(ValueTraders, WhoeverHasFreshNewsComesUntilItIsOld) {
  ValueTraders traders = Traders(Disputed(), 100);
  const uint32_t number = traders.Hear({.key = 7, .log_return = 0.1});
  for (uint32_t i = 0; i < 40; ++i) traders.Revise(i, number);
  EXPECT_EQ(OrdersInCall(traders, 0), 160u);
  for (int day = 0; day < 8; ++day) {
    traders.EndDay();
    traders.BeginDay();
  }
  EXPECT_EQ(OrdersInCall(traders, 0), 0u);  // 0.1 / 2^8 is less than an opinion
}

TEST(ValueTraders, LargerNewsIsDisputedWithLargerOrders) {
  double before = 0;
  for (const double news : {0.02, 0.1, 0.3}) {
    Floor floor;
    ValueTraders traders = Traders(Disputed(), 10);
    traders.Revise(0, traders.Hear({.key = 7, .log_return = news}));
    floor.venue().BeginCall();
    Arrivals arrivals(3);
    traders.BringToCall(100, 0, floor.desk(), arrivals.stream());
    double shares = 0;
    floor.venue().book().VisitLevels(Side::kBuy, [&](const exchange::OrderBook::Depth& depth) {
      shares += static_cast<double>(depth.quantity);
      return true;
    });
    EXPECT_GT(shares, before) << news;
    before = shares;
  }
}

TEST(ValueTraders, TheCallClearsAtWhatTheyBelieveOnAverage) {
  ValueTraders traders = Traders(Disputed(), 500);
  const uint32_t number = traders.Hear({.key = 7, .log_return = 0.1});
  for (uint32_t i = 0; i < 500; ++i) traders.Revise(i, number);
  Floor floor;
  floor.venue().BeginCall();
  Arrivals arrivals(3);
  traders.BringToCall(100, 1, floor.desk(), arrivals.stream());
  floor.venue().Uncross();
  EXPECT_NEAR(std::log(floor.desk().last() / 100), 0.1, 0.01);
  EXPECT_TRUE(floor.venue().accounts().Conserved());
}

}  // namespace
}  // namespace oneup::traders
