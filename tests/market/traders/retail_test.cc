// Attention-driven retail: it buys what is in the news, and sells it at its leisure.
#include "market/traders/retail.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/market/traders/floor.h"

namespace oneup::traders {
namespace {

using exchange::Side;

constexpr int kSteps = 20;  // a day

v1::RetailParameters Parameters() {
  v1::RetailParameters parameters;
  parameters.set_buying_adv(2);
  parameters.set_attention_per_return(5);
  parameters.set_half_life_days(1);
  parameters.set_contagion(0.1);
  parameters.set_holding_days(10);
  return parameters;
}

Retail Crowd() { return Retail(Parameters(), RoundScale(), kSteps, kFirst); }

// The orders of whole days, placed with somebody who never moves.
struct Flow {
  double bought = 0;
  double sold = 0;
};
Flow LiveDays(Retail& retail, Floor& floor, int days, kernel::Stream& rounding) {
  Flow flow;
  for (int i = 0; i < days * kSteps; ++i) {
    const Retail::Pending pending = retail.Step(floor.desk(), rounding.Uniform());
    for (uint32_t k = 0; k < pending.buys; ++k) retail.Buy(floor.desk());
    for (uint32_t k = 0; k < pending.sells; ++k) retail.Sell(floor.desk());
    flow.bought += 10'000.0 * pending.buys;
    flow.sold += 10'000.0 * pending.sells;
  }
  return flow;
}

TEST(Retail, DoesNothingWithoutAHeadline) {
  Floor floor;
  floor.QuoteOnly(99.99, 100.01);
  Retail retail = Crowd();
  Arrivals arrivals(1);
  retail.BringToOpening(floor.desk());
  const Flow flow = LiveDays(retail, floor, 5, arrivals.stream());
  EXPECT_EQ(flow.bought, 0);
  EXPECT_EQ(flow.sold, 0);
}

TEST(Retail, HerdsIntoAHeadlineInProportionToItsNews) {
  double weak = 0;
  double strong = 0;
  for (const double news : {0.1, 0.3}) {
    Floor floor;
    floor.QuoteOnly(99.99, 100.01);
    Retail retail = Crowd();
    Arrivals arrivals(2);
    retail.Notice(news);
    EXPECT_DOUBLE_EQ(retail.attention(), 5 * news);
    (news < 0.2 ? weak : strong) = LiveDays(retail, floor, 1, arrivals.stream()).bought;
  }
  // 2 ADV x attention of .5 that halves within the day: 0.5 / ln 2 of it on average.
  EXPECT_NEAR(weak, 2e6 * 0.5 * 0.721, 0.05 * weak);
  EXPECT_NEAR(strong, 3 * weak, 0.05 * strong);
}

TEST(Retail, AttentionHalvesInItsHalfLifeAndAddsUp) {
  Floor floor;
  Retail retail = Crowd();
  retail.Notice(0.2);
  for (int i = 0; i < kSteps; ++i) retail.Step(floor.desk(), 0.5);
  EXPECT_NEAR(retail.attention(), 0.5, 1e-9);
  retail.Notice(0.1);
  EXPECT_NEAR(retail.attention(), 1.0, 1e-9);
}

TEST(Retail, OrdersGatherOvernight) {
  Floor floor;
  Retail retail = Crowd();
  retail.Notice(0.2);
  floor.Empty();
  floor.venue().BeginCall();
  retail.BringToOpening(floor.desk());
  floor.Ask(100, 1e7);
  EXPECT_EQ(floor.venue().Uncross(), 600'000);  // 0.3 days of 2 ADV
}

TEST(Retail, SellsWhatItBoughtInTime) {
  Floor floor;
  floor.QuoteOnly(99.99, 100.01);
  Retail retail = Crowd();
  Arrivals arrivals(3);
  retail.Notice(0.2);
  const Flow first = LiveDays(retail, floor, 3, arrivals.stream());
  EXPECT_GT(first.bought, 4 * first.sold);  // soon and together
  const double held = floor.Shares(kFirst);
  LiveDays(retail, floor, 10, arrivals.stream());
  EXPECT_NEAR(floor.Shares(kFirst), held * 0.44, held * 0.1);  // e^-1, and late buyers
  LiveDays(retail, floor, 60, arrivals.stream());
  EXPECT_LT(floor.Shares(kFirst), 0.05 * held);
  EXPECT_GE(floor.Shares(kFirst), 0);  // never short
}

TEST(Retail, WholeOrdersAreRightOnAverage) {
  Floor floor;
  // 2 ADV x .37 of attention / 20 steps / 10,000 shares an order is 3.7 orders a step.
  double orders = 0;
  constexpr int kTrials = 1000;
  for (int i = 0; i < kTrials; ++i) {
    Retail retail = Crowd();
    retail.Notice(0.074);
    orders += retail.Step(floor.desk(), (i + 0.5) / kTrials).buys;
  }
  EXPECT_NEAR(orders / kTrials, 3.7, 0.002);
}

}  // namespace
}  // namespace oneup::traders
