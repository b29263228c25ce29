#include "sims/replay/price_paths.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>

#include "sims/replay/replay.h"

namespace oneup::sims {
namespace {

kernel::CivilDay Day(const char* text) { return *kernel::ParseDay(text); }

struct Fixture {
  LoadedScenario scenario = *LoadScenario("2025");
  Replay replay;
  Fixture() {
    EnsembleOptions options;
    options.seeds = 3;
    options.run.resolution = traders::Continuous(10);
    options.run.until = Day("2025-02-28");
    replay = RunReplay(scenario, options, /*keep_closes=*/2);
  }
};

const Fixture& Shared() {
  static const Fixture fixture;
  return fixture;
}

TEST(PricePaths, EveryListingButTheIndexHasOne) {
  const auto& [scenario, replay] = Shared();
  std::set<std::string> tickers;
  for (const PricePath& path : PricePaths(scenario, replay.runs, Day("2025-01-15"))) {
    tickers.insert(scenario.proto.listings(path.listing).ticker());
  }
  EXPECT_EQ(tickers.size(), static_cast<size_t>(scenario.proto.listings_size()) - 1);
  EXPECT_FALSE(tickers.contains(scenario.index().ticker()));
}

TEST(PricePaths, AllRunsStartAtTheRecordedCloseAndThenPart) {
  const auto& [scenario, replay] = Shared();
  for (const PricePath& path : PricePaths(scenario, replay.runs, Day("2025-01-15"))) {
    EXPECT_EQ(path.days.front(), Day("2025-01-15"));
    EXPECT_EQ(path.days.back(), Day("2025-02-28"));
    const Spread& first = path.simulated.front();
    const double recorded = path.recorded.front();
    EXPECT_GT(recorded, 0);
    for (const double start : {first.median, first.p05, first.p95}) {
      EXPECT_NEAR(start, recorded, 1e-9 * recorded);
    }
    EXPECT_LT(path.simulated.back().p05, path.simulated.back().p95);
  }
}

TEST(PricePaths, ReturnsAreThoseOfTheRun) {
  const auto& [scenario, replay] = Shared();
  const std::vector<RunSummary> one(replay.runs.begin(), replay.runs.begin() + 1);
  for (const PricePath& path : PricePaths(scenario, one, Day("2025-01-15"))) {
    const std::vector<double>& closes = one[0].closes[static_cast<size_t>(path.listing)];
    const size_t n = path.days.size();
    EXPECT_NEAR(path.simulated[n - 1].median / path.simulated[n - 2].median,
                closes.back() / closes[closes.size() - 2], 1e-12);
  }
}

TEST(PricePaths, OnlyTheRunsThatWereKeptCount) {
  const auto& [scenario, replay] = Shared();
  EXPECT_FALSE(replay.runs[1].closes.empty());
  EXPECT_TRUE(replay.runs[2].closes.empty());
  EXPECT_TRUE(PricePaths(scenario, {replay.runs[2]}, Day("2025-01-15")).empty());
}

TEST(PricePaths, NothingAfterTheEnd) {
  const auto& [scenario, replay] = Shared();
  EXPECT_TRUE(PricePaths(scenario, replay.runs, Day("2025-03-01")).empty());
}

}  // namespace
}  // namespace oneup::sims
