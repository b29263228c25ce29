#include "sims/stats/descriptive.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "market/kernel/random.h"

namespace oneup::sims {
namespace {

using Values = std::vector<double>;

TEST(Descriptive, MomentsOfASmallSeries) {
  const Values values = {2, 4, 4, 4, 5, 5, 7, 9};
  EXPECT_DOUBLE_EQ(Mean(values), 5);
  EXPECT_DOUBLE_EQ(Variance(values), 32.0 / 7);
  EXPECT_DOUBLE_EQ(StandardDeviation(values), std::sqrt(32.0 / 7));
  EXPECT_DOUBLE_EQ(Skewness(values), 5.25 / 8);
  EXPECT_DOUBLE_EQ(ExcessKurtosis(values), 44.5 / 16 - 3);
}

// R: quantile(c(1, 3, 2, 10), c(0, .1, .25, .5, .75, 1)).
TEST(Descriptive, QuantilesAreOfTypeSeven) {
  const Values values = {1, 3, 2, 10};
  const Values ps = {0, .1, .25, .5, .75, 1};
  const Values expected = {1, 1.3, 1.75, 2.5, 4.75, 10};
  const Values quantiles = Quantiles(values, ps);
  for (size_t i = 0; i < ps.size(); ++i) EXPECT_NEAR(quantiles[i], expected[i], 1e-12) << ps[i];
  EXPECT_DOUBLE_EQ(Median(values), 2.5);
  EXPECT_DOUBLE_EQ(Quantile(Values{7}, 0.3), 7);
  EXPECT_TRUE(std::isnan(Quantile(values, 1.1)));
  EXPECT_TRUE(std::isnan(Quantile({}, 0.5)));
}

TEST(Descriptive, WhatDoesNotExistIsNaN) {
  const Values constant = {3, 3, 3};
  EXPECT_TRUE(std::isnan(Mean({})));
  EXPECT_TRUE(std::isnan(Variance(Values{1})));
  EXPECT_TRUE(std::isnan(Skewness(constant)));
  EXPECT_TRUE(std::isnan(ExcessKurtosis(constant)));
  EXPECT_TRUE(std::isnan(Autocorrelation(constant, 1)));
  EXPECT_TRUE(std::isnan(Autocorrelation(constant, 3)));
  EXPECT_TRUE(std::isnan(Correlation(constant, Values{1, 2, 3})));
  EXPECT_TRUE(std::isnan(FitLine(constant, Values{1, 2, 3}).slope));
  EXPECT_TRUE(std::isnan(HillIndex(constant)));
}

// Deviations -2 0 -1 2 1: squares 10; lag 1: 0 + 0 - 2 + 2; lag 2: 2 + 0 - 1.
TEST(Descriptive, AutocorrelationOfASmallSeries) {
  const Values values = {1, 3, 2, 5, 4};
  EXPECT_DOUBLE_EQ(Autocorrelation(values, 1), 0.0);
  EXPECT_DOUBLE_EQ(Autocorrelation(values, 2), 0.1);
  EXPECT_EQ(Autocorrelations(values, 3),
            (Values{0.0, Autocorrelation(values, 2), Autocorrelation(values, 3)}));
}

TEST(Descriptive, CorrelationIsMinusOneOnAFallingLine) {
  EXPECT_DOUBLE_EQ(Correlation(Values{1, 2, 3}, Values{5, 3, 1}), -1);
}

TEST(Descriptive, HillIndexFindsTheTailOfAPareto) {
  for (const double alpha : {1.5, 3.0, 4.5}) {
    kernel::Stream stream(1, 0, 0);
    Values values(200000);
    for (double& x : values) {
      const double sign = stream.Bernoulli(0.5) ? 1 : -1;
      x = sign * stream.Pareto(0.01, alpha);
    }
    // 10,000 values in the tail: a standard error of 1 %.
    EXPECT_NEAR(HillIndex(values) / alpha, 1, 0.04) << alpha;
  }
}

// R: summary(lm(c(1, 3, 2, 5) ~ c(1, 2, 3, 4))).
TEST(Descriptive, LineFitMatchesTextbookFormulas) {
  const Line line = FitLine(Values{1, 2, 3, 4}, Values{1, 3, 2, 5});
  EXPECT_NEAR(line.slope, 1.1, 1e-12);
  EXPECT_NEAR(line.intercept, 0, 1e-12);
  EXPECT_NEAR(line.slope_error, std::sqrt(2.7 / 2 / 5), 1e-12);
  EXPECT_NEAR(line.r_squared, 1 - 2.7 / 8.75, 1e-12);
}

TEST(Descriptive, PowerFitPassesOverWhatHasNoLogarithm) {
  Values x = {-1, 0};
  Values y = {1, 1};
  for (int i = 1; i < 10; ++i) {
    x.push_back(i);
    y.push_back(3 * std::pow(i, 0.6));
  }
  const Line line = FitPower(x, y);
  EXPECT_NEAR(line.slope, 0.6, 1e-12);
  EXPECT_NEAR(line.intercept, std::log(3), 1e-12);
}

TEST(Descriptive, BinsAreOfEqualNumber) {
  const Binned bins = BinByQuantile(Values{5, 1, 4, 2, 3, 6}, Values{50, 10, 40, 20, 30, 60}, 3);
  EXPECT_EQ(bins.x, (Values{1.5, 3.5, 5.5}));
  EXPECT_EQ(bins.y, (Values{15, 35, 55}));
  EXPECT_EQ(BinByQuantile(Values{1}, Values{2}, 5).x.size(), 1u);
  EXPECT_TRUE(BinByQuantile({}, {}, 5).x.empty());
}

// The 90 % interval of a mean of 100 normals holds the mean in about 90 % of
// trials; 500 trials have a standard error of 1.4 %.
TEST(Descriptive, BootstrapCoversTheMean) {
  int covered = 0;
  for (uint32_t trial = 0; trial < 500; ++trial) {
    kernel::Stream stream(7, trial, 1);
    Values values(100);
    for (double& x : values) x = stream.Normal(2, 1);
    const Interval interval = Bootstrap(values, Mean, 0.90, 200, trial);
    if (interval.low <= 2 && 2 <= interval.high) ++covered;
  }
  EXPECT_NEAR(covered / 500.0, 0.89, 0.05);
}

TEST(Descriptive, BootstrapOfTheSameSeedIsTheSame) {
  const Values values = {1, 2, 4, 8, 16};
  EXPECT_EQ(Bootstrap(values, Mean, 0.9, 100, 3).low, Bootstrap(values, Mean, 0.9, 100, 3).low);
  const auto spread = [](std::span<const double> sample) { return StandardDeviation(sample); };
  EXPECT_NE(Bootstrap(values, spread, 0.9, 100, 3).high,
            Bootstrap(values, spread, 0.9, 100, 4).high);
}

}  // namespace
}  // namespace oneup::sims
