// Unnamed news and the index's path: the variance that is asked for, in waves.
#include "market/traders/information.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "market/traders/index_path.h"
#include "oneup/v1/traders.pb.h"

namespace oneup::traders {
namespace {

v1::InformationParameters Parameters() {
  v1::InformationParameters parameters;
  parameters.set_overnight_share(0.3);
  parameters.set_intraday_sd(0.2);
  parameters.set_daily_sd(0.3);
  parameters.set_persistent_sd(0.3);
  parameters.set_value_share(0.9);
  return parameters;
}

constexpr int kSteps = 10;
constexpr int kDays = 20'000;

struct Day {
  double night = 0;
  double session = 0;
  double mean_rate = 0;
};

std::vector<Day> LiveDays(const v1::InformationParameters& parameters, uint64_t seed) {
  Information information(parameters, 0.02, kSteps, kernel::Stream(seed, 1, 2));
  std::vector<Day> days(kDays);
  for (Day& day : days) {
    double before = information.log_value();
    information.Overnight();
    day.night = information.log_value() - before;
    before = information.log_value();
    for (int i = 0; i < kSteps; ++i) {
      information.Step();
      day.mean_rate += information.rate() / kSteps;
    }
    day.session = information.log_value() - before;
  }
  return days;
}

TEST(Information, ADaysVarianceIsTheListingsAndItsNightHasItsShare) {
  double night = 0;
  double session = 0;
  double rate = 0;
  for (const Day& day : LiveDays(Parameters(), 5)) {
    night += day.night * day.night / kDays;
    session += day.session * day.session / kDays;
    rate += day.mean_rate / kDays;
  }
  const double variance = 0.018 * 0.018;  // 0.9 x 2 %
  // The persistent rate leaves about kDays / 30 independent spells.
  EXPECT_NEAR(rate, 1, 0.06);
  EXPECT_NEAR(night, 0.3 * variance, 0.3 * variance * 0.08);
  EXPECT_NEAR(session, 0.7 * variance, 0.7 * variance * 0.08);
}

double CorrelationOfSquares(const std::vector<Day>& days, size_t lag) {
  double mean = 0;
  for (const Day& day : days) mean += day.session * day.session / kDays;
  double covariance = 0;
  double variance = 0;
  for (size_t i = 0; i < days.size(); ++i) {
    const double now = days[i].session * days[i].session - mean;
    variance += now * now;
    if (i >= lag) {
      covariance += now * (days[i - lag].session * days[i - lag].session - mean);
    }
  }
  return covariance / variance;
}

TEST(Information, ItsRateComesInWavesThatClusterVolatility) {
  const std::vector<Day> days = LiveDays(Parameters(), 6);
  EXPECT_GT(CorrelationOfSquares(days, 1), 0.04);
  EXPECT_GT(CorrelationOfSquares(days, 5), 0.02);
}

TEST(Information, AConstantRateClustersNothing) {
  v1::InformationParameters parameters = Parameters();
  parameters.set_intraday_sd(0);
  parameters.set_daily_sd(0);
  parameters.set_persistent_sd(0);
  const std::vector<Day> days = LiveDays(parameters, 6);
  EXPECT_NEAR(CorrelationOfSquares(days, 1), 0, 4 / std::sqrt(kDays));
  for (size_t i = 0; i < 10; ++i) EXPECT_DOUBLE_EQ(days[i].mean_rate, 1);
}

TEST(Information, MuchNewsMeansLargeMoves) {
  double busy = 0;
  double quiet = 0;
  int busy_days = 0;
  for (const Day& day : LiveDays(Parameters(), 7)) {
    const double squared = day.session * day.session;
    (day.mean_rate > 1 ? busy : quiet) += squared;
    busy_days += day.mean_rate > 1;
  }
  EXPECT_GT(busy / busy_days, 1.5 * quiet / (kDays - busy_days));
}

TEST(IndexPath, GoesFromEachOpenToEachClose) {
  const std::vector<IndexDay> days = {{100, 102}, {103, 101}, {101, 101}};
  IndexPath path(days, 0.01, kSteps, kernel::Stream(1, 2, 3));
  for (const IndexDay& day : days) {
    path.NextDay();
    EXPECT_EQ(path.value(), day.open);
    for (int i = 0; i < kSteps; ++i) path.Step();
    EXPECT_DOUBLE_EQ(path.value(), day.close);
    path.Step();
    EXPECT_DOUBLE_EQ(path.value(), day.close);  // the session is over
  }
  path.NextDay();
  EXPECT_DOUBLE_EQ(path.value(), 101);  // beyond the record it stands still
}

TEST(IndexPath, BetweenThemItIsABrownianBridge) {
  constexpr int kPaths = 4000;
  double squares = 0;
  IndexPath path(std::vector<IndexDay>(kPaths, {100, 100}), 0.01, kSteps, kernel::Stream(1, 2, 3));
  for (int day = 0; day < kPaths; ++day) {
    path.NextDay();
    for (int i = 0; i < kSteps / 2; ++i) path.Step();
    const double middle = std::log(path.value() / 100);
    squares += middle * middle / kPaths;
    for (int i = kSteps / 2; i < kSteps; ++i) path.Step();
  }
  // Variance sigma^2 t (1 - t) at t = 1/2.
  EXPECT_NEAR(squares, 1e-4 / 4, 4 * 1e-4 / 4 * std::sqrt(2.0 / kPaths));
}

}  // namespace
}  // namespace oneup::traders
