#include "sims/stats/multiple_tests.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "market/kernel/math.h"
#include "market/kernel/random.h"

namespace oneup::sims {
namespace {

using Values = std::vector<double>;

// R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") is 0.03 0.06 0.06 0.02.
TEST(HolmAdjusted, AgreesWithRInTheOrderGiven) {
  const Values adjusted = HolmAdjusted(Values{.01, .04, .03, .005});
  const Values expected = {.03, .06, .06, .02};
  for (size_t i = 0; i < expected.size(); ++i) EXPECT_NEAR(adjusted[i], expected[i], 1e-15);
}

TEST(HolmAdjusted, NaNStaysAndDoesNotCount) {
  const Values adjusted = HolmAdjusted(Values{math::kNaN, .02, math::kNaN, .03});
  EXPECT_TRUE(std::isnan(adjusted[0]));
  EXPECT_TRUE(std::isnan(adjusted[2]));
  EXPECT_DOUBLE_EQ(adjusted[1], .04);
  EXPECT_DOUBLE_EQ(adjusted[3], .04);
  EXPECT_TRUE(HolmAdjusted({}).empty());
}

TEST(HolmAdjusted, OneTestIsLeftAloneAndNoneExceedsOne) {
  EXPECT_EQ(HolmAdjusted(Values{.3}), (Values{.3}));
  EXPECT_EQ(HolmAdjusted(Values{.9, .6, .7}), (Values{1, 1, 1}));
}

TEST(HolmAdjusted, FindsAnyFalseEffectInAtMostFivePercentOfStudies) {
  constexpr int kStudies = 4000;
  int wrong = 0;
  for (uint32_t study = 0; study < kStudies; ++study) {
    kernel::Stream stream(3, study, 0);
    Values p = {1e-6};  // one hypothesis that is false, and nine that hold
    for (int i = 0; i < 9; ++i) p.push_back(stream.Uniform());
    const Values adjusted = HolmAdjusted(p);
    bool any = false;
    for (size_t i = 1; i < p.size(); ++i) any = any || adjusted[i] <= .05;
    if (any) ++wrong;
  }
  EXPECT_NEAR(wrong / double{kStudies}, .05, 4 * std::sqrt(.05 * .95 / kStudies));
}

}  // namespace
}  // namespace oneup::sims
