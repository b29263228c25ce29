// Institutions, noise and momentum traders, each alone on a floor.
#include "market/traders/flow_traders.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "tests/market/traders/floor.h"

namespace oneup::traders {
namespace {

using exchange::Side;

// ---- Institutions ----

v1::InstitutionParameters InstitutionsOf(double alpha, uint32_t length_max, double holding_adv) {
  v1::InstitutionParameters parameters;
  parameters.set_slots(4);
  parameters.set_length_alpha(alpha);
  parameters.set_length_max(length_max);
  parameters.set_holding_adv(holding_adv);
  return parameters;
}

struct Flow {
  std::vector<double> signed_shares;
  std::vector<double> holdings;
};

// What they trade with somebody who never moves.
Flow Trade(const v1::InstitutionParameters& parameters, int orders) {
  Floor floor;
  floor.QuoteOnly(99.99, 100.01);
  Institutions institutions(parameters, RoundScale(), kFirst);
  Arrivals arrivals(11);
  Flow flow;
  double before = 0;
  for (int i = 0; i < orders; ++i) {
    institutions.Act(floor.desk(), arrivals.Next());
    flow.holdings.push_back(floor.Shares(kFirst));
    flow.signed_shares.push_back(flow.holdings.back() - before);
    before = flow.holdings.back();
    if (i % 1000 == 999) floor.QuoteOnly(99.99, 100.01);
  }
  return flow;
}

double SignCorrelation(const Flow& flow, size_t lag) {
  double sum = 0;
  for (size_t i = lag; i < flow.signed_shares.size(); ++i) {
    sum += flow.signed_shares[i] * flow.signed_shares[i - lag] > 0 ? 1 : -1;
  }
  return sum / static_cast<double>(flow.signed_shares.size() - lag);
}

constexpr int kOrders = 40'000;

TEST(Institutions, LongOrdersGiveTheSignsALongMemory) {
  const Flow flow = Trade(InstitutionsOf(1.5, 1000, 1e6), kOrders);
  EXPECT_GT(SignCorrelation(flow, 1), 0.1);
  EXPECT_GT(SignCorrelation(flow, 20), 0.05);
  EXPECT_GT(SignCorrelation(flow, 1), SignCorrelation(flow, 20));
  EXPECT_GT(SignCorrelation(flow, 20), SignCorrelation(flow, 200));
}

TEST(Institutions, OrdersOfOneChildHaveNoMemory) {
  const Flow flow = Trade(InstitutionsOf(1.5, 1, 1e6), kOrders);
  for (const size_t lag : {1, 5, 20}) {
    EXPECT_NEAR(SignCorrelation(flow, lag), 0, 4 / std::sqrt(kOrders)) << lag;
  }
}

TEST(Institutions, AThickerTailHasTheLongerMemory) {
  EXPECT_GT(SignCorrelation(Trade(InstitutionsOf(1.2, 1000, 1e6), kOrders), 50),
            SignCorrelation(Trade(InstitutionsOf(2.5, 1000, 1e6), kOrders), 50) + 0.05);
}

TEST(Institutions, AChildIsAMeanOrderOnAverage) {
  const Flow flow = Trade(InstitutionsOf(1.5, 1000, 1e6), kOrders);
  double sum = 0;
  double largest = 0;
  for (const double shares : flow.signed_shares) {
    sum += std::abs(shares) / kOrders;
    largest = std::max(largest, std::abs(shares));
  }
  EXPECT_NEAR(sum, 10'000, 4 * 10'000 / std::sqrt(kOrders));
  EXPECT_LE(largest, 80'000);
}

TEST(Institutions, WhatTheyHoldTheySellInTime) {
  // 1 ADV of one million shares is a hundred orders: without the pull back to zero they
  // would wander two hundred orders far.
  const Flow flow = Trade(InstitutionsOf(1.5, 20, 1), kOrders);
  const auto [least, most] = std::minmax_element(flow.holdings.begin(), flow.holdings.end());
  EXPECT_GT(*least, -1.5e6);
  EXPECT_LT(*most, 1.5e6);
}

// ---- Noise ----

v1::NoiseParameters NoiseOf(uint32_t live_orders, double depth_sd) {
  v1::NoiseParameters parameters;
  parameters.set_live_orders(live_orders);
  parameters.set_depth_sd(depth_sd);
  return parameters;
}

TEST(Noise, NeverTakesAndKeepsItsNumberOfOrders) {
  Floor floor;
  floor.QuoteOnly(99, 101);
  Noise noise(NoiseOf(50, 0.1), RoundScale(), kFirst);
  Arrivals arrivals(2);
  for (int i = 0; i < 2000; ++i) {
    noise.Act(floor.desk(), arrivals.Next());
    ASSERT_LE(floor.venue().book().order_count(), 52u);
  }
  EXPECT_EQ(floor.venue().book().order_count(), 52u);  // and the two that were there
  EXPECT_EQ(floor.venue().counts().fills, 0u);
  EXPECT_LT(floor.desk().bid(), floor.desk().ask());
}

TEST(Noise, HalfOfItsOrdersLieWithinTheMedianDepthOfTheOppositeTouch) {
  // 0.5 x 2 % of 100 is a money unit of one.
  int within = 0;
  int far = 0;
  int buys = 0;
  constexpr int kTrials = 4000;
  Floor floor;
  Noise noise(NoiseOf(1, 0.5), RoundScale(), kFirst);
  Arrivals arrivals(3);
  for (int i = 0; i < kTrials; ++i) {
    floor.QuoteOnly(1, 200);
    // Both touches at 100, but for the one order: an empty inside.
    const exchange::OrderId bid = floor.Bid(99.99, 1);
    const exchange::OrderId ask = floor.Ask(100.01, 1);
    noise.Act(floor.desk(), arrivals.Next());
    floor.venue().Cancel(bid);
    floor.venue().Cancel(ask);
    const bool bought = floor.desk().bid() > 1;
    const double distance = bought ? 100 - floor.desk().bid() : floor.desk().ask() - 100;
    buys += bought;
    within += distance <= 1;
    far += distance > 4;
  }
  const double error = 4 * 0.5 / std::sqrt(kTrials);
  EXPECT_NEAR(1.0 * buys / kTrials, 0.5, error);
  EXPECT_NEAR(1.0 * within / kTrials, 0.5, error + 0.005);  // and a tick
  EXPECT_NEAR(1.0 * far / kTrials, 0.2, error + 0.005);     // 1 / (1 + 4)
}

TEST(Noise, ANewDayForgetsTheOrdersThatExpired) {
  Floor floor;
  floor.QuoteOnly(99, 101);
  Noise noise(NoiseOf(5, 0.1), RoundScale(), kFirst);
  Arrivals arrivals(4);
  for (int i = 0; i < 100; ++i) noise.Act(floor.desk(), arrivals.Next());
  floor.QuoteOnly(99, 101);
  noise.BeginDay();
  const uint64_t cancels = floor.venue().counts().cancels;
  for (int i = 0; i < 5; ++i) noise.Act(floor.desk(), arrivals.Next());
  EXPECT_LT(floor.venue().counts().cancels - cancels, 5u);
}

// ---- Momentum ----

v1::MomentumParameters TrendFollowers() {
  v1::MomentumParameters parameters;
  parameters.set_memory_days(1);
  parameters.set_demand_adv(0.1);
  parameters.set_limit_adv(0.3);
  return parameters;
}

// Holdings after a day of ten steps at each of which the price grows by `step`, with all
// the time in the world to trade.
double HoldingsAfterTrend(double step, int days = 1) {
  Floor floor;
  floor.QuoteOnly(99.99, 100.01);
  Momentum momentum(TrendFollowers(), RoundScale(), 10, kFirst);
  double price = 100;
  momentum.Observe(price);
  for (int i = 0; i < 10 * days; ++i) {
    price *= 1 + step;
    momentum.Observe(price);
    for (int k = 0; k < 20; ++k) momentum.Act(floor.desk());
  }
  return floor.Shares(kFirst);
}

TEST(Momentum, BuysARiseAndSellsAFall) {
  const double after_rise = HoldingsAfterTrend(0.002);
  EXPECT_GT(after_rise, 20'000);
  EXPECT_NEAR(HoldingsAfterTrend(-0.002), -after_rise, 15'000);
  EXPECT_GT(HoldingsAfterTrend(0.004), 1.5 * after_rise);
}

TEST(Momentum, WithoutATrendDoesNothing) { EXPECT_EQ(HoldingsAfterTrend(0), 0); }

TEST(Momentum, HasALimit) {
  EXPECT_NEAR(HoldingsAfterTrend(0.05), 300'000, 10'000);
  EXPECT_NEAR(HoldingsAfterTrend(-0.05), -300'000, 10'000);
}

TEST(Momentum, LeavesWhenTheTrendIsOver) {
  Floor floor;
  floor.QuoteOnly(99.99, 100.01);
  Momentum momentum(TrendFollowers(), RoundScale(), 10, kFirst);
  momentum.Observe(100);
  momentum.Observe(110);
  for (int k = 0; k < 50; ++k) momentum.Act(floor.desk());
  ASSERT_GT(floor.Shares(kFirst), 100'000);
  for (int i = 0; i < 100; ++i) momentum.Observe(110);
  for (int k = 0; k < 50; ++k) momentum.Act(floor.desk());
  EXPECT_NEAR(floor.Shares(kFirst), 0, 10'000);
}

TEST(Momentum, GoesThereInPieces) {
  Floor floor;
  floor.QuoteOnly(99.99, 100.01);
  Momentum momentum(TrendFollowers(), RoundScale(), 10, kFirst);
  momentum.Act(floor.desk());  // knows no price yet
  EXPECT_EQ(floor.Shares(kFirst), 0);
  momentum.Observe(100);
  momentum.Observe(150);
  momentum.Act(floor.desk());
  EXPECT_EQ(floor.Shares(kFirst), 20'000);  // two mean orders
}

}  // namespace
}  // namespace oneup::traders
