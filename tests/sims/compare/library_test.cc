// The what-ifs that come with the program: each fits its scenario, and each changes something.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "sims/compare/comparison.h"
#include "sims/scenario/intervene.h"
#include "sims/scenario/intervention_text.h"
#include "sims/world/idle_events.h"
#include "sims/world/resolution.h"

namespace oneup::sims {
namespace {

const LoadedScenario& ScenarioOf(const std::string& what_if) {
  static const auto* const autonomous = new LoadedScenario(*LoadScenario("autonomous"));
  static const auto* const replay = new LoadedScenario(*LoadScenario("2025"));
  return what_if.starts_with("2025_") ? *replay : *autonomous;
}

class Library : public testing::TestWithParam<std::string> {};

TEST_P(Library, ChangesAnOutcomeOfItsScenario) {
  const LoadedScenario& scenario = ScenarioOf(GetParam());
  const auto what_if = LoadWhatIf(GetParam());
  ASSERT_TRUE(what_if.ok()) << what_if.status();
  EXPECT_NE(what_if->title, GetParam()) << "the file has no title";
  EXPECT_FALSE(what_if->description.empty());
  const auto changed = Intervene(scenario, what_if->interventions);
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_TRUE(IdleInterventions(scenario, what_if->interventions).empty());

  CompareOptions options;
  options.runs.first_seed = scenario.proto.default_seed();
  options.runs.seeds = 6;
  options.runs.run.resolution = kLowResolution;
  const Comparison comparison =
      Compare(scenario, *changed, *SelectMetrics(scenario, UsualOutcomes()), options);
  EXPECT_TRUE(
      std::ranges::any_of(comparison.effects, [](const Effect& effect) { return !effect.same; }));
}

INSTANTIATE_TEST_SUITE_P(WhatIfs, Library, testing::ValuesIn(WhatIfs()),
                         [](const auto& tested) { return "WhatIf_" + tested.param; });

TEST(IdleInterventions, OfAReplayAreToldByWhatTheyTouch) {
  const LoadedScenario& replay = ScenarioOf("2025_");
  const std::pair<const char*, bool> cases[] = {
      {"drop tpu_leak", true},
      {"drop tpu_leak and what follows", false},  // the deal that answers the call
      {"drop huang_jibe", true},
      {"move tpu_leak to 2025-07-15", true},
      {"drop td_cowen", false},
      {"drop stargate", false},
      {"drop t*", false},
      {"set valuation.elasticity 0", false},
  };
  for (const auto& [line, idle] : cases) {
    const std::vector<v1::Intervention> one = {*ParseIntervention(line)};
    EXPECT_EQ(IdleInterventions(replay, one).size(), idle ? 1u : 0u) << line;
  }
  EXPECT_TRUE(IdleInterventions(ScenarioOf(""), {*ParseIntervention("drop election_2024")}).empty())
      << "principals hear of it";
}

TEST(IdleInterventions, ChangeNoOutcomeIndeed) {
  const LoadedScenario& replay = ScenarioOf("2025_");
  CompareOptions options;
  options.runs.seeds = 2;
  options.runs.run.resolution = kLowResolution;
  for (const v1::Event& event : replay.proto.events()) {
    if (!IsIdle(replay, event)) continue;
    const auto changed = Intervene(replay, {*ParseIntervention("drop " + event.id())});
    ASSERT_TRUE(changed.ok()) << changed.status();
    const Comparison comparison =
        Compare(replay, *changed, *SelectMetrics(replay, UsualOutcomes()), options);
    for (const Effect& effect : comparison.effects) {
      EXPECT_TRUE(effect.same) << event.id() << " changes " << effect.metric;
    }
  }
}

}  // namespace
}  // namespace oneup::sims
