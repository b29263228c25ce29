#include "sims/stats/precision.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <vector>

#include "market/kernel/random.h"
#include "sims/stats/intervals.h"

namespace oneup::sims {
namespace {

using Values = std::vector<double>;

// 2n values of mean 0 and variance 2n / (2n - 1).
Values Alternating(int n) {
  Values values;
  for (int i = 0; i < n; ++i) values.insert(values.end(), {-1, 1});
  return values;
}

TEST(NextRuns, AsksForTheMinimumFirst) {
  EXPECT_EQ(NextRuns({}, {.half_width = 1}).more, 30);
  EXPECT_EQ(NextRuns(Alternating(5), {.half_width = 1}).more, 20);
  EXPECT_FALSE(NextRuns(Alternating(5), {.half_width = 100}).reached);
}

TEST(NextRuns, StopsWhenTheIntervalIsNarrowEnough) {
  const Values values = Alternating(20);
  const double half = StudentCritical(.95, 39) * std::sqrt(40.0 / 39 / 40);
  const PrecisionStep wide = NextRuns(values, {.half_width = half * 1.0001});
  EXPECT_TRUE(wide.reached);
  EXPECT_EQ(wide.more, 0);
  EXPECT_NEAR(wide.half_width, half, 1e-12);
  EXPECT_FALSE(NextRuns(values, {.half_width = half * .9999}).reached);
}

TEST(NextRuns, AddsWhatTheVarianceAsksForButAtMostDoubles) {
  const Values values = Alternating(20);
  const double half = NextRuns(values, {.half_width = 1}).half_width;
  // 40 / .81 = 49.4.
  EXPECT_EQ(NextRuns(values, {.half_width = half * .9}).more, 10);
  EXPECT_EQ(NextRuns(values, {.half_width = half / 10}).more, 40);
  // Even a goal just missed asks for one more.
  EXPECT_EQ(NextRuns(values, {.half_width = half * (1 - 1e-12)}).more, 1);
}

TEST(NextRuns, NeverExceedsTheCap) {
  const Values values = Alternating(20);
  EXPECT_EQ(NextRuns(values, {.half_width = 1e-9, .max_runs = 50}).more, 10);
  const PrecisionStep at_cap = NextRuns(values, {.half_width = 1e-9, .max_runs = 40});
  EXPECT_EQ(at_cap.more, 0);
  EXPECT_FALSE(at_cap.reached);
}

TEST(NextRuns, ValuesThatDoNotVaryAreReachedAtTheMinimum) {
  EXPECT_TRUE(NextRuns(Values(30, 2.5), {.half_width = 1e-9}).reached);
}

// The share of procedures whose last interval holds the true mean.
double Coverage(const std::function<double(kernel::Stream&)>& draw, double mean, double half_width,
                double* average_runs) {
  constexpr int kProcedures = 2000;
  int held = 0;
  *average_runs = 0;
  for (uint32_t i = 0; i < kProcedures; ++i) {
    kernel::Stream stream(5, i, 0);
    Values values;
    PrecisionStep step;
    while ((step = NextRuns(values, {.half_width = half_width})).more > 0) {
      for (int run = 0; run < step.more; ++run) values.push_back(draw(stream));
    }
    EXPECT_TRUE(step.reached);
    const MeanInterval interval = MeanWithInterval(values);
    if (interval.low <= mean && mean <= interval.high) ++held;
    *average_runs += static_cast<double>(values.size()) / kProcedures;
  }
  return held / double{kProcedures};
}

// Standard error of a coverage of 95 %: 0.5 %.
TEST(NextRuns, TheLastIntervalHoldsTheMeanAboutAsOftenAsItSays) {
  double runs = 0;
  const double normal = Coverage([](kernel::Stream& s) { return s.Normal(); }, 0, .2, &runs);
  EXPECT_GE(normal, .93);
  EXPECT_LE(normal, .97);
  // (1.96 / 0.2)^2 = 96 with a known variance.
  EXPECT_GE(runs, 90);
  EXPECT_LE(runs, 110);
  const double skewed = Coverage([](kernel::Stream& s) { return s.Exponential(1); }, 1, .2, &runs);
  EXPECT_GE(skewed, .90);
  EXPECT_LE(skewed, .95);
}

}  // namespace
}  // namespace oneup::sims
