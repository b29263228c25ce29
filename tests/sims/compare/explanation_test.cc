#include "sims/compare/explanation.h"

#include <gtest/gtest.h>

#include "sims/scenario/intervene.h"
#include "sims/scenario/intervention_text.h"
#include "sims/world/resolution.h"

namespace oneup::sims {
namespace {

const LoadedScenario& Autonomous() {
  static const auto* const scenario = new LoadedScenario(*LoadScenario("autonomous"));
  return *scenario;
}

Explanation Of(const std::string& line, uint64_t seed) {
  RunOptions options;
  options.seed = seed;
  options.resolution = kLowResolution;
  const auto explanation =
      Explain(Autonomous(), *Intervene(Autonomous(), {*ParseIntervention(line)}), options);
  EXPECT_TRUE(explanation.ok()) << explanation.status();
  return *explanation;
}

TEST(Explanation, FindsTheFirstThingThatCameOutOtherwise) {
  const Explanation explanation = Of("rule off R13", 1);
  EXPECT_FALSE(explanation.same);
  EXPECT_GT(explanation.equal_records, 10u);
  EXPECT_EQ(explanation.first_baseline.rule_firing().rule(), "R13");
  EXPECT_FALSE(explanation.first_changed.has_intervention_effect());
}

TEST(Explanation, LeadsFromTheInterventionToEachChangedDeal) {
  int changed = 0;
  for (const char* line : {"force son.refuse", "pin huang.fomo 0", "rule off R13", "drop deal_*",
                           "scale altman.revenue_usd_bn 0.3 from 2024-06-03"}) {
    for (uint64_t seed = 1; seed <= 3; ++seed) {
      for (const ChangedDeal& deal : Of(line, seed).deals) {
        ++changed;
        ASSERT_GE(deal.chain.size(), 2u) << line << " " << deal.event;
        const Link& first = deal.chain.front();
        EXPECT_EQ(first.record.intervention_effect().effect(), "begins") << line << deal.event;
        EXPECT_EQ(deal.chain.back().record.happening().event_id(), deal.event);
        for (size_t i = 1; i < deal.chain.size(); ++i) {
          const Link& link = deal.chain[i];
          const Link& before = deal.chain[i - 1];
          EXPECT_LE(before.record.time_ns(), link.record.time_ns()) << line << deal.event;
          if (link.inferred) continue;
          EXPECT_EQ(link.world, before.world);
          EXPECT_EQ(link.record.cause_id(), before.record.id());
        }
      }
    }
  }
  EXPECT_GT(changed, 5);
}

TEST(Explanation, OfEqualWorldsSaysSo) {
  const RecordedRun run = *RunAndRecord(Autonomous(), {.seed = 2, .resolution = kLowResolution});
  EXPECT_TRUE(ExplainRuns(run, run).same);
  EXPECT_TRUE(ExplainRuns(run, run).deals.empty());
}

}  // namespace
}  // namespace oneup::sims
