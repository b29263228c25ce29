// What interventions do within a run, seen in its record: nothing before their day, and from then
// on what they say.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "market/kernel/civil_time.h"
#include "sims/compare/recorded_run.h"
#include "sims/scenario/intervene.h"
#include "sims/scenario/intervention_text.h"
#include "sims/world/resolution.h"

namespace oneup::sims {
namespace {

const LoadedScenario& Autonomous() {
  static const auto* const scenario = new LoadedScenario(*LoadScenario("autonomous"));
  return *scenario;
}

LoadedScenario With(const std::vector<std::string>& lines) {
  std::vector<v1::Intervention> interventions;
  for (const std::string& line : lines) interventions.push_back(*ParseIntervention(line));
  const auto changed = Intervene(Autonomous(), interventions);
  EXPECT_TRUE(changed.ok()) << changed.status();
  return *changed;
}

RecordedRun RunOf(const LoadedScenario& scenario, uint64_t seed) {
  RunOptions options;
  options.seed = seed;
  options.resolution = kLowResolution;
  return *RunAndRecord(scenario, options);
}

int64_t Midnight(kernel::CivilDay day) { return kernel::ToTime(day, {}, absl::UTCTimeZone()).ns; }

int CountDeals(const RecordedRun& run, const std::string& who) {
  int deals = 0;
  for (const v1::Record& record : run.records) {
    deals += record.has_happening() && record.happening().event_id() == "deal_" + who ? 1 : 0;
  }
  return deals;
}

constexpr int kSeeds = 4;

// How many records two runs have in common, byte for byte, before they part.
size_t EqualRecords(const RecordedRun& a, const RecordedRun& b) {
  size_t i = 0;
  while (i < a.records.size() && i < b.records.size() &&
         a.records[i].SerializeAsString() == b.records[i].SerializeAsString()) {
    ++i;
  }
  return i;
}

LoadedScenario WithoutEgo() {
  LoadedScenario off = Autonomous();
  off.proto.mutable_minds()->add_off("ego");
  return off;
}

TEST(Interventions, ChangeNothingBeforeTheirDay) {
  const kernel::CivilDay day(2024, 9, 2);
  const LoadedScenario without_ego = WithoutEgo();
  for (const char* line :
       {"pin huang.fomo 0", "pin altman.credibility 0.2", "pin son.trust 9", "rule off ego",
        "rule off ego.headline", "rule off R13", "rule on ego", "scale altman.revenue_usd_bn 0.5",
        "set minds.fear 0", "scale son.credit 0.5", "set huang.disagreement_usd_bn 1",
        "force nadella.accept", "force son.refuse", "drop leak_nvidia*", "drop election_2024",
        "set valuation.warrant_value 0"}) {
    const LoadedScenario& before =
        std::string(line).starts_with("rule on") ? without_ego : Autonomous();
    const auto changed =
        Intervene(before, {*ParseIntervention(std::string(line) + " from 2024-09-02")});
    ASSERT_TRUE(changed.ok()) << changed.status();
    for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
      const RecordedRun a = RunOf(before, seed);
      const RecordedRun b = RunOf(*changed, seed);
      const size_t i = EqualRecords(a, b);
      ASSERT_LT(i, b.records.size()) << line << ": nothing begins";
      EXPECT_EQ(b.records[i].time_ns(), Midnight(day)) << line;
      EXPECT_EQ(b.records[i].intervention_effect().effect(), "begins") << line;
      EXPECT_GT(i, 100u) << line;
    }
  }
}

TEST(Interventions, OnEventsOfTheScenarioChangeNothingBeforeTheEvent) {
  static const auto* const replay = new LoadedScenario(*LoadScenario("2025"));
  const auto line = [](const std::string& text) { return *ParseIntervention(text); };
  // An event of the scenario once more, on another day.
  const auto added = [&](const LoadedScenario& scenario, const std::string& event,
                         const std::string& day) {
    v1::Intervention add;
    *add.mutable_add() =
        *Intervene(scenario, {line("move " + event + " to " + day)})->FindEvent(event);
    add.mutable_add()->set_id("once_more");
    add.mutable_add()->clear_after();
    return add;
  };
  const struct {
    const LoadedScenario& scenario;
    v1::Intervention intervention;
    kernel::CivilDay day;
  } cases[] = {
      {Autonomous(), line("move election_2024 to 2024-09-02"), kernel::CivilDay(2024, 9, 2)},
      {Autonomous(), line("move inauguration_2025 to 2025-03-03"), kernel::CivilDay(2025, 1, 20)},
      {Autonomous(), added(Autonomous(), "election_2024", "2024-09-02"),
       kernel::CivilDay(2024, 9, 2)},
      {*replay, line("drop td_cowen"), kernel::CivilDay(2025, 2, 21)},
      {*replay, line("drop stargate and what follows"), kernel::CivilDay(2025, 1, 21)},
      {*replay, line("move amd_6gw to 2025-09-08"), kernel::CivilDay(2025, 9, 8)},
      {*replay, line("move amd_6gw to 2025-10-20"), kernel::CivilDay(2025, 10, 6)},
      {*replay, added(*replay, "td_cowen", "2024-05-06"), kernel::CivilDay(2024, 5, 6)},
  };
  for (const auto& [scenario, intervention, day] : cases) {
    const std::string text = InterventionText(intervention);
    const auto changed = Intervene(scenario, {intervention});
    ASSERT_TRUE(changed.ok()) << changed.status();
    for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
      const RecordedRun a = RunOf(scenario, seed);
      const RecordedRun b = RunOf(*changed, seed);
      const size_t i = EqualRecords(a, b);
      ASSERT_LT(i, a.records.size()) << text << " changes nothing";
      EXPECT_GE(a.records[i].time_ns(), Midnight(day)) << text;
      if (i < b.records.size()) {
        EXPECT_GE(b.records[i].time_ns(), Midnight(day)) << text;
      }
      EXPECT_GT(i, 0u) << text;
    }
  }
}

TEST(Interventions, ThatDoNotBiteLeaveTheRunAsItIs) {
  // A number is set to what it is.
  const LoadedScenario changed =
      With({"scale minds.fear 1 from 2024-03-01", "scale huang.fear_usd_bn 1 from 2024-03-01"});
  const RecordedRun a = RunOf(Autonomous(), 3);
  const RecordedRun b = RunOf(changed, 3);
  ASSERT_EQ(a.records.size() + 2, b.records.size());
  size_t k = 0;
  for (const v1::Record& record : b.records) {
    if (record.has_intervention_effect()) continue;
    ASSERT_EQ(record.time_ns(), a.records[k].time_ns());
    ASSERT_EQ(record.body_case(), a.records[k].body_case());
    ++k;
  }
}

TEST(Interventions, APinnedStateStays) {
  const LoadedScenario changed = With({"pin huang.fomo 0.5", "pin huang.face 0"});
  bool held = false;
  for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
    bool pinned = false;
    for (const v1::Record& record : RunOf(changed, seed).records) {
      held = held || record.intervention_effect().effect() == "holds fomo";
      if (!record.has_mind_change() || record.mind_change().actor() != "huang") continue;
      if (record.mind_change().state() != v1::MIND_STATE_FOMO) continue;
      EXPECT_FALSE(pinned) << "changes after it was pinned";
      EXPECT_EQ(record.mind_change().after_ppm(), 500'000);
      pinned = true;
    }
    EXPECT_TRUE(pinned);
  }
  EXPECT_TRUE(held) << "nothing that the pin kept from moving him";
}

TEST(Interventions, WhoIsForcedToAcceptDoes) {
  const LoadedScenario changed = With({"force nadella.accept"});
  int agreed = 0;
  for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
    bool asked = false;
    bool accepted = false;
    for (const v1::Record& record : RunOf(changed, seed).records) {
      if (record.has_offer() && record.offer().to() == "nadella") asked = true;
      if (!record.has_offer() || record.offer().from() != "nadella") continue;
      EXPECT_NE(record.offer().kind(), v1::OFFER_KIND_REFUSE);
      accepted = accepted || record.offer().kind() == v1::OFFER_KIND_ACCEPT;
    }
    for (const v1::Record& record : RunOf(changed, seed).records) {
      const bool refusal = record.has_happening() &&
                           record.happening().kind() == v1::EVENT_KIND_REFUSAL &&
                           record.happening().actors(0) == "nadella";
      EXPECT_FALSE(refusal) << seed;
    }
    agreed += asked && accepted ? 1 : 0;
  }
  EXPECT_GT(agreed, 0);
}

TEST(Interventions, WhoIsForcedToRefuseMakesNoDeal) {
  for (const auto& [who, company] : {std::pair<const char*, const char*>{"son", "softbank"},
                                     {"su", "amd"},
                                     {"tan", "broadcom"}}) {
    const LoadedScenario changed = With({std::string("force ") + who + ".refuse"});
    int before = 0;
    for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
      before += CountDeals(RunOf(Autonomous(), seed), company);
      EXPECT_EQ(CountDeals(RunOf(changed, seed), company), 0) << who << " " << seed;
    }
    EXPECT_GT(before, 0) << who << " has no deal anyway; the test shows nothing";
  }
}

TEST(Interventions, ADroppedEventDoesNotBecomePublic) {
  const LoadedScenario changed = With({"drop deal_softbank*"});
  int kept_back = 0;
  for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const RecordedRun run = RunOf(changed, seed);
    EXPECT_EQ(CountDeals(run, "softbank"), 0);
    for (const v1::Record& record : run.records) {
      if (record.intervention_effect().effect() == "keeps back deal_softbank") {
        ++kept_back;
        EXPECT_NE(record.cause_id(), 0u) << "what would have led to it is its cause";
      }
    }
  }
  EXPECT_GT(kept_back, 0);
}

TEST(Interventions, ARuleThatIsOffNeverFiresAndIsSeenToBeSilent) {
  const LoadedScenario changed = With({"rule off R13"});
  int silenced = 0;
  for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
    for (const v1::Record& record : RunOf(changed, seed).records) {
      EXPECT_NE(record.rule_firing().rule(), "R13");
      silenced += record.intervention_effect().effect() == "silences R13" ? 1 : 0;
    }
  }
  EXPECT_GT(silenced, 0);
}

TEST(Interventions, SwitchedOffFromTheStartIsTheSameAsOffInTheScenario) {
  LoadedScenario off = Autonomous();
  off.proto.mutable_minds()->add_off("fomo");
  const LoadedScenario changed = With({"rule off fomo"});
  for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
    std::vector<std::string> a;
    std::vector<std::string> b;
    for (const v1::Record& record : RunOf(off, seed).records) {
      if (record.has_happening()) a.push_back(record.happening().event_id());
    }
    for (const v1::Record& record : RunOf(changed, seed).records) {
      if (record.has_happening()) b.push_back(record.happening().event_id());
    }
    EXPECT_EQ(a, b);
  }
}

TEST(Interventions, AForceMayWaitForAnEvent) {
  const LoadedScenario changed = With({"force su.refuse deal_nvidia"});
  int refusals = 0;
  int other_effects = 0;
  for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const RecordedRun run = RunOf(changed, seed);
    const v1::Record* nvidia = run.Happening("deal_nvidia");
    for (const v1::Record& record : run.records) {
      if (!record.has_intervention_effect()) continue;
      const std::string& effect = record.intervention_effect().effect();
      if (effect == "begins") continue;
      ASSERT_NE(nvidia, nullptr) << effect << " in seed " << seed;
      EXPECT_GT(record.id(), nvidia->id()) << effect << " in seed " << seed;
      ++(effect == "refuses" ? refusals : other_effects);
    }
  }
  EXPECT_GT(refusals, 0) << "nobody asks her after it; the test shows nothing";
  EXPECT_GT(other_effects, 0);
}

TEST(Interventions, AForceOnItsOwnDealHoldsFromTheBeginning) {
  const LoadedScenario named = With({"force nadella.accept stargate_2024"});
  const LoadedScenario plain = With({"force nadella.accept"});
  for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
    const RecordedRun a = RunOf(named, seed);
    const RecordedRun b = RunOf(plain, seed);
    EXPECT_EQ(EqualRecords(a, b), b.records.size()) << seed;
    EXPECT_EQ(a.records.size(), b.records.size()) << seed;
  }
}

TEST(Interventions, AnotherNameOfAnEventIsAsGoodAsItsOwn) {
  const LoadedScenario named = With({"drop tpu_leak"});
  int kept_back = 0;
  for (uint64_t seed = 1; seed <= 3 * kSeeds; ++seed) {
    for (const v1::Record& record : RunOf(named, seed).records) {
      EXPECT_FALSE(record.happening().event_id().starts_with("leak_nvidia")) << seed;
      kept_back += record.intervention_effect().effect().starts_with("keeps back") ? 1 : 0;
    }
  }
  EXPECT_GT(kept_back, 0) << "no leak anyway; the test shows nothing";
}

TEST(Interventions, AForceMayWaitForAnEventOfTheScenario) {
  const LoadedScenario changed = With({"force su.refuse election_2024"});
  int refused = 0;
  for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
    for (const v1::Record& record : RunOf(changed, seed).records) {
      if (record.intervention_effect().effect() == "begins") continue;
      if (!record.has_intervention_effect()) continue;
      EXPECT_GE(record.time_ns(), Midnight(kernel::CivilDay(2024, 11, 6)));
      ++refused;
    }
  }
  EXPECT_GT(refused, 0);
}

}  // namespace
}  // namespace oneup::sims
