#include "sims/sensitivity/morris.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace oneup::sims {
namespace {

using Values = std::vector<double>;

std::vector<Factor> Unit(int count) {
  std::vector<Factor> factors;
  for (int i = 0; i < count; ++i) factors.push_back({.name = "x" + std::to_string(i)});
  return factors;
}

std::vector<MorrisEffect> Effects(const std::vector<Factor>& factors, const MorrisOptions& options,
                                  const std::function<double(const Values&)>& f) {
  const MorrisDesign design = MorrisTrajectories(factors, options).value();
  Values y;
  for (const Values& point : design.points) y.push_back(f(point));
  return MorrisEffects(design, y).value();
}

TEST(MorrisTrajectories, MoveEachFactorOnceByDeltaOnTheGrid) {
  for (const int levels : {2, 4, 8}) {
    const MorrisOptions options = {.trajectories = 30, .levels = levels};
    const MorrisDesign design = MorrisTrajectories(Unit(5), options).value();
    ASSERT_EQ(std::ssize(design.unit), MorrisSize(Unit(5), options).value());
    const double delta = levels / (2.0 * (levels - 1));
    for (size_t i = 0; i < design.unit.size(); i += 6) {
      std::set<size_t> moved;
      for (size_t step = i; step < i + 5; ++step) {
        for (size_t f = 0; f < 5; ++f) {
          const double by = design.unit[step + 1][f] - design.unit[step][f];
          if (by == 0) continue;
          EXPECT_NEAR(std::fabs(by), delta, 1e-15);
          EXPECT_TRUE(moved.insert(f).second);
        }
        for (const double u : design.unit[step + 1]) {
          EXPECT_NEAR(u * (levels - 1), std::round(u * (levels - 1)), 1e-12);
          EXPECT_GE(u, 0);
          EXPECT_LE(u, 1);
        }
      }
      EXPECT_EQ(moved.size(), 5);
    }
  }
}

TEST(MorrisTrajectories, MoreOfThemChangeNoneOfTheFirst) {
  const Points few = MorrisTrajectories(Unit(4), {.trajectories = 3}).value().unit;
  const Points many = MorrisTrajectories(Unit(4), {.trajectories = 9}).value().unit;
  EXPECT_TRUE(std::equal(few.begin(), few.end(), many.begin()));
}

TEST(MorrisTrajectories, SaysWhatIsAllowed) {
  EXPECT_EQ(MorrisSize(Unit(2), {.levels = 3}).status().message(),
            "Morris trajectories on 3 levels; must be even, 2 to 100");
  EXPECT_EQ(MorrisSize(Unit(9), {.trajectories = 100'001}).status().message(),
            "100001 Morris trajectories of 1000010 points; must be 1 to 1000000");
  EXPECT_FALSE(MorrisTrajectories(Unit(2), {.trajectories = 0}).ok());
  EXPECT_FALSE(MorrisTrajectories({}, {}).ok());
}

TEST(MorrisEffects, OfALinearFunctionAreItsSlopesOverTheRange) {
  const std::vector<Factor> factors = {{.name = "a", .min = -1, .max = 1},
                                       {.name = "b", .min = 0, .max = 10},
                                       {.name = "c", .min = 0, .max = 1}};
  const auto effects = Effects(factors, {.trajectories = 8},
                               [](const Values& x) { return 3 * x[0] - 2 * x[1] + 7; });
  const double slopes[] = {6, -20, 0};
  for (size_t f = 0; f < 3; ++f) {
    EXPECT_NEAR(effects[f].mu, slopes[f], 1e-12);
    EXPECT_NEAR(effects[f].mu_star, std::fabs(slopes[f]), 1e-12);
    EXPECT_NEAR(effects[f].sigma, 0, 1e-12);
    EXPECT_NEAR(effects[f].mu_interval.low, slopes[f], 1e-12);
    EXPECT_NEAR(effects[f].mu_interval.high, slopes[f], 1e-12);
  }
}

// (x - 1/2)^2 between x and x + 2/3: the effect is 2x - 1/3, which on the grid of four levels is
// -1/3 from 0 and 1/3 from 1/3, each in half of all cases.
TEST(MorrisEffects, OfAParabolaCancelInMuButNotInMuStar) {
  const auto effects = Effects(Unit(1), {.trajectories = 2000},
                               [](const Values& x) { return (x[0] - .5) * (x[0] - .5); });
  EXPECT_NEAR(effects[0].mu, 0, 4.0 / 3 / std::sqrt(2000.0));
  EXPECT_NEAR(effects[0].mu_star, 1.0 / 3, 1e-12);
  EXPECT_NEAR(effects[0].sigma, 1.0 / 3, 1e-3);
  EXPECT_LT(effects[0].mu_interval.low, effects[0].mu);
  EXPECT_GT(effects[0].mu_interval.high, effects[0].mu);
}

// The effect of x on xy is y, uniform on {0, 1/3, 2/3, 1}: mean 1/2, variance 5/36.
TEST(MorrisEffects, AnInteractionShowsInSigma) {
  const auto effects =
      Effects(Unit(2), {.trajectories = 4000}, [](const Values& x) { return x[0] * x[1]; });
  for (const MorrisEffect& effect : effects) {
    EXPECT_NEAR(effect.mu, .5, 4 * std::sqrt(5.0 / 36 / 4000));
    EXPECT_NEAR(effect.sigma, std::sqrt(5.0 / 36), .012);
  }
}

TEST(MorrisEffects, TheBootstrapIntervalHoldsMuAboutAsOftenAsItSays) {
  constexpr int kStudies = 400;
  int held = 0;
  for (uint64_t seed = 1; seed <= kStudies; ++seed) {
    const auto effects = Effects(Unit(2), {.trajectories = 30, .seed = seed},
                                 [](const Values& x) { return x[0] * x[1]; });
    if (effects[0].mu_interval.low <= .5 && .5 <= effects[0].mu_interval.high) ++held;
  }
  EXPECT_GE(held / double{kStudies}, .89);
  EXPECT_LE(held / double{kStudies}, .98);
}

TEST(MorrisEffects, RefusesOutcomesThatAreNotThoseOfTheDesign) {
  const MorrisDesign design = MorrisTrajectories(Unit(2), {.trajectories = 2}).value();
  EXPECT_EQ(MorrisEffects(design, Values(5)).status().message(), "5 outcomes of 6 points");
  EXPECT_FALSE(MorrisEffects(design, Values(6, std::nan(""))).ok());
}

}  // namespace
}  // namespace oneup::sims
