#include "sims/scenario/intervene.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <tuple>
#include <vector>

#include "sims/scenario/aliases.h"
#include "sims/scenario/field_path.h"
#include "sims/scenario/intervention_text.h"
#include "sims/scenario/late_interventions.h"

namespace oneup::sims {
namespace {

const LoadedScenario& Autonomous() {
  static const auto* const scenario = new LoadedScenario(*LoadScenario("autonomous"));
  return *scenario;
}
const LoadedScenario& Replay() {
  static const auto* const scenario = new LoadedScenario(*LoadScenario("2025"));
  return *scenario;
}

absl::StatusOr<LoadedScenario> With(const LoadedScenario& scenario, const std::string& line) {
  const auto intervention = ParseIntervention(line);
  if (!intervention.ok()) return intervention.status();
  return Intervene(scenario, {*intervention});
}

TEST(InterventionText, ReadsBackWhatItWrites) {
  for (const char* line :
       {"drop tpu_leak", "drop tpu_leak and what follows", "drop leak_nvidia* from 2025-01-01",
        "move amd_6gw to 2025-09-08", "set minds.fear 0.25", "set son.site_wish 0 from 2024-02-29",
        "scale altman.revenue_usd_bn 0.6667 from 2025-03-01", "pin huang.fomo 0",
        "pin altman.credibility 1e-05", "force nadella.accept", "force son.refuse deal_oracle",
        "rule off R06", "rule on ego from 2025-01-01"}) {
    const auto intervention = ParseIntervention(line);
    ASSERT_TRUE(intervention.ok()) << intervention.status();
    EXPECT_EQ(InterventionText(*intervention), line);
  }
}

TEST(InterventionText, SaysWhatIsWrong) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "is empty"},
      {"dorp x", "did you mean 'drop'"},
      {"drop", "write drop EVENT"},
      {"drop a b", "write drop EVENT"},
      {"move a 2025-01-01", "write move EVENT to DAY"},
      {"set minds.fear", "write set PATH VALUE"},
      {"set minds.fear much", "'much' is no number"},
      {"set minds.fear nan", "'nan' is no number"},
      {"pin huang 3", "write pin WHO.STATE VALUE"},
      {"force nadella.dance", "allowed are accept and refuse"},
      {"rule out R06", "write rule off NAME"},
      {"rule off R06 from yesterday", "from 'yesterday': allowed is a day"},
      {"from 2025-01-01", "no intervention 'from'"},
  };
  for (const auto& [line, message] : cases) {
    const auto intervention = ParseIntervention(line);
    ASSERT_FALSE(intervention.ok()) << line;
    EXPECT_NE(std::string(intervention.status().message()).find(message), std::string::npos)
        << intervention.status();
  }
}

TEST(Intervene, SaysWhatDoesNotFitTheScenario) {
  const std::pair<const char*, const char*> cases[] = {
      {"drop tpu_leek", "no event of this scenario, nor one that can emerge"},
      {"drop leak_nvidea", "did you mean 'leak_nvidia'"},
      {"drop approach_openai", "no event of this scenario"},
      {"move oracle_300 to 2025-01-01", "no event of this scenario"},
      {"set huang.feer_usd_bn 1", "huang has no 'feer_usd_bn'; did you mean 'fear_usd_bn'"},
      {"set huang.fear_usd_bn -1", "at least 0"},
      {"set huang.fear_usd_bn -1 from 2025-01-01", "at least 0"},
      {"scale altman.revenue_usd_bn 1e9", "at most 10000"},
      {"set traders.value.count 9 from 2025-01-01", "takes no 'from'"},
      {"set minds.fear 1 from 2031-01-01", "after the scenario's last day"},
      {"pin huang.joy 1", "it must be fomo, face, trust"},
      {"pin altman.trust 1", "it must be fomo, face, credibility"},
      {"pin nobody.fomo 1", "is no principal"},
      {"force altman.accept", "is no supplier"},
      {"rule off R99", "it must be the id of a rule"},
      {"move election_2024 to 2024-11-07 from 2024-01-01", "is not needed here"},
      {"move election_2024 to 2022-11-07", "the scenario runs from 2023-01-01"},
      {"drop election_2024 from 2025-01-01", "after election_2024 is told, 2024-11-06"},
      {"set minds.trait_sd 0 from 2024-01-01", "at its start only"},
      {"set altman.credibility 0 from 2024-01-01", "at its start only"},
      {"set huang.least_gw 100 from 2024-01-01", "must not exceed most_gw"},
      {"set huang.value_usd_bn_per_gw 5", "huang has no 'value_usd_bn_per_gw'"},
      {"set interventions[0].set.value 5", "changes nothing of the world"},
      {"pin altman.credibility 2", "credibility is 0 to 1"},
      {"force son.refuse nonsense", "nor one that can emerge"},
      {"drop tpu_leek and what follows", "did you mean 'tpu_leak'"},
      {"move oracle_300 to 2025-01-06", "here 'deal_oracle' may emerge"},
      {"rule on R06", "'R06' is on already"},
      {"rule on ego from 2025-01-01", "'ego' is on already"},
      {"rule off ego.headlines", "ego.headline"},
  };
  for (const auto& [line, message] : cases) {
    const auto changed = With(Autonomous(), line);
    ASSERT_FALSE(changed.ok()) << line;
    EXPECT_NE(std::string(changed.status().message()).find(message), std::string::npos)
        << changed.status();
  }
  for (const char* line : {"pin huang.fomo 0", "force son.refuse", "rule off ego"}) {
    const auto changed = With(Replay(), line);
    ASSERT_FALSE(changed.ok()) << line;
    EXPECT_NE(std::string(changed.status().message()).find("whose principals act"),
              std::string::npos);
  }
}

TEST(Intervene, ChangesWithinARunAreTriedTogether) {
  const v1::Intervention scale = *ParseIntervention("scale minds.round_days 0.2 from 2024-01-01");
  EXPECT_TRUE(Intervene(Autonomous(), {scale}).ok());
  const auto thrice = Intervene(Autonomous(), {scale, scale, scale});
  EXPECT_NE(std::string(thrice.status().message()).find("minds.round_days is 0.03"),
            std::string::npos)
      << thrice.status();
  const auto later = Intervene(*Intervene(Autonomous(), {scale, scale}), {scale});
  EXPECT_FALSE(later.ok());
}

TEST(Intervene, ASwitchThatWouldDoNothingIsRefused) {
  const struct {
    std::vector<const char*> lines;
    const char* message;  // "" where they are allowed
  } cases[] = {
      {{"rule off R06 from 2024-01-01", "rule on R06 from 2025-01-01"}, ""},
      {{"rule on R06 from 2025-01-01", "rule off R06 from 2024-01-01"}, ""},
      {{"rule on R06 from 2024-01-01", "rule off R06 from 2025-01-01"}, "'R06' is on already"},
      {{"rule off fomo", "rule on R01"}, "'R01' is off with all of 'fomo'"},
      {{"rule off fomo", "rule on R01 from 2025-01-01"}, "no part can be on by itself"},
      {{"rule off ego", "rule on ego.headline"}, "off with all of 'ego'"},
      {{"rule off R01", "rule on fomo"}, "'fomo' is on but for 'R01'"},
      {{"rule off fomo", "rule on fomo from 2025-01-01", "rule off R01 from 2025-01-01"}, ""},
      {{"rule off R06", "rule off R06 from 2025-01-01"}, "'R06' is off already"},
      {{"rule off R01", "rule off fomo"}, ""},
  };
  for (const auto& [lines, message] : cases) {
    std::vector<v1::Intervention> interventions;
    for (const char* line : lines) interventions.push_back(*ParseIntervention(line));
    const auto changed = Intervene(Autonomous(), interventions);
    EXPECT_EQ(changed.ok(), *message == '\0') << lines.back() << ": " << changed.status();
    const std::string said(changed.status().message());
    EXPECT_NE(said.find(message), std::string::npos) << said;
    EXPECT_EQ(said.find('\n'), std::string::npos) << said;
  }
}

TEST(Intervene, OtherNamesStandForWhatMayEmerge) {
  const auto understood = [](const std::string& line) {
    const auto changed = With(Autonomous(), line);
    return changed.ok() ? InterventionText(LastInterventions(*changed, 1).front())
                        : std::string(changed.status().message());
  };
  EXPECT_EQ(understood("drop tpu_leak"), "drop leak_nvidia*");
  EXPECT_EQ(understood("force son.refuse oracle_300"), "force son.refuse deal_oracle");
  EXPECT_EQ(understood("force nadella.accept stargate_2024"), "force nadella.accept");
  EXPECT_EQ(understood("force nadella.accept deal_microsoft"), "force nadella.accept");
  EXPECT_FALSE(Aliases().empty());
  for (const v1::Alias& alias : Aliases()) {
    EXPECT_EQ(understood("drop " + alias.name()), "drop " + alias.event());
    EXPECT_EQ(EventOfAlias(alias.name()), alias.event()) << "twice in the file";
  }
  // What a scenario calls so itself is meant.
  EXPECT_EQ(InterventionText(LastInterventions(*With(Replay(), "drop tpu_leak"), 1).front()),
            "drop tpu_leak");
}

TEST(Intervene, AValuationsNumberIsChangedInThoseWithoutAnEventToo) {
  const auto set = With(Replay(), "set valuation.elasticity 0");
  const auto scaled = With(Replay(), "scale valuation.elasticity 0.5");
  ASSERT_TRUE(set.ok() && scaled.ok()) << set.status() << scaled.status();
  ASSERT_GT(Replay().proto.held_out_size(), 0);
  for (int i = 0; i < Replay().proto.held_out_size(); ++i) {
    EXPECT_EQ(set->proto.held_out(i).valuation().elasticity(), 0);
    EXPECT_EQ(scaled->proto.held_out(i).valuation().elasticity(),
              Replay().proto.held_out(i).valuation().elasticity() / 2);
  }
  EXPECT_TRUE(With(Replay(), "set valuation.elasticity 0 from 2025-01-01").ok());
}

TEST(Intervene, WhatComesAfterTheEndOfARunIsFound) {
  const std::tuple<const LoadedScenario&, const char*, const char*> cases[] = {
      {Autonomous(), "pin huang.fomo 0 from 2024-01-01", "2024-01-01"},
      {Autonomous(), "pin huang.fomo 0", ""},
      {Autonomous(), "drop election_2024", "2024-11-06"},
      {Autonomous(), "drop leak_nvidia*", ""},
      {Autonomous(), "drop leak_nvidia* from 2024-02-01", "2024-02-01"},
      {Autonomous(), "force su.refuse election_2024", "2024-11-06"},
      {Autonomous(), "move election_2024 to 2024-10-01", "2024-10-01"},
      {Replay(), "drop tpu_leak", "2025-06-27"},
      {Replay(), "move amd_6gw to 2025-10-20", "2025-10-06"},
      {Replay(), "set valuation.elasticity 0", ""},
  };
  for (const auto& [scenario, line, day] : cases) {
    const v1::Intervention one = *ParseIntervention(line);
    const auto first = FirstDayOf(scenario, one);
    EXPECT_EQ(first ? kernel::FormatDay(*first) : "", day) << line;
    if (!first) continue;
    EXPECT_NE(LateIntervention(scenario, {one}, *first - 1), nullptr) << line;
    EXPECT_EQ(LateIntervention(scenario, {one}, *first), nullptr) << line;
  }
}

TEST(Intervene, AHubsNumberIsTheHubs) {
  const auto changed = With(Autonomous(), "set altman.site_usd_bn 5");
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_EQ(changed->proto.principals(0).demand().site_usd_bn(), 5);
}

TEST(Intervene, AllProblemsAreReportedAtOnce) {
  const auto changed = Intervene(
      Autonomous(), {*ParseIntervention("pin huang.joy 1"), *ParseIntervention("rule off R99")});
  const std::string message(changed.status().message());
  EXPECT_NE(message.find("huang.joy"), std::string::npos);
  EXPECT_NE(message.find("R99"), std::string::npos);
}

TEST(Intervene, ADroppedEventIsGoneAndNobodyAnswersIt) {
  const auto changed = With(Replay(), "drop tpu_leak");
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_EQ(changed->FindEvent("tpu_leak"), nullptr);
  EXPECT_NE(changed->FindEvent("huang_calls"), nullptr);
  EXPECT_EQ(changed->schedule.size() + 1, Replay().schedule.size());
  for (const v1::Event& event : changed->proto.events()) {
    for (const std::string& earlier : event.after()) EXPECT_NE(earlier, "tpu_leak");
  }
  EXPECT_NE(changed->digest, Replay().digest);
}

TEST(Intervene, WhatFollowsGoesWithIt) {
  const auto changed = With(Replay(), "drop tpu_leak and what follows");
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_EQ(changed->FindEvent("huang_calls"), nullptr);
  EXPECT_EQ(changed->FindEvent("nvidia_100"), nullptr) << "it answers the call";
  EXPECT_NE(changed->FindEvent("oracle_300"), nullptr);
}

TEST(Intervene, AMovedEventKeepsItsTimeOfTheDay) {
  const auto changed = With(Replay(), "move amd_6gw to 2025-09-06");  // a Saturday
  ASSERT_TRUE(changed.ok()) << changed.status();
  const v1::Event& moved = *changed->FindEvent("amd_6gw");
  EXPECT_EQ(moved.announcement().at(), "2025-09-06T07:30:00-04:00");
  EXPECT_EQ(moved.announcement().first_session(), "2025-09-08");
  EXPECT_EQ(moved.visibility().public_from(), "2025-09-06");
  const auto winter = With(Replay(), "move amd_6gw to 2025-02-10");
  ASSERT_TRUE(winter.ok()) << winter.status();
  EXPECT_EQ(winter->FindEvent("amd_6gw")->announcement().at(), "2025-02-10T07:30:00-05:00");
  for (const std::string& earlier : moved.after()) EXPECT_NE(earlier, "nvidia_100");
}

TEST(Intervene, APathMayNameAllValues) {
  const auto changed = With(Autonomous(), "scale altman.revenue_usd_bn 0.5");
  ASSERT_TRUE(changed.ok()) << changed.status();
  int stated = 0;
  const auto& before = Autonomous().proto.principals(0).demand().outlook();
  const auto& after = changed->proto.principals(0).demand().outlook();
  for (int i = 0; i < before.size(); ++i) {
    EXPECT_EQ(after[i].has_revenue_usd_bn(), before[i].has_revenue_usd_bn());
    stated += before[i].has_revenue_usd_bn() ? 1 : 0;
    EXPECT_EQ(after[i].revenue_usd_bn(), before[i].revenue_usd_bn() * 0.5);
  }
  EXPECT_GT(stated, 2);
}

TEST(Intervene, AddsAnEvent) {
  v1::Intervention intervention;
  *intervention.mutable_add() = *Replay().FindEvent("users_800m");
  intervention.mutable_add()->set_id("users_again");
  const auto changed = Intervene(Replay(), {intervention});
  ASSERT_TRUE(changed.ok()) << changed.status();
  EXPECT_NE(changed->FindEvent("users_again"), nullptr);
  EXPECT_EQ(changed->schedule.size(), Replay().schedule.size() + 1);
}

TEST(Intervene, OneAfterTheOther) {
  const auto once = With(Autonomous(), "scale huang.fear_usd_bn 0.5");
  const auto twice = With(*once, "scale huang.fear_usd_bn 0.5");
  ASSERT_TRUE(twice.ok()) << twice.status();
  const std::string path = "principals[huang].character.fear_usd_bn";
  EXPECT_EQ(*GetField(path, twice->proto), *GetField(path, Autonomous().proto) / 4);
  EXPECT_EQ(twice->proto.interventions_size(), 2);
}

TEST(Intervene, AScenarioMayHoldItsOwn) {
  std::vector<SourceText> files = {
      {"mine.textproto",
       "imports: \"autonomous.textproto\"\nname: \"mine\"\n"
       "title: \"mine\"\n"
       "interventions { scale { path: \"huang.fear_usd_bn\" value: 2 } }\n"
       "interventions { from: \"2025-01-01\" rule_off: \"R06\" }\n"}};
  for (SourceText source : Autonomous().sources) {
    source.name = source.name.substr(source.name.find(':') + 1);
    files.push_back(source);
  }
  const auto mine = LoadScenarioFromTexts(files);
  ASSERT_TRUE(mine.ok()) << mine.status();
  const std::string path = "principals[huang].character.fear_usd_bn";
  EXPECT_EQ(*GetField(path, mine->proto), *GetField(path, Autonomous().proto) * 2);
  files[0].text += "interventions { pin { actor: \"huang\" state: \"joy\" value: 1 } }\n";
  const auto bad = LoadScenarioFromTexts(files);
  EXPECT_NE(std::string(bad.status().message()).find("mine.textproto:6:"), std::string::npos)
      << bad.status();
}

TEST(WhatIf, HoldsInterventionsOnly) {
  const std::string path = testing::TempDir() + "/whatif.textproto";
  std::ofstream(path) << "title: \"t\" hub: \"openai\"\n";
  const auto what_if = LoadWhatIf(path);
  const std::string message(what_if.status().message());
  EXPECT_NE(message.find("hub: does not belong here"), std::string::npos) << message;
  EXPECT_NE(message.find("interventions: is missing"), std::string::npos) << message;
  EXPECT_NE(std::string(LoadWhatIf("no_leek").status().message()).find("did you mean 'no_leak'"),
            std::string::npos);
}

}  // namespace
}  // namespace oneup::sims
