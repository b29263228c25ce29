// Metrics agree with what other views of the same run say, and are found by name.
#include "sims/metrics/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "sims/emergent/ensemble_report.h"
#include "sims/network/obligations.h"
#include "sims/network/systemic.h"
#include "sims/replay/replay.h"
#include "sims/world/emerged.h"

namespace oneup::sims {
namespace {

using ::testing::HasSubstr;

const LoadedScenario& Scenario(const char* name) {
  static std::map<std::string, LoadedScenario>* const scenarios =
      new std::map<std::string, LoadedScenario>();
  const auto it = scenarios->find(name);
  return it != scenarios->end() ? it->second
                                : scenarios->emplace(name, *LoadScenario(name)).first->second;
}

RunOptions Low(uint64_t seed, kernel::CivilDay until = kernel::CivilDay::max()) {
  return {.seed = seed, .resolution = kLowResolution, .until = until};
}

std::vector<std::string> NamesOf(const std::vector<Metric>& metrics) {
  std::vector<std::string> names;
  for (const Metric& metric : metrics) names.push_back(metric.name);
  return names;
}

// Values of one run by name.
std::map<std::string, double> Measured(const LoadedScenario& scenario, const RunResult& result,
                                       const std::vector<std::string>& names) {
  const auto metrics = SelectMetrics(scenario, names);
  EXPECT_TRUE(metrics.ok()) << metrics.status();
  std::map<std::string, double> values;
  const std::vector<double> measured = Measure(scenario, *metrics, result);
  for (size_t i = 0; i < measured.size(); ++i) values[(*metrics)[i].name] = measured[i];
  return values;
}

TEST(Metrics, HaveUniqueNamesAndSayWhatTheyAre) {
  for (const char* name : {"autonomous", "2025"}) {
    std::set<std::string> names;
    for (const Metric& metric : MetricsFor(Scenario(name))) {
      EXPECT_TRUE(names.insert(metric.name).second) << metric.name;
      EXPECT_FALSE(metric.description.empty()) << metric.name;
    }
    for (const char* expected : {"deals", "deal.huang.gw", "refusal.nadella", "stall.huang",
                                 "leak.nvidia", "return.NVDA", "volatility.9984.T", "hhi"}) {
      EXPECT_TRUE(names.contains(expected)) << name << " " << expected;
    }
  }
}

TEST(Metrics, OfAStoryAreThoseOfItsOutcome) {
  const LoadedScenario& scenario = Scenario("autonomous");
  int deals = 0;
  for (uint64_t seed = 1; seed <= 4; ++seed) {
    const RunResult result = World(scenario, Low(seed), nullptr).Run();
    const StoryOutcome outcome = OutcomeOf(scenario, seed, result);
    const Totals totals = TotalsOf(outcome);
    auto values = Measured(scenario, result, {"*"});
    EXPECT_EQ(values.size(), MetricsFor(scenario).size());
    EXPECT_EQ(values["deals"], totals.deals);
    EXPECT_EQ(values["commitments_usd_bn"], totals.usd_bn);
    EXPECT_EQ(values["added_value_usd_bn"], totals.added_usd_bn);
    double sum = 0;
    for (const SupplierName& supplier : SuppliersOf(scenario)) {
      const DealOutcome* deal = outcome.DealOf(supplier.id);
      const std::string name = "deal." + supplier.id;
      EXPECT_EQ(values[name], deal != nullptr);
      sum += values[name];
      if (deal == nullptr) {
        EXPECT_TRUE(std::isnan(values[name + ".usd_bn"]) && std::isnan(values[name + ".day"]));
        continue;
      }
      EXPECT_EQ(values[name + ".gw"], deal->capacity_gw);
      EXPECT_EQ(kernel::CivilDay(2023, 1, 1) + static_cast<int64_t>(values[name + ".day"]),
                deal->day);
    }
    EXPECT_GT(sum, 0);
    EXPECT_LE(sum, values["deals"]);
    deals += static_cast<int>(values["deals"]);
    EXPECT_GE(values["circularity"], 0);
    EXPECT_LE(values["circularity"], 1);
    for (const char* name : {"hhi", "contagion_usd_bn", "obligations_over_revenue"}) {
      EXPECT_EQ(values[name] > 0, totals.usd_bn > 0) << name;
    }
  }
  EXPECT_GT(deals, 4);
}

TEST(Metrics, OfAReplayAreItsDealsOnTheRunsOwnPrices) {
  const LoadedScenario& scenario = Scenario("2025");
  const RunResult result = World(scenario, Low(1), nullptr).Run();
  auto values = Measured(scenario, result, {"*"});
  EXPECT_EQ(values["deal.su"], 1);
  EXPECT_EQ(values["deal.su.gw"], 6);
  EXPECT_EQ(values["deal.nadella"], 0);
  EXPECT_EQ(values["refusal.nadella"], 1);
  EXPECT_EQ(values["leak.nvidia"], 1);
  EXPECT_EQ(values["stall.huang"], 1);
  for (const ReactionKey& key : ReactionKeys(scenario)) {
    if (scenario.proto.events(key.event).id() != "amd_6gw" ||
        scenario.proto.listings(key.listing).ticker() != "AMD") {
      continue;
    }
    EXPECT_EQ(values["deal.su.first_day"], MeasureReaction(scenario, result.prices, key).first_day);
  }
  const SystemicFigures figures =
      MeasureSystem(scenario, BuildObligations(scenario, result.last_day), result.last_day, {});
  EXPECT_EQ(values["hhi"], figures.hhi);
  EXPECT_EQ(values["obligations_over_revenue"], figures.over_revenue);
}

TEST(Metrics, KnowNothingAfterTheRunsLastDay) {
  const LoadedScenario& scenario = Scenario("2025");
  const RunResult result = World(scenario, Low(1, kernel::CivilDay(2025, 9, 30)), nullptr).Run();
  auto values = Measured(scenario, result,
                         {"deal.*", "path.NVDA.2025-09-30", "path.NVDA.2025-10-01", "return.NVDA"});
  EXPECT_EQ(values["deal.huang"], 1);
  EXPECT_EQ(values["deal.su"], 0);
  EXPECT_EQ(values["path.NVDA.2025-09-30"], values["return.NVDA"]);
  EXPECT_TRUE(std::isnan(values["path.NVDA.2025-10-01"]));
}

TEST(Metrics, OfPricesAreThoseOfTheCloses) {
  const LoadedScenario& scenario = Scenario("autonomous");
  const RunResult result = World(scenario, Low(3, kernel::CivilDay(2023, 3, 1)), nullptr).Run();
  auto values = Measured(scenario, result, {"*.NVDA", "path.NVDA.2023-01-08", "deals"});
  const auto& bars = result.prices[2].bars;
  ASSERT_EQ(result.prices[2].ticker, "NVDA");
  EXPECT_EQ(values["return.NVDA"], bars.back().close / bars.front().close - 1);
  EXPECT_GE(values["peak.NVDA"], values["return.NVDA"]);
  EXPECT_GT(values["volatility.NVDA"], 0.05);
  EXPECT_LT(values["volatility.NVDA"], 2);
  // The eighth is a Sunday.
  EXPECT_EQ(values["path.NVDA.2023-01-08"],
            result.prices[2].Find(kernel::CivilDay(2023, 1, 6))->close / bars.front().close - 1);
}

TEST(Metrics, AreZeroBeforeAnythingIsSigned) {
  const LoadedScenario& scenario = Scenario("autonomous");
  const RunResult result = World(scenario, Low(1, kernel::CivilDay(2023, 1, 20)), nullptr).Run();
  for (const auto& [name, value] : Measured(
           scenario, result, {"deals", "hhi", "circularity", "contagion_usd_bn", "warrants"})) {
    EXPECT_EQ(value, 0) << name;
  }
}

TEST(Metrics, AreSelectedByNameOnceInTheOrderAskedFor) {
  const LoadedScenario& scenario = Scenario("autonomous");
  EXPECT_THAT(NamesOf(*SelectMetrics(scenario, {"hhi", "deal.su*", "deals", "deal.su"})),
              ::testing::ElementsAre("hhi", "deal.su", "deal.su.usd_bn", "deal.su.gw",
                                     "deal.su.day", "deal.su.first_day", "deals"));
  EXPECT_EQ(SelectMetrics(scenario, {"path.*.2025-09-30"})->size(),
            static_cast<size_t>(scenario.proto.listings_size()));
  EXPECT_EQ(SelectMetrics(scenario, {"*"})->size(), MetricsFor(scenario).size());
}

TEST(Metrics, OfWrongNamesAreToldWithTheNearest) {
  const struct {
    const char* name;
    const char* message;
  } cases[] = {{"deal.huag.gw", "did you mean 'deal.huang.gw'?"},
               {"return.NVDX", "did you mean 'return.NVDA'?"},
               {"path.NVDA.2025-13-30", "is no metric"},
               {"", "is no metric"},
               {"nothing.*", "stands for no metric"}};
  for (const auto& [name, message] : cases) {
    const auto metrics = SelectMetrics(Scenario("autonomous"), {name});
    ASSERT_FALSE(metrics.ok()) << name;
    EXPECT_THAT(std::string(metrics.status().message()), HasSubstr(message));
  }
}

}  // namespace
}  // namespace oneup::sims
