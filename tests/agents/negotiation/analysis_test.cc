// The frontier, Nash's point and the measures: by hand on a small domain, by brute force on many.
#include "agents/negotiation/analysis.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "market/kernel/random.h"
#include "tests/agents/negotiation/small_domains.h"

namespace oneup::negotiation {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;

constexpr double kTiny = 1e-12;

// The frontier from (0.3, 1) by (.65, .85) over (.7, .7), which (.65, .85) does not dominate, ...
TEST(Analysis, ByHand) {
  const Logroll domain;
  const auto analysis = Analyse(domain.space, {&domain.first, &domain.second});
  ASSERT_TRUE(analysis.ok());
  std::vector<std::pair<double, double>> frontier;
  for (const ParetoPoint& point : analysis->frontier) {
    frontier.push_back({point.utilities[0], point.utilities[1]});
  }
  // b at its best for the second: (0, 1), (.35, .85), (.7, .7); then b gives way: (.85, .35), (1,
  // 0).
  ASSERT_EQ(frontier.size(), 5u);
  EXPECT_NEAR(frontier[1].first, .35, kTiny);
  EXPECT_NEAR(frontier[2].second, .7, kTiny);
  EXPECT_NEAR(analysis->nash_product, .49, kTiny);
  EXPECT_THAT(analysis->nash.utilities, ElementsAre(DoubleNear(.7, kTiny), DoubleNear(.7, kTiny)));
  EXPECT_EQ(analysis->nash.outcome, domain.space.Find({2, 2}));
  EXPECT_THAT(analysis->kalai_smorodinsky->utilities,
              ElementsAre(DoubleNear(.7, kTiny), DoubleNear(.7, kTiny)));
  EXPECT_NEAR(analysis->opposition, std::sqrt(2 * .09), kTiny);
  EXPECT_NEAR(*analysis->balance, 0, kTiny);
  EXPECT_NEAR(analysis->negolog_opposition, analysis->opposition, kTiny);

  // Each gets what it cares for less: (.3, .3), the farthest of all; (.35, .85) lies nearest.
  const Quality quality = Judge(*analysis, {.3, .3});
  EXPECT_NEAR(quality.distance_to_pareto, std::hypot(.05, .55), kTiny);
  EXPECT_NEAR(quality.distance_to_nash, .4 * std::sqrt(2), kTiny);
  EXPECT_NEAR(quality.social_welfare, .6, kTiny);
  EXPECT_NEAR(*GreatestDistance(domain.space, {&domain.first, &domain.second}, analysis->frontier),
              std::hypot(.05, .55), kTiny);
}

TEST(Analysis, NashCountsFromTheReservationValues) {
  Logroll domain;
  domain.first.reservation = .72;  // (.85, .35) is the only point that leaves both something
  const auto analysis = Analyse(domain.space, {&domain.first, &domain.second});
  EXPECT_NEAR(analysis->nash.utilities[0], .85, kTiny);
  EXPECT_NEAR(analysis->nash_product, .13 * .35, kTiny);
  EXPECT_TRUE(HasZone({&domain.first, &domain.second}, analysis->frontier));
  domain.second.reservation = .36;
  const auto empty = Analyse(domain.space, {&domain.first, &domain.second});
  EXPECT_FALSE(HasZone({&domain.first, &domain.second}, empty->frontier));
  EXPECT_FALSE(empty->kalai_smorodinsky.has_value());
}

TEST(ParetoFrontier, NothingDominatesItAndItDominatesAllElse) {
  for (uint64_t seed = 1; seed <= 40; ++seed) {
    kernel::Stream stream(seed, 0, 0);
    const OutcomeSpace space = MakeSpace({3, 4, 2, 3});
    const size_t parties = 2 + stream.Index(2);
    std::vector<Profile> profiles(parties);
    std::vector<const Profile*> all;
    for (Profile& profile : profiles) {
      for (size_t i = 0; i < 4; ++i) {
        profile.worth.emplace_back();
        for (size_t v = 0; v < space.Values(i); ++v) {
          // Coarse, so that ties occur, and up to a sum of 1.2, so that utilities end at 1.
          profile.worth.back().push_back(static_cast<double>(stream.Index(4)) / 10);
        }
      }
      all.push_back(&profile);
    }
    const auto frontier = ParetoFrontier(space, all);
    ASSERT_TRUE(frontier.ok());
    for (Outcome outcome = 0; outcome < space.size(); ++outcome) {
      std::vector<double> utilities;
      for (const Profile& profile : profiles) utilities.push_back(profile.Utility(space, outcome));
      bool reached = false;  // by a point that is nowhere worse
      for (const ParetoPoint& point : *frontier) {
        bool worse = false;
        bool better = false;
        for (size_t k = 0; k < parties; ++k) {
          worse = worse || point.utilities[k] < utilities[k];
          better = better || point.utilities[k] > utilities[k];
        }
        reached = reached || !worse;
        EXPECT_TRUE(better || point.utilities == utilities) << "dominated point of the frontier";
      }
      EXPECT_TRUE(reached);
    }
    for (const ParetoPoint& point : *frontier) {
      for (size_t k = 0; k < parties; ++k) {
        EXPECT_EQ(point.utilities[k], profiles[k].Utility(space, point.outcome));
      }
    }
  }
}

// 10^12 outcomes: what enumeration could not do.
TEST(ParetoFrontier, NeedsNoEnumeration) {
  const OutcomeSpace space = MakeSpace(std::vector<size_t>(12, 10));
  Profile first;
  Profile second;
  for (int i = 0; i < 12; ++i) {
    first.worth.emplace_back();
    second.worth.emplace_back();
    for (int v = 0; v < 10; ++v) {
      first.worth.back().push_back(v / 108.0);
      second.worth.back().push_back((9 - v) / 108.0);
    }
  }
  const auto frontier = ParetoFrontier(space, {&first, &second});
  ASSERT_TRUE(frontier.ok());
  EXPECT_GE(frontier->size(), 109u);
}

// Three shares of one sum: nothing dominates anything.
TEST(ParetoFrontier, SaysWhenItIsTooLarge) {
  const OutcomeSpace space = MakeSpace(std::vector<size_t>(6, 30));
  kernel::Stream stream(1, 0, 0);
  std::vector<Profile> profiles(3);
  for (Profile& profile : profiles) profile.worth.assign(6, {});
  for (size_t i = 0; i < 6; ++i) {
    for (int v = 0; v < 30; ++v) {
      const double first = stream.Uniform(0, .08);
      const double second = stream.Uniform(0, .08);
      profiles[0].worth[i].push_back(first);
      profiles[1].worth[i].push_back(second);
      profiles[2].worth[i].push_back(.16 - first - second);
    }
  }
  const auto frontier = ParetoFrontier(space, {&profiles[0], &profiles[1], &profiles[2]});
  EXPECT_TRUE(absl::IsResourceExhausted(frontier.status())) << frontier.status();
}

}  // namespace
}  // namespace oneup::negotiation
