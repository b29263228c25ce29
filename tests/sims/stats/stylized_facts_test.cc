// The measuring rod is measured: series whose properties are known must pass and
// fail the facts that they have and lack.
#include "sims/stats/stylized_facts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "market/kernel/random.h"

namespace oneup::sims {
namespace {

using Values = std::vector<double>;

constexpr size_t kDays = 256;
constexpr size_t kMinutes = 390;

MarketSample Sample(Values returns) {
  MarketSample sample;
  sample.returns = std::move(returns);
  for (size_t day = 0; day < kDays; ++day) sample.day_starts.push_back(day * kMinutes);
  return sample;
}

Values Gaussian(uint64_t seed) {
  kernel::Stream stream(seed, 0, 0);
  Values returns(kDays * kMinutes);
  for (double& r : returns) r = stream.Normal(0, 1e-3);
  return returns;
}

// Student's t with 4 degrees of freedom: a normal over the root of a chi-square.
Values StudentT4(uint64_t seed) {
  kernel::Stream stream(seed, 0, 0);
  Values returns(kDays * kMinutes);
  for (double& r : returns) {
    const double z = stream.Normal();
    double chi_square = 0;
    for (int i = 0; i < 4; ++i) {
      const double x = stream.Normal();
      chi_square += x * x;
    }
    r = 1e-3 * z / std::sqrt(chi_square / 4);
  }
  return returns;
}

// s2' = .01 + .09 r^2 + .90 s2.
Values Garch(uint64_t seed) {
  kernel::Stream stream(seed, 0, 0);
  Values returns(kDays * kMinutes);
  double variance = 1;
  for (double& r : returns) {
    r = std::sqrt(variance) * stream.Normal();
    variance = .01 + .09 * r * r + .90 * variance;
  }
  return returns;
}

class Measured : public testing::TestWithParam<uint64_t> {};

TEST_P(Measured, GaussianFailsTailsAndClustering) {
  const auto metrics = MeasureStylizedFacts(Sample(Gaussian(GetParam())));
  EXPECT_FALSE(FactHolds(metrics, Fact::kHeavyTails));
  EXPECT_FALSE(FactHolds(metrics, Fact::kVolatilityClustering));
}

TEST_P(Measured, GarchPassesTailsAndClustering) {
  const auto metrics = MeasureStylizedFacts(Sample(Garch(GetParam())));
  EXPECT_TRUE(FactHolds(metrics, Fact::kHeavyTails));
  EXPECT_TRUE(FactHolds(metrics, Fact::kVolatilityClustering));
}

TEST_P(Measured, StudentPassesTailsAndFailsClustering) {
  const auto metrics = MeasureStylizedFacts(Sample(StudentT4(GetParam())));
  EXPECT_TRUE(FactHolds(metrics, Fact::kHeavyTails));
  EXPECT_TRUE(FactHolds(metrics, Fact::kAggregationalNormality));
  EXPECT_FALSE(FactHolds(metrics, Fact::kVolatilityClustering));
}

INSTANTIATE_TEST_SUITE_P(Seeds, Measured, testing::Values(1, 2, 3));

// 49 lags of independent returns leave the band of two standard errors 4.6 % of the
// time each, so that about one series in twenty has more than a tenth outside.
TEST(StylizedFacts, IndependentReturnsHaveNoAutocorrelation) {
  int holds = 0;
  for (uint64_t seed = 0; seed < 20; ++seed) {
    MarketSample sample;
    sample.returns = Gaussian(100 + seed);
    sample.returns.resize(20 * kMinutes);
    if (FactHolds(MeasureStylizedFacts(sample), Fact::kNoAutocorrelation)) ++holds;
  }
  EXPECT_GE(holds, 16);
}

TEST(StylizedFacts, MomentumFailsNoAutocorrelation) {
  Values returns = Gaussian(4);
  for (size_t i = 1; i < returns.size(); ++i) returns[i] += 0.9 * returns[i - 1];
  EXPECT_FALSE(FactHolds(MeasureStylizedFacts(Sample(returns)), Fact::kNoAutocorrelation));
}

// Independent returns whose scale follows the time of day look clustered; with that
// taken out, nothing is left.
TEST(StylizedFacts, TheTimeOfDayIsNoClustering) {
  Values returns = Gaussian(5);
  for (size_t i = 0; i < returns.size(); ++i) {
    const double x = static_cast<double>(i % kMinutes) / kMinutes - 0.5;
    returns[i] *= 1 + 8 * x * x;
  }
  const MarketSample sample = Sample(returns);
  EXPECT_FALSE(FactHolds(MeasureStylizedFacts(sample), Fact::kVolatilityClustering));
  EXPECT_TRUE(
      FactHolds(MeasureStylizedFacts(sample, {.detrend = false}), Fact::kVolatilityClustering));
}

// A day of 60 minutes holds one value, the next day its opposite: within a day all
// lags agree, and only a pair across a night would differ.
TEST(StylizedFacts, NoLagCrossesANight) {
  MarketSample sample;
  for (size_t day = 0; day < 400; ++day) {
    sample.day_starts.push_back(sample.returns.size());
    for (int minute = 0; minute < 60; ++minute) sample.returns.push_back(day % 2 == 0 ? 1 : -1);
  }
  const auto metrics = MeasureStylizedFacts(sample, {.detrend = false});
  ASSERT_EQ(metrics.front().fact, Fact::kNoAutocorrelation);
  EXPECT_EQ(metrics.front().value, 0);
  // One sum of 50 minutes a day, +50 or -50: a kurtosis of 1 - 3.
  ASSERT_EQ(metrics[3].fact, Fact::kAggregationalNormality);
  EXPECT_NEAR(metrics[3].value, -2, 1e-12);
}

TEST(StylizedFacts, VolumeFollowsVolatility) {
  MarketSample sample = Sample(StudentT4(6));
  kernel::Stream stream(6, 1, 0);
  for (const double r : sample.returns) {
    sample.volumes.push_back(1000 * (1 + 500 * std::fabs(r)) * stream.Exponential(1));
  }
  EXPECT_TRUE(FactHolds(MeasureStylizedFacts(sample), Fact::kVolumeVolatility));
  for (double& volume : sample.volumes) volume = stream.Exponential(1000);
  EXPECT_FALSE(FactHolds(MeasureStylizedFacts(sample), Fact::kVolumeVolatility));
}

TEST(StylizedFacts, ImpactExponentIsFoundUnderNoise) {
  for (const double exponent : {0.1, 0.5, 1.0}) {
    kernel::Stream stream(8, 0, 0);
    MarketSample sample;
    for (int i = 0; i < 50000; ++i) {
      const double size = stream.Pareto(100, 3);
      sample.impact_sizes.push_back(size);
      sample.impacts.push_back(1e-5 * std::pow(size, exponent) + stream.Normal(0, 1e-5));
    }
    const auto metrics = MeasureStylizedFacts(sample);
    const auto impact = std::find_if(metrics.begin(), metrics.end(), [](const FactMetric& metric) {
      return metric.fact == Fact::kConcaveImpact;
    });
    ASSERT_NE(impact, metrics.end());
    EXPECT_NEAR(impact->value, exponent, 0.05);
    EXPECT_EQ(impact->holds, exponent == 0.5);
  }
}

// F. Lillo, S. Mike, J. D. Farmer (2005), "Theory for long memory in supply and
// demand": orders split into pieces whose number has a Pareto tail of exponent a
// make signs whose ACF falls as lag^-(a - 1).
TEST(StylizedFacts, SplitOrdersMakeLongMemoryOfSigns) {
  const struct {
    double tail;
    bool holds;
  } cases[] = {{1.5, true}, {2.5, false}};
  for (const auto& each : cases) {
    kernel::Stream stream(9, 0, 0);
    MarketSample sample;
    while (sample.signs.size() < 400000) {
      const double sign = stream.Bernoulli(0.5) ? 1 : -1;
      const double pieces = std::min(stream.Pareto(1, each.tail), 20000.0);
      for (int i = 0; i < static_cast<int>(pieces); ++i) sample.signs.push_back(sign);
    }
    const auto metrics = MeasureStylizedFacts(sample);
    EXPECT_EQ(FactHolds(metrics, Fact::kOrderSigns), each.holds)
        << each.tail << ": " << metrics.back().value;
  }
  MarketSample coins;
  kernel::Stream stream(10, 0, 0);
  for (int i = 0; i < 100000; ++i) coins.signs.push_back(stream.Bernoulli(0.5) ? 1 : -1);
  EXPECT_FALSE(FactHolds(MeasureStylizedFacts(coins), Fact::kOrderSigns));
}

TEST(StylizedFacts, WhatIsNotMeasuredDoesNotHold) {
  const auto metrics = MeasureStylizedFacts({});
  EXPECT_EQ(metrics.size(), 11u);
  for (const FactMetric& metric : metrics) {
    EXPECT_FALSE(metric.holds) << metric.metric;
    EXPECT_TRUE(std::isnan(metric.value)) << metric.metric;
    EXPECT_FALSE(FactName(metric.fact).empty());
  }
}

}  // namespace
}  // namespace oneup::sims
