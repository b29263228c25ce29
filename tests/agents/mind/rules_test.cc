// The table of rules as a whole; each rule in isolation: rules_acts_test.cc.
#include "agents/mind/rules/rules.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "tests/agents/mind/people.h"

namespace oneup::mind {
namespace {

std::vector<const Rule*> AllRules() {
  std::vector<const Rule*> rules;
  for (const Rule& rule : Rules()) rules.push_back(&rule);
  for (const Rule& rule : MarketRules()) rules.push_back(&rule);
  return rules;
}

TEST(Rules, EveryRuleCanBeReadInTheTable) {
  for (const Rule* rule : AllRules()) {
    EXPECT_TRUE(std::regex_match(rule->id, std::regex("R[0-9][0-9]"))) << rule->id;
    for (const char* words :
         {rule->family, rule->whose, rule->trigger, rule->effect, rule->evidence}) {
      EXPECT_STRNE(words, "") << rule->id;
    }
    EXPECT_NE(rule->condition, nullptr) << rule->id;
  }
}

TEST(Rules, IdsAreUnique) {
  std::set<std::string> ids;
  for (const Rule* rule : AllRules()) EXPECT_TRUE(ids.insert(rule->id).second) << rule->id;
}

TEST(Rules, EveryRuleHasItsCode) {
  for (const Rule& rule : Rules()) {
    EXPECT_NE(rule.concerns, nullptr) << rule.id;
    EXPECT_NE(rule.chance, nullptr) << rule.id;
    EXPECT_NE(rule.act, nullptr) << rule.id;
  }
}

TEST(Rules, EveryRuleIsSomebodysAndNoRuleIsEverybodys) {
  for (const Rule& rule : Rules()) {
    const auto his = std::ranges::count_if(People(), rule.concerns);
    EXPECT_GT(his, 0) << rule.id;
    EXPECT_LT(his, std::ssize(People())) << rule.id;
  }
}

TEST(Rules, EverybodyHasARule) {
  for (const v1::Principal& person : People()) {
    EXPECT_TRUE(std::ranges::any_of(Rules(), [&](const Rule& r) { return r.concerns(person); }))
        << person.actor();
  }
}

// A pressure that jumps makes one act at once: jumps stand first.
TEST(Rules, JumpsOfFomoComeBeforeWhatTheyUnlock) {
  const auto place = [](const std::string& id) {
    return std::ranges::find_if(Rules(), [&](const Rule& rule) { return rule.id == id; }) -
           Rules().begin();
  };
  EXPECT_LT(place("R07"), place("R08"));
  EXPECT_LT(place("R01"), place("R24"));
}

TEST(Switches, AreFamiliesAndChannelsEachOnce) {
  const std::vector<std::string> names = Switches();
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size());
  for (const Rule& rule : Rules()) {
    EXPECT_TRUE(std::ranges::find(names, rule.family) != names.end()) << rule.id;
  }
  EXPECT_TRUE(std::ranges::find(names, "stock_feedback") != names.end());
}

TEST(Switches, AreKnownByNameAndNothingElseIs) {
  for (const std::string& name : Switches()) EXPECT_TRUE(IsSwitch(name)) << name;
  for (const Rule& rule : Rules()) EXPECT_TRUE(IsSwitch(rule.id)) << rule.id;
  for (const char* name : {"", "R99", "r01", "FOMO", "R", "fomo "}) {
    EXPECT_FALSE(IsSwitch(name)) << name;
  }
}

TEST(Switches, BelongToTheirFamily) {
  for (const Rule& rule : Rules()) EXPECT_EQ(FamilyOf(rule.id), rule.family);
  EXPECT_EQ(FamilyOf("ego.headline"), "ego");
  for (const char* name : {"ego", "stock_feedback", "R99", ""}) EXPECT_EQ(FamilyOf(name), "");
}

TEST(Switches, TurnOffOneRuleOrAFamilyAndNoOther) {
  for (const Rule& rule : Rules()) {
    EXPECT_FALSE(IsOff(rule, {}));
    const std::vector<std::string> id = {rule.id};
    const std::vector<std::string> family = {"stock_feedback", rule.family};
    for (const Rule& other : Rules()) {
      EXPECT_EQ(IsOff(other, id), &other == &rule);
      EXPECT_EQ(IsOff(other, family), std::string(other.family) == rule.family);
    }
  }
}

}  // namespace
}  // namespace oneup::mind
