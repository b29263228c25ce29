#include "sims/emergent/ablation.h"

#include <gtest/gtest.h>

#include "sims/emergent/ensemble_report.h"
#include "sims/emergent/gates.h"

namespace oneup::sims {
namespace {

const std::vector<SupplierName> kSuppliers = {{"son", "SoftBank"}, {"huang", "Nvidia"}};

StoryOutcome Story(int deals, double usd_bn = 10) {
  StoryOutcome outcome;
  for (int i = 0; i < deals; ++i) {
    DealOutcome& deal = outcome.deals.emplace_back();
    deal.supplier = "huang";
    deal.usd_bn = usd_bn;
  }
  return outcome;
}

TEST(CompareArms, HasEveryMetric) {
  std::vector<StoryOutcome> baseline = {Story(2), Story(1)};
  std::vector<StoryOutcome> ablated = {Story(0), Story(1)};
  ablated[0].facts.push_back(
      {v1::EVENT_KIND_REFUSAL, "son", "altman", kernel::CivilDay(2025, 1, 1)});
  const AblationRow row = CompareArms({"fomo", {"fomo"}}, baseline, ablated, kSuppliers);
  EXPECT_EQ(row.Find(kDealsMetric)->difference, -1);
  EXPECT_EQ(row.Find(kCommitmentsMetric)->baseline, 15);
  EXPECT_EQ(row.Find("deal with Nvidia")->changed, 0.5);
  EXPECT_EQ(row.Find("deal with SoftBank")->baseline, 0);
  EXPECT_EQ(row.Find("refusal of SoftBank")->changed, 0.5);
  EXPECT_EQ(row.Find("refusal of Nvidia")->changed, 0);
  EXPECT_EQ(row.Find(kAnyRefusalMetric)->difference, 0.5);
  EXPECT_EQ(row.Find("nothing"), nullptr);
}

TEST(Gates, CoolerStoriesNeedAnIntervalBelowZero) {
  const std::vector<StoryOutcome> baseline = {Story(2), Story(3), Story(2), Story(3)};
  const std::vector<StoryOutcome> fewer = {Story(1), Story(1), Story(1), Story(1)};
  const AblationRow colder = CompareArms({"fomo+ego", {}}, baseline, fewer, kSuppliers);
  EXPECT_EQ(EvaluateGates(baseline, &colder).back().passed, true);
  const AblationRow same = CompareArms({"fomo+ego", {}}, baseline, baseline, kSuppliers);
  EXPECT_EQ(EvaluateGates(baseline, &same).back().passed, false);
  // As many deals, of half the size: commitments decide.
  std::vector<StoryOutcome> smaller = {Story(2, 5), Story(3, 5), Story(2, 5), Story(3, 5)};
  const AblationRow cheaper = CompareArms({"fomo+ego", {}}, baseline, smaller, kSuppliers);
  const Gate gate = EvaluateGates(baseline, &cheaper).back();
  EXPECT_EQ(gate.passed, true);
  EXPECT_EQ(gate.unit, "billion USD");
}

TEST(RunAblations, ASwitchThatDoesNothingChangesNothing) {
  const LoadedScenario scenario = *LoadScenario("autonomous");
  EnsembleOptions options;
  options.seeds = 2;
  options.run.resolution = traders::Continuous(10);
  options.run.until = kernel::CivilDay(2023, 6, 30);
  const std::vector<StoryOutcome> baseline = RunStories(scenario, options);
  const AblationReport report =
      RunAblations(scenario, options, baseline, {{"nothing", {}}, {"ego", {"ego"}}});
  ASSERT_EQ(report.rows.size(), 2u);
  for (const PairedEffect& effect : report.rows[0].effects) {
    EXPECT_EQ(effect.difference, 0) << effect.metric;
  }
  EXPECT_EQ(report.rows[1].effects.size(), 4 + 2 * SuppliersOf(scenario).size() + 1);
}

}  // namespace
}  // namespace oneup::sims
