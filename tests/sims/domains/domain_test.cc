// Readers of domains: what they read, and that nothing wrong gets through. tests/cli tells all
// messages; here are the cases that a file alone does not show.
#include "sims/domains/domain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "sims/domains/json_input.h"

namespace oneup::sims {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr double kTiny = 1e-12;

constexpr char kTemplate[] = R"(<?xml version="1.0"?>
<negotiation_template><utility_space number_of_issues="2">
 <objective index="0" name="root">
  <objective index="5" name="inner">
   <issue index="2" name="Colour" etype="discrete" type="discrete">
    <item index="1" value="red"/><item index="2" value="a &amp; b"/>
   </issue>
  </objective>
  <issue index="1" name="Number" etype="integer" type="integer" lowerbound="2" upperbound="4"/>
 </objective>
</utility_space></negotiation_template>)";

constexpr char kProfile[] = R"(<utility_space>
 <objective index="0" name="other">
  <objective index="5" name="inner">
   <issue index="2" name="Farbe" etype="discrete" type="discrete">
    <item index="2" value="a &amp; b" evaluation="3"/><item index="1" value="red" evaluation="6"/>
    <item index="3" value="blue" evaluation="12"/>
   </issue>
   <weight index="2" value="0.4"/>
  </objective>
  <issue index="1" name="Number" etype="integer" type="integer" lowerbound="2" upperbound="4">
   <evaluator ftype="linear" slope="0.7" offset="0.1"/>
  </issue>
  <weight index="1" value="0.6"/>
 </objective>
 <discount_factor value="0.9"/><reservation value="0.25"/>
</utility_space>)";

absl::StatusOr<NegotiationDomain> Parse(const std::string& domain, const std::string& profile) {
  return ParseDomain({"d", domain}, {{"p", profile}, {"q", profile}});
}

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

// Issues in the order of the document, matched by index and value; 6 and 3 over the greatest, 12,
// though the domain lacks its value; .1 + .7 (value - 2), held to 1.
TEST(Genius, IsReadAsGeniusReadsIt) {
  const auto domain = Parse(kTemplate, kProfile);
  ASSERT_TRUE(domain.ok()) << domain.status();
  ASSERT_EQ(domain->space.issues().size(), 2u);
  EXPECT_EQ(domain->space.issues()[0].name, "Colour");
  EXPECT_THAT(domain->space.issues()[0].values, ElementsAre("red", "a & b"));
  EXPECT_THAT(domain->space.issues()[1].values, ElementsAre("2", "3", "4"));
  const negotiation::Profile& profile = domain->profiles[0];
  EXPECT_THAT(profile.worth[0], ElementsAre(DoubleNear(.2, kTiny), DoubleNear(.1, kTiny)));
  EXPECT_THAT(profile.worth[1],
              ElementsAre(DoubleNear(.06, kTiny), DoubleNear(.48, kTiny), DoubleNear(.6, kTiny)));
  EXPECT_EQ(profile.reservation, .25);
  EXPECT_EQ(profile.discount, .9);
  EXPECT_TRUE(domain->notes.empty());
}

TEST(Genius, EvaluationsUpToOneAreNotScaled) {
  std::string profile = Replaced(kProfile, R"(evaluation="12")", R"(evaluation="1")");
  profile = Replaced(profile, R"(evaluation="6")", R"(evaluation="0.5")");
  profile = Replaced(profile, R"(evaluation="3")", R"(evaluation="0.25")");
  const auto domain = Parse(kTemplate, profile);
  ASSERT_TRUE(domain.ok()) << domain.status();
  EXPECT_THAT(domain->profiles[0].worth[0],
              ElementsAre(DoubleNear(.2, kTiny), DoubleNear(.1, kTiny)));
}

TEST(GeniusWeb, RangesAndNumbersAreRead) {
  const char* text = R"({"LinearAdditiveUtilitySpace": {
    "domain": {"name": "d", "issuesValues": {"price": {"range": ["10", "20", "5"]},
                                             "place": {"values": ["x", "y"]}}},
    "issueWeights": {"price": 0.5, "place": 0.5},
    "issueUtilities": {
      "price": {"numberutils": {"lowValue": 10, "lowUtility": 1, "highValue": 20, "highUtility": 0}},
      "place": {"discreteutils": {"valueUtilities": {"y": 1, "x": 0.2}}}},
    "reservationBid": {"issuevalues": {"price": "20", "place": "x"}}}})";
  const auto domain = Parse(text, text);
  ASSERT_TRUE(domain.ok()) << domain.status();
  EXPECT_THAT(domain->space.issues()[0].values, ElementsAre("10", "15", "20"));
  EXPECT_THAT(domain->profiles[0].worth[0], ElementsAre(.5, .25, 0));
  EXPECT_THAT(domain->profiles[0].worth[1], ElementsAre(.1, .5));
  EXPECT_NEAR(domain->profiles[0].reservation, .1, kTiny);
}

TEST(NegMas, RangesAndFunctionsAreRead) {
  const auto domain = Parse(
      R"({"issues": [{"name": "n", "type": "negmas.outcomes.ContiguousIssue", "values": [1, 3]},
                     {"name": "c", "type": "CategoricalIssue", "values": ["x", "y"]}]})",
      R"({"type": "LinearAdditiveUtilityFunction", "weights": [0.25, 0.75], "reserved_value": 0.1,
          "values": [{"type": "AffineFun", "slope": 0.5, "bias": -0.5},
                     {"type": "TableFun", "mapping": {"x": 0, "y": 1}}]})");
  ASSERT_TRUE(domain.ok()) << domain.status();
  EXPECT_THAT(domain->profiles[0].worth[0], ElementsAre(0, .125, .25));
  EXPECT_THAT(domain->profiles[0].worth[1], ElementsAre(0, .75));
  EXPECT_EQ(domain->profiles[0].reservation, .1);
}

TEST(Domains, WrongContentNamesItsPlace) {
  const struct {
    std::string domain;
    std::string profile;
    const char* message;
  } cases[] = {
      {kTemplate, Replaced(kProfile, R"("6")", R"("-6")"), "p:5: item evaluation: '-6'"},
      {kTemplate, Replaced(kProfile, R"("0.7")", R"("inf")"), "p:11: evaluator slope: 'inf'"},
      {kTemplate, Replaced(kProfile, R"(index="1" value="0.6")", R"(index="1" value="x")"),
       "p:13: weight value: 'x' is not allowed; a number from 0 to"},
      {kTemplate, Replaced(kProfile, R"(etype="integer" type="integer")", R"(type="discrete")"),
       "another type in the domain"},
      {Replaced(kTemplate, R"(index="2" name)", R"(index="1" name)"), kProfile,
       "index 1 stands twice"},
      {Replaced(kTemplate, R"(upperbound="4")", R"(upperbound="4.5")"), kProfile, "a whole number"},
      {Replaced(kTemplate, R"(upperbound="4")", R"(upperbound="1")"), kProfile, "lies below"},
      {"{}", "{}", "neither GeniusWeb"},
      {"", "", "d:1: no well-formed JSON"},
  };
  for (const auto& each : cases) {
    const auto domain = Parse(each.domain, each.profile);
    ASSERT_FALSE(domain.ok()) << each.message;
    EXPECT_TRUE(absl::IsInvalidArgument(domain.status()));
    EXPECT_THAT(std::string(domain.status().message()), HasSubstr(each.message));
    EXPECT_EQ(domain.status().message().find('\n'), absl::string_view::npos);
  }
}

// Readers that look a name up by going through all names would take minutes.
TEST(Domains, LargeFilesTakeNoQuadraticTime) {
  std::string values;
  for (int i = 0; i < 200'000; ++i) {
    values += (i == 0 ? "\"" : ", \"") + std::to_string(i) + "\": 1";
  }
  const std::string text = R"({"issueWeights": {"a": 1}, "issues": {"a": {)" + values + "}}}";
  const auto domain = Parse(text, text);
  ASSERT_TRUE(domain.ok()) << domain.status();
  EXPECT_EQ(domain->space.size(), 200'000u);
}

TEST(Json, RefusesWhatWouldBeAmbiguousOrEndless) {
  EXPECT_FALSE(ParseJson({"f", R"({"a": 1, "a": 2})"}).ok());
  EXPECT_FALSE(ParseJson({"f", std::string(1'000'000, '[')}).ok());
  std::string many = "[0";
  for (int i = 0; i < 2'000'000; ++i) many += ",0";
  EXPECT_FALSE(ParseJson({"f", many + "]"}).ok());
  EXPECT_FALSE(ParseJson({"f", "[1e999]"}).ok());
  EXPECT_FALSE(ParseJson({"f", "[NaN]"}).ok());
  EXPECT_FALSE(ParseJson({"f", "\"\xFF\""}).ok());
  EXPECT_TRUE(ParseJson({"f", R"({"a": [1, 2.5, "x", null, true]})"}).ok());
}

TEST(LoadDomain, ToldApartWhatIsMissingAndWhatIsWrong) {
  EXPECT_TRUE(absl::IsNotFound(LoadDomain("no-such-file.xml", {}).status()));
  EXPECT_TRUE(absl::IsInvalidArgument(LoadDomain(testing::TempDir(), {"x"}).status()));
}

}  // namespace
}  // namespace oneup::sims
