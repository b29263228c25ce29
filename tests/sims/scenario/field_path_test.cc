#include "sims/scenario/field_path.h"

#include <gtest/gtest.h>

#include <string>

#include "sims/scenario/scenario.h"

namespace oneup::sims {
namespace {

v1::Scenario Autonomous() { return LoadScenario("autonomous")->proto; }

TEST(FieldPath, FindsNumbersByNameIdAndPlace) {
  v1::Scenario scenario = Autonomous();
  for (const std::string path :
       {"principals[huang].supply.margin", "principals[1].supply.margin",
        "minds.fomo_half_life_days", "listings[9984.T].beta_to_market", "traders.value.count",
        "listings[SPY].is_index", "principals[altman].demand.outlook[0].need_gw"}) {
    ASSERT_TRUE(GetField(path, scenario).ok()) << GetField(path, scenario).status();
    ASSERT_TRUE(SetField(path, 1, scenario).ok()) << path;
    EXPECT_EQ(*GetField(path, scenario), 1) << path;
  }
}

TEST(FieldPath, SaysWhatIsWrong) {
  v1::Scenario scenario = Autonomous();
  const std::string before = scenario.SerializeAsString();
  const std::pair<const char*, const char*> cases[] = {
      {"", "no field ''"},
      {"mind.fear", "no field 'mind'; allowed are"},
      {"minds.off", "needs one value in brackets"},
      {"minds[0].fear", "has no values to choose from"},
      {"principals[nobody].supply.margin", "has no 'nobody'"},
      {"principals[99].supply.margin", "has no '99'"},
      {"principals[huang.supply.margin", "lacks its ']'"},
      {"principals[huang].supply", "is no number"},
      {"name.length", "has no fields"},
      {"name", "is no number"},
  };
  for (const auto& [path, message] : cases) {
    const absl::Status status = SetField(path, 1, scenario);
    EXPECT_FALSE(status.ok()) << path;
    EXPECT_NE(std::string(status.message()).find(message), std::string::npos) << status;
  }
  EXPECT_FALSE(SetField("traders.value.count", 1.5, scenario).ok());
  EXPECT_FALSE(SetField("listings[SPY].is_index", 2, scenario).ok());
  EXPECT_EQ(scenario.SerializeAsString(), before);
}

// A scenario that imports the autonomous one and adds these lines.
absl::Status With(const std::string& lines) {
  std::vector<SourceText> files;
  files.push_back({"mine.textproto",
                   "imports: \"autonomous.textproto\"\nname: \"mine\"\n"
                   "title: \"mine\"\n" +
                       lines});
  const LoadedScenario autonomous = *LoadScenario("autonomous");
  for (SourceText source : autonomous.sources) {
    source.name = source.name.substr(source.name.find(':') + 1);
    files.push_back(std::move(source));
  }
  return LoadScenarioFromTexts(files).status();
}

TEST(Principals, MistakesAreNamed) {
  EXPECT_TRUE(With("").ok()) << With("");
  const std::pair<const char*, const char*> cases[] = {
      {"set { path: \"principals[huang].supply.margin\" value: 0.5 }", ""},
      {"set { path: \"principals[huang].supply.margin\" value: 7 }", "margin"},
      {"set { path: \"principals[huang].supply.nonsense\" value: 1 }", "no field 'nonsense'"},
      {"set { path: \"principals[huang].supply.least_gw\" value: 50 }", "must not exceed most_gw"},
      {"minds { off: \"R99\" }", "must be the id of a rule"},
      {"minds { off: \"R06\" }", ""},
      {"principals { actor: \"musk\" part: PART_SUPPLIER evidence { source: \"x\" status: "
       "EVIDENCE_STATUS_ASSUMED } }",
       "character: is missing"},
      {"principals { actor: \"musk\" part: PART_HUB character { concession: 1 patience_days: 1 "
       "own_headline_usd_bn: 1 } evidence { source: \"x\" status: EVIDENCE_STATUS_ASSUMED } }",
       "second hub"},
      {"principals { actor: \"huang\" part: PART_ANALYST evidence { source: \"x\" status: "
       "EVIDENCE_STATUS_ASSUMED } }",
       "already used"},
  };
  for (const auto& [lines, message] : cases) {
    const absl::Status status = With(lines);
    if (std::string(message).empty()) {
      EXPECT_TRUE(status.ok()) << lines << "\n" << status;
      continue;
    }
    EXPECT_FALSE(status.ok()) << lines;
    EXPECT_NE(std::string(status.message()).find(message), std::string::npos) << status;
  }
}

}  // namespace
}  // namespace oneup::sims
