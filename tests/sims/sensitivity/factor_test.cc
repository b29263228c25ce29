#include "sims/sensitivity/factor.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "market/kernel/math.h"

namespace oneup::sims {
namespace {

TEST(FactorValue, SpreadsOverTheScale) {
  const Factor linear = {"a", -2, 6, FactorScale::kLinear, {}};
  EXPECT_EQ(FactorValue(linear, 0), -2);
  EXPECT_EQ(FactorValue(linear, .25), 0);
  EXPECT_EQ(FactorValue(linear, 1), 6);
  const Factor log = {"b", .01, 100, FactorScale::kLog, {}};
  EXPECT_EQ(FactorValue(log, 0), .01);
  EXPECT_NEAR(FactorValue(log, .5), 1, 1e-12);
  EXPECT_EQ(FactorValue(log, 1), 100);
}

TEST(FactorValue, LevelsShareTheRangeEqually) {
  const Factor factor = {.name = "a", .levels = {7, 3, 5}};
  EXPECT_EQ(FactorValue(factor, 0), 7);
  EXPECT_EQ(FactorValue(factor, .33), 7);
  EXPECT_EQ(FactorValue(factor, .34), 3);
  EXPECT_EQ(FactorValue(factor, .67), 5);
  EXPECT_EQ(FactorValue(factor, 1), 5);
}

TEST(CheckFactors, SaysWhichFactorAndWhatIsAllowed) {
  const struct {
    std::vector<Factor> factors;
    std::string message;
  } cases[] = {
      {{}, "0 factors; must be 1 to 1000"},
      {{{.name = ""}}, "a factor has no name"},
      {{{.name = "a"}, {.name = "a"}}, "factor a: the name stands twice"},
      {{{.name = "a", .min = 2, .max = 1}}, "factor a: min 2 must be below max 1"},
      {{{.name = "a", .min = 1, .max = 1}}, "factor a: min 1 must be below max 1"},
      {{{.name = "a", .max = math::kNaN}}, "factor a: a bound is not finite"},
      {{{.name = "a", .min = 0, .max = 1, .scale = FactorScale::kLog}},
       "factor a: min 0 must be above 0 on a log scale"},
      {{{.name = "a", .levels = {1, 2, 1}}}, "factor a: a level stands twice"},
      {{{.name = "a", .levels = {math::kInfinity}}}, "factor a: a level is not finite"},
  };
  for (const auto& each : cases) EXPECT_EQ(CheckFactors(each.factors).message(), each.message);
  EXPECT_TRUE(CheckFactors(std::vector<Factor>{{.name = "a", .levels = {1}}}).ok());
}

}  // namespace
}  // namespace oneup::sims
