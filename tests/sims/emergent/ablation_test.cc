#include "sims/emergent/ablation.h"

#include <gtest/gtest.h>

#include <cmath>

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

TEST(Paired, MeasuresDifferencesPairByPair) {
  // Differences 1, 1, 1, 3: mean 1.5, variance 1, standard error 1/2.
  const PairedEffect effect = Paired({1, 2, 3, 4}, {2, 3, 4, 7});
  EXPECT_EQ(effect.baseline, 2.5);
  EXPECT_EQ(effect.ablated, 4);
  EXPECT_EQ(effect.difference, 1.5);
  constexpr double kT3 = 3.182446305;  // 97.5 % of Student's t, 3 degrees of freedom
  EXPECT_NEAR(effect.low, 1.5 - kT3 / 2, 1e-8);
  EXPECT_NEAR(effect.high, 1.5 + kT3 / 2, 1e-8);
  // var a = 5/3, var b = 14/3, var(b - a) = 1.
  EXPECT_NEAR(effect.variance_reduction, 19.0 / 3, 1e-12);
}

TEST(Paired, IndependentArmsGainNothing) {
  // Orthogonal: var a = var b = 4/3, var(b - a) = 8/3.
  EXPECT_NEAR(Paired({1, 1, -1, -1}, {1, -1, 1, -1}).variance_reduction, 1, 1e-12);
}

TEST(Paired, ADifferenceThatNeverVariesHasNoGain) {
  const PairedEffect effect = Paired({1, 2}, {0, 1});
  EXPECT_EQ(effect.low, -1);
  EXPECT_EQ(effect.high, -1);
  EXPECT_TRUE(std::isnan(effect.variance_reduction));
  EXPECT_TRUE(std::isnan(Paired({1}, {0}).low));
}

TEST(CompareArms, HasEveryMetric) {
  std::vector<StoryOutcome> baseline = {Story(2), Story(1)};
  std::vector<StoryOutcome> ablated = {Story(0), Story(1)};
  ablated[0].facts.push_back(
      {v1::EVENT_KIND_REFUSAL, "son", "altman", kernel::CivilDay(2025, 1, 1)});
  const AblationRow row = CompareArms({"fomo", {"fomo"}}, baseline, ablated, kSuppliers);
  EXPECT_EQ(row.Find(kDealsMetric)->difference, -1);
  EXPECT_EQ(row.Find(kCommitmentsMetric)->baseline, 15);
  EXPECT_EQ(row.Find("deal with Nvidia")->ablated, 0.5);
  EXPECT_EQ(row.Find("deal with SoftBank")->baseline, 0);
  EXPECT_EQ(row.Find("refusal of SoftBank")->ablated, 0.5);
  EXPECT_EQ(row.Find("refusal of Nvidia")->ablated, 0);
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
