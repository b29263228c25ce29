// Market makers: they skew with inventory, learn from flow, earn from noise and lose to
// those who know more.
#include "market/traders/market_makers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/market/traders/floor.h"

namespace oneup::traders {
namespace {

using exchange::OrderBook;
using exchange::Side;

v1::MarketMakerParameters Parameters() {
  v1::MarketMakerParameters parameters;
  parameters.set_count(1);
  parameters.set_risk_aversion(0.05);  // x 2 % = 0.1 % a quote of inventory
  parameters.set_half_spread(0.5);     // x 0.2 % = 0.1 %
  parameters.set_quote_orders(1);
  parameters.set_impact(0);
  parameters.set_sign_memory(20);
  parameters.set_close_share(0.25);
  return parameters;
}

MarketMakers Makers(const v1::MarketMakerParameters& parameters) {
  return MarketMakers(parameters, RoundScale(), kFirst);
}

std::vector<OrderBook::Depth> Levels(Floor& floor, Side side) {
  std::vector<OrderBook::Depth> levels;
  floor.venue().book().VisitLevels(side, [&](const OrderBook::Depth& depth) {
    levels.push_back(depth);
    return true;
  });
  return levels;
}

TEST(MarketMakers, WithoutInventoryQuoteSymmetricallyAroundTheOpeningPrice) {
  Floor floor;
  MarketMakers makers = Makers(Parameters());
  makers.BeginSession(100);
  makers.Renew(0, floor.desk());
  EXPECT_NEAR(floor.desk().bid(), 99.90, 1e-9);  // 0.1 % below
  EXPECT_NEAR(floor.desk().ask(), 100.10, 1e-9);
}

TEST(MarketMakers, TheRiskOfTheDayToComeWidensTheSpread) {
  Floor floor;
  MarketMakers makers = Makers(Parameters());
  makers.BeginSession(100);
  makers.Renew(1, floor.desk());  // half of 0.1 % more on each side
  EXPECT_NEAR(floor.desk().bid(), 99.85, 1e-9);
  EXPECT_NEAR(floor.desk().ask(), 100.15, 1e-9);
}

TEST(MarketMakers, TheLadderGrowsByTwoQuotesALevelAtEqualSteps) {
  Floor floor;
  MarketMakers makers = Makers(Parameters());
  makers.BeginSession(100);
  makers.Renew(0, floor.desk());
  for (const Side side : {Side::kBuy, Side::kSell}) {
    const std::vector<OrderBook::Depth> levels = Levels(floor, side);
    ASSERT_GE(levels.size(), 2u);
    for (size_t i = 0; i < levels.size(); ++i) {
      EXPECT_EQ(levels[i].quantity, 10'000 * (2 * static_cast<int64_t>(i) + 1));
      EXPECT_EQ(std::abs(levels[i].price.value - 10'000), 10 * (static_cast<int>(i) + 1));
    }
  }
}

// Somebody sells to the makers, or buys from them; without learning only the inventory
// moves the quotes.
double MidAfterTakingQuotes(Side aggressor, int quotes, double session_left) {
  Floor floor;
  MarketMakers makers = Makers(Parameters());
  makers.BeginSession(100);
  for (int i = 0; i < quotes; ++i) {
    makers.Renew(session_left, floor.desk());
    floor.desk().Market(kOther, aggressor, 10'000);
  }
  makers.Renew(session_left, floor.desk());
  return floor.desk().mid();
}

TEST(MarketMakers, QuotesLeanAgainstTheInventory) {
  double lower = MidAfterTakingQuotes(Side::kSell, 0, 1);
  double higher = lower;
  for (int quotes = 1; quotes <= 5; ++quotes) {
    const double long_mid = MidAfterTakingQuotes(Side::kSell, quotes, 1);
    const double short_mid = MidAfterTakingQuotes(Side::kBuy, quotes, 1);
    EXPECT_NEAR(lower - long_mid, 0.1, 0.011) << quotes;  // 0.1 % of 100 a quote, in ticks
    EXPECT_NEAR(short_mid - higher, 0.1, 0.011) << quotes;
    lower = long_mid;
    higher = short_mid;
  }
}

TEST(MarketMakers, InventoryMattersLessTheLessIsLeftOfTheSession) {
  EXPECT_NEAR(MidAfterTakingQuotes(Side::kSell, 4, 1), 99.6, 0.011);
  EXPECT_NEAR(MidAfterTakingQuotes(Side::kSell, 4, 0.5), 99.8, 0.011);
  EXPECT_NEAR(MidAfterTakingQuotes(Side::kSell, 4, 0), 100, 0.011);
}

TEST(MarketMakers, NoInventoryMovesAQuoteBeyondTwoPercent) {
  EXPECT_NEAR(MidAfterTakingQuotes(Side::kSell, 100, 1), 98, 0.02);
  EXPECT_NEAR(MidAfterTakingQuotes(Side::kBuy, 100, 1), 102, 0.02);
}

TEST(MarketMakers, ProvideAndNeverTake) {
  Floor floor;
  MarketMakers makers = Makers(Parameters());
  // The inside is quoted already, away from where the makers would.
  floor.Bid(100.50, 500);
  floor.Ask(100.52, 500);
  makers.BeginSession(100);
  for (int i = 0; i < 3; ++i) makers.Renew(1, floor.desk());
  EXPECT_EQ(floor.venue().counts().fills, 0u);
  EXPECT_EQ(floor.Depth(Side::kBuy, 100.50), 500);
  // What others are ready to pay is public: the fair price has followed them.
  makers.Renew(1, floor.desk());
  floor.Empty();
  makers.Renew(0, floor.desk());
  EXPECT_NEAR(floor.desk().mid(), 100.5, 0.021);
}

TEST(MarketMakers, FollowTheCommonFactorAtOnce) {
  Floor floor;
  MarketMakers makers = Makers(Parameters());
  makers.BeginSession(100);
  makers.Follow(0.01);
  makers.Renew(0, floor.desk());
  EXPECT_NEAR(floor.desk().mid(), 101, 0.011);
}

TEST(MarketMakers, RenewingLeavesOneSetOfQuotes) {
  Floor floor;
  MarketMakers makers = Makers(Parameters());
  makers.BeginSession(100);
  makers.Renew(1, floor.desk());
  const size_t orders = floor.venue().book().order_count();
  for (int i = 0; i < 10; ++i) makers.Renew(1 - 0.1 * i, floor.desk());
  EXPECT_EQ(floor.venue().book().order_count(), orders);
}

TEST(MarketMakers, BringAShareOfTheInventoryToTheClosingCall) {
  Floor floor;
  MarketMakers makers = Makers(Parameters());
  makers.BeginSession(100);
  makers.Renew(1, floor.desk());
  floor.desk().Market(kOther, Side::kSell, 8'000);
  ASSERT_EQ(floor.Shares(kFirst), 8'000);
  floor.venue().BeginCall();
  makers.Unload(floor.desk());
  floor.Bid(99, 1e6);
  floor.venue().Uncross();
  EXPECT_EQ(floor.Shares(kFirst), 6'000);
}

// Where the makers see the fair price after these trades, relative to 100.
double Learnt(const std::vector<Side>& signs, double quantity) {
  v1::MarketMakerParameters parameters = Parameters();
  parameters.set_impact(1);
  Floor floor(100, 0.0001);
  MarketMakers makers = Makers(parameters);
  makers.BeginSession(100);
  for (const Side sign : signs) makers.Learn(sign, quantity);
  makers.Renew(0, floor.desk());
  return floor.desk().mid() / 100 - 1;
}

TEST(MarketMakers, LearnFromTheFlowWithTheSquareRootOfItsSize) {
  EXPECT_NEAR(Learnt({Side::kBuy}, 10'000), 0.002, 2e-6);
  EXPECT_NEAR(Learnt({Side::kBuy}, 40'000), 0.004, 2e-6);
  EXPECT_NEAR(Learnt({Side::kSell}, 2'500), -0.001, 2e-6);
}

TEST(MarketMakers, AnExpectedSignTeachesThemLessAndASurpriseMore) {
  std::vector<Side> run(30, Side::kBuy);
  const double before = Learnt(run, 10'000);
  std::vector<Side> on = run;
  on.push_back(Side::kBuy);
  std::vector<Side> turn = run;
  turn.push_back(Side::kSell);
  const double expected = Learnt(on, 10'000) / before - 1;
  const double first = Learnt({Side::kBuy}, 10'000);
  EXPECT_LT(Learnt(on, 10'000) - before, 0.5 * first);
  EXPECT_GT(expected, 0);
  EXPECT_GT(before - Learnt(turn, 10'000), 1.5 * first);
}

struct Flow {
  double chance_informed = 0;
  double impact = 0;
};

// The makers' wealth, a trade, after a day of customers. A share's value makes steps of
// 0.2 % between orders, which the informed know.
double WealthOfMakersATrade(const Flow& flow, uint64_t seed) {
  v1::MarketMakerParameters parameters = Parameters();
  parameters.set_impact(flow.impact);
  Floor floor;
  MarketMakers makers = Makers(parameters);
  Arrivals arrivals(seed);
  makers.BeginSession(100);
  double value = 100;
  constexpr int kTrades = 400;
  for (int i = 0; i < kTrades; ++i) {
    const Draws draws = arrivals.Next();
    if (flow.chance_informed > 0) value *= draws.Coin(0) ? 1.002 : 1 / 1.002;
    makers.Renew(1 - i / double{kTrades}, floor.desk());
    const int64_t before = floor.venue().tape().day().volume;
    if (draws.Uniform(1) < flow.chance_informed) {
      if (floor.desk().ask() < value) floor.desk().Market(kOther, Side::kBuy, 5'000);
      if (floor.desk().bid() > value) floor.desk().Market(kOther, Side::kSell, 5'000);
    } else {
      floor.desk().Market(kOther, draws.Coin(2) ? Side::kBuy : Side::kSell, 5'000);
    }
    const int64_t traded = floor.venue().tape().day().volume - before;
    if (traded > 0) {
      makers.Learn(floor.venue().tape().last_aggressor(), static_cast<double>(traded));
    }
  }
  EXPECT_TRUE(floor.venue().accounts().Conserved());
  return floor.Wealth(kFirst, value) / kTrades;
}

TEST(MarketMakers, EarnFromNoise) {
  for (uint64_t seed = 1; seed <= 10; ++seed) {
    // At least half of the half-spread of 0.1 on each of 5,000 shares.
    EXPECT_GT(WealthOfMakersATrade({.chance_informed = 0, .impact = 0}, seed), 250) << seed;
  }
}

double WealthOfMakers(const Flow& flow) {
  double wealth = 0;
  for (uint64_t seed = 1; seed <= 20; ++seed) wealth += WealthOfMakersATrade(flow, seed) / 20;
  return wealth;
}

TEST(MarketMakers, LoseToThoseWhoKnowMoreAndLessIfTheyLearnFromTheFlow) {
  const double deaf = WealthOfMakers({.chance_informed = 1, .impact = 0});
  const double learning = WealthOfMakers({.chance_informed = 1, .impact = 1});
  EXPECT_LT(deaf, 0);
  EXPECT_GT(learning, 0.5 * deaf);
}

TEST(MarketMakers, TheMoreInformedTheFlowTheWorseForThem) {
  double before = WealthOfMakers({.chance_informed = 0.1, .impact = 1});
  for (const double chance : {0.3, 0.5, 0.7}) {
    const double wealth = WealthOfMakers({.chance_informed = chance, .impact = 1});
    EXPECT_LT(wealth, before) << chance;
    before = wealth;
  }
}

}  // namespace
}  // namespace oneup::traders
