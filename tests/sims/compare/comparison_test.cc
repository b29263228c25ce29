#include "sims/compare/comparison.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sims/compare/carriers.h"
#include "sims/scenario/intervene.h"
#include "sims/scenario/intervention_text.h"
#include "sims/world/resolution.h"

namespace oneup::sims {
namespace {

const LoadedScenario& Autonomous() {
  static const auto* const scenario = new LoadedScenario(*LoadScenario("autonomous"));
  return *scenario;
}

LoadedScenario With(const std::string& line) {
  return *Intervene(Autonomous(), {*ParseIntervention(line)});
}

CompareOptions Options(int seeds, int threads = 2) {
  CompareOptions options;
  options.runs.seeds = seeds;
  options.runs.threads = threads;
  options.runs.run.resolution = kLowResolution;
  return options;
}

const Effect& Find(const Comparison& comparison, const std::string& metric) {
  for (const Effect& effect : comparison.effects) {
    if (effect.metric == metric) return effect;
  }
  static const Effect none;
  ADD_FAILURE() << metric;
  return none;
}

TEST(Comparison, OfAScenarioWithItselfFindsNothing) {
  const auto metrics = *SelectMetrics(Autonomous(), {"deals", "deal.*", "return.*"});
  const Comparison comparison = Compare(Autonomous(), Autonomous(), metrics, Options(6));
  for (const Effect& effect : comparison.effects) {
    EXPECT_TRUE(effect.same) << effect.metric;
    EXPECT_TRUE(effect.pairs < 2 || effect.p == 1) << effect.metric;
  }
}

TEST(Comparison, FindsWhatAForcedRefusalTakesAway) {
  const auto metrics = *SelectMetrics(Autonomous(), {"deal.son", "deals"});
  const Comparison comparison =
      Compare(Autonomous(), With("force son.refuse"), metrics, Options(16));
  const Effect& son = Find(comparison, "deal.son");
  EXPECT_EQ(son.paired.changed, 0);
  EXPECT_GT(son.paired.baseline, 0.3);
  EXPECT_LT(son.p, 0.05);
  EXPECT_LT(son.paired.high, 0);
  EXPECT_LT(son.bootstrap.high, 0);
  EXPECT_GE(son.p_holm, son.p);
}

TEST(Comparison, DoesNotDependOnThreads) {
  const LoadedScenario changed = With("rule off fomo");
  const auto metrics = *SelectMetrics(Autonomous(), {"*"});
  const Comparison one = Compare(Autonomous(), changed, metrics, Options(5, 1));
  const Comparison three = Compare(Autonomous(), changed, metrics, Options(5, 3));
  for (size_t i = 0; i < one.baseline.size(); ++i) {
    for (size_t m = 0; m < metrics.size(); ++m) {
      const auto same = [](double a, double b) {
        return a == b || (std::isnan(a) && std::isnan(b));
      };
      EXPECT_TRUE(same(one.baseline[i][m], three.baseline[i][m])) << metrics[m].name;
      EXPECT_TRUE(same(one.changed[i][m], three.changed[i][m])) << metrics[m].name;
    }
  }
  ASSERT_EQ(one.paths.listings.size(), three.paths.listings.size());
  for (size_t l = 0; l < one.paths.listings.size(); ++l) {
    EXPECT_EQ(one.paths.listings[l].difference.median, three.paths.listings[l].difference.median);
  }
}

TEST(Comparison, PathsAreTheSameUntilTheDay) {
  const auto metrics = *SelectMetrics(Autonomous(), {"deals"});
  const Comparison comparison =
      Compare(Autonomous(), With("rule off fomo from 2024-06-03"), metrics, Options(4));
  for (const ListingPaths& listing : comparison.paths.listings) {
    for (size_t d = 0; d < listing.days.size(); ++d) {
      if (listing.days[d] >= kernel::CivilDay(2024, 6, 3)) break;
      EXPECT_EQ(listing.difference.p05[d], 0) << listing.ticker;
      EXPECT_EQ(listing.difference.p95[d], 0) << listing.ticker;
    }
  }
}

TEST(Comparison, AddsPairsUntilTheIntervalIsNarrow) {
  const auto metrics = *SelectMetrics(Autonomous(), {"deal.son"});
  CompareOptions options = Options(8);
  options.half_width = 0.2;
  options.most_seeds = 120;
  const Comparison comparison = Compare(Autonomous(), With("force son.refuse"), metrics, options);
  const Effect& son = Find(comparison, "deal.son");
  EXPECT_TRUE(comparison.precise);
  EXPECT_LE((son.paired.high - son.paired.low) / 2, 0.2);
  options.half_width = 1e-6;
  options.most_seeds = 12;
  const auto returns = *SelectMetrics(Autonomous(), {"return.9984.T"});
  const Comparison capped = Compare(Autonomous(), With("force son.refuse"), returns, options);
  EXPECT_FALSE(capped.precise);
  EXPECT_EQ(capped.seeds, 12);
}

TEST(Carriers, AddUpToTheEffect) {
  const auto metrics = *SelectMetrics(Autonomous(), {"deals"});
  EnsembleOptions options = Options(2).runs;
  options.run.until = kernel::CivilDay(2024, 6, 28);
  const auto carriers = CarriersOf(Autonomous(), With("force nadella.accept"), metrics, options);
  ASSERT_TRUE(carriers.ok()) << carriers.status();
  double sum = carriers->front().direct;
  for (const CarriedBy& one : carriers->front().families) sum += one.value.value;
  EXPECT_NEAR(sum, carriers->front().effect, 1e-9);
}

TEST(Carriers, AreNoneWhereTheWorldsAreTheSame) {
  const auto metrics = *SelectMetrics(Autonomous(), {"return.NVDA"});
  EnsembleOptions options = Options(2).runs;
  options.run.until = kernel::CivilDay(2024, 3, 28);
  const LoadedScenario changed = *Intervene(
      Autonomous(),
      {*ParseIntervention("rule off fomo"), *ParseIntervention("rule on fomo from 2023-01-01")});
  const auto carriers = CarriersOf(Autonomous(), changed, metrics, options);
  ASSERT_TRUE(carriers.ok()) << carriers.status();
  EXPECT_EQ(carriers->front().effect, 0);
  for (const CarriedBy& one : carriers->front().families) EXPECT_EQ(one.value.value, 0);
}

}  // namespace
}  // namespace oneup::sims
