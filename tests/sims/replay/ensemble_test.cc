#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "sims/replay/replay.h"
#include "sims/scenario/scenario.h"

namespace oneup::sims {
namespace {

LoadedScenario Shipped() { return *LoadScenario("2025"); }

EnsembleOptions Small(int threads) {
  EnsembleOptions options;
  options.first_seed = 7;
  options.seeds = 3;
  options.threads = threads;
  options.run.resolution = traders::Continuous(10);
  options.run.until = *kernel::ParseDay("2025-02-28");
  return options;
}

// Equal, where not measured (NaN) counts as equal too.
void ExpectSame(double a, double b) {
  if (std::isnan(a) && std::isnan(b)) return;
  EXPECT_EQ(a, b);
}

void ExpectSameRun(const RunSummary& a, const RunSummary& b) {
  EXPECT_EQ(a.seed, b.seed);
  EXPECT_EQ(a.closes, b.closes);
  ASSERT_EQ(a.reactions.size(), b.reactions.size());
  for (size_t k = 0; k < a.reactions.size(); ++k) {
    for (const auto metric : {&Reaction::gap, &Reaction::first_day, &Reaction::abnormal,
                              &Reaction::car_1_1, &Reaction::volume_ratio}) {
      ExpectSame(a.reactions[k].*metric, b.reactions[k].*metric);
    }
  }
}

TEST(Ensemble, ResultsDoNotDependOnTheNumberOfThreads) {
  const LoadedScenario scenario = Shipped();
  const Replay one = RunReplay(scenario, Small(1), /*keep_closes=*/3);
  const Replay three = RunReplay(scenario, Small(3), /*keep_closes=*/3);
  ASSERT_FALSE(one.rows.empty());
  ASSERT_EQ(one.runs.size(), 3u);
  ASSERT_EQ(three.runs.size(), 3u);
  for (size_t r = 0; r < one.runs.size(); ++r) ExpectSameRun(one.runs[r], three.runs[r]);
  ExpectSame(one.added_value.simulated.median, three.added_value.simulated.median);
}

TEST(Ensemble, SeedsDiffer) {
  const Replay replay = RunReplay(Shipped(), Small(2), /*keep_closes=*/3);
  EXPECT_NE(replay.runs[0].closes, replay.runs[1].closes);
}

TEST(Ensemble, AShorterRunIsThePrefixOfALongerOne) {
  const LoadedScenario scenario = Shipped();
  EnsembleOptions options = Small(1);
  options.seeds = 1;
  const Replay longer = RunReplay(scenario, options, /*keep_closes=*/3);
  options.run.until = *kernel::ParseDay("2025-01-31");
  const Replay shorter = RunReplay(scenario, options, /*keep_closes=*/3);
  ASSERT_EQ(shorter.runs[0].closes.size(), longer.runs[0].closes.size());
  for (size_t i = 0; i < shorter.runs[0].closes.size(); ++i) {
    const std::vector<double>& prefix = shorter.runs[0].closes[i];
    const std::vector<double>& whole = longer.runs[0].closes[i];
    ASSERT_FALSE(prefix.empty());
    ASSERT_LT(prefix.size(), whole.size());
    EXPECT_TRUE(std::equal(prefix.begin(), prefix.end(), whole.begin())) << "listing " << i;
  }
}

TEST(Ensemble, ProgressCountsEveryRunOnce) {
  const LoadedScenario scenario = Shipped();
  EnsembleOptions options = Small(2);
  std::vector<int> seen;
  options.progress = [&](int done) { seen.push_back(done); };
  RunReplay(scenario, options, /*keep_closes=*/0);
  ASSERT_EQ(static_cast<int>(seen.size()), TotalRuns(scenario, options));
  for (size_t i = 0; i < seen.size(); ++i) EXPECT_EQ(seen[i], static_cast<int>(i) + 1);
}

}  // namespace
}  // namespace oneup::sims
