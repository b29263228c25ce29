#include "sims/stats/paired.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <vector>

#include "market/kernel/random.h"
#include "sims/stats/intervals.h"

namespace oneup::sims {
namespace {

using Values = std::vector<double>;

TEST(ComparePairs, MeasuresDifferencesPairByPair) {
  // Differences 1, 1, 1, 3: mean 1.5, variance 1, standard error 1/2.
  const PairedDifference pairs = ComparePairs(Values{1, 2, 3, 4}, Values{2, 3, 4, 7});
  EXPECT_EQ(pairs.baseline, 2.5);
  EXPECT_EQ(pairs.changed, 4);
  EXPECT_EQ(pairs.difference, 1.5);
  constexpr double kT3 = 3.182446305;  // 97.5 % of Student's t, 3 degrees of freedom
  EXPECT_NEAR(pairs.low, 1.5 - kT3 / 2, 1e-8);
  EXPECT_NEAR(pairs.high, 1.5 + kT3 / 2, 1e-8);
  // var a = 5/3, var b = 14/3, var(b - a) = 1.
  EXPECT_NEAR(pairs.variance_reduction, 19.0 / 3, 1e-12);
}

TEST(ComparePairs, IndependentArmsGainNothing) {
  // Orthogonal: var a = var b = 4/3, var(b - a) = 8/3.
  const Values a = {1, 1, -1, -1};
  EXPECT_NEAR(ComparePairs(a, Values{1, -1, 1, -1}).variance_reduction, 1, 1e-12);
}

TEST(ComparePairs, ADifferenceThatNeverVariesHasNoGain) {
  const PairedDifference pairs = ComparePairs(Values{1, 2}, Values{0, 1});
  EXPECT_EQ(pairs.low, -1);
  EXPECT_EQ(pairs.high, -1);
  EXPECT_TRUE(std::isnan(pairs.variance_reduction));
  EXPECT_TRUE(std::isnan(ComparePairs(Values{1}, Values{0}).low));
}

TEST(BcaInterval, ValuesThatDoNotVaryAndTooFew) {
  const Interval flat = BcaInterval(Values{2, 2, 2});
  EXPECT_EQ(flat.low, 2);
  EXPECT_EQ(flat.high, 2);
  EXPECT_TRUE(std::isnan(BcaInterval(Values{2}).low));
}

TEST(BcaInterval, OfASymmetricSampleIsNearThePercentileInterval) {
  Values values;
  for (int i = -50; i <= 50; ++i) values.push_back(i);
  const Interval bca = BcaInterval(values, .95, 4000, 7);
  const Interval percentile = Bootstrap(values, Mean, .95, 4000, 7);
  EXPECT_NEAR(bca.low, percentile.low, .4);
  EXPECT_NEAR(bca.high, percentile.high, .4);
}

TEST(BcaInterval, LeansWithTheSkew) {
  Values values;
  for (int i = 0; i < 40; ++i) values.push_back(i % 10 == 9 ? 20 : 1);
  const Interval interval = BcaInterval(values);
  EXPECT_GT(interval.high - Mean(values), Mean(values) - interval.low);
}

// Coverage of 95 % intervals of `count` values in 1500 samples; its standard error is .6 %.
double Coverage(const std::function<double(kernel::Stream&)>& draw, double mean,
                const std::function<Interval(const Values&)>& interval, int count = 40) {
  constexpr int kSamples = 1500;
  int held = 0;
  for (uint32_t i = 0; i < kSamples; ++i) {
    kernel::Stream stream(11, i, 0);
    Values values;
    for (int n = 0; n < count; ++n) values.push_back(draw(stream));
    const Interval found = interval(values);
    if (found.low <= mean && mean <= found.high) ++held;
  }
  return held / double{kSamples};
}

TEST(Intervals, HoldTheMeanOfNormalAndSkewedValuesAboutAsOftenAsTheySay) {
  const auto bca = [](const Values& values) { return BcaInterval(values, .95, 500); };
  const auto student = [](const Values& values) {
    const PairedDifference pairs = ComparePairs(Values(values.size()), values);
    return Interval{pairs.low, pairs.high};
  };
  const auto normal = [](kernel::Stream& stream) { return stream.Normal(); };
  const auto skewed = [](kernel::Stream& stream) { return stream.Exponential(1); };
  EXPECT_NEAR(Coverage(normal, 0, student), .95, .024);
  EXPECT_NEAR(Coverage(normal, 0, bca), .94, .024);
  EXPECT_NEAR(Coverage(normal, 0, bca, 10), .90, .024);
  // Of exponential values both fall short with 40 of them.
  EXPECT_NEAR(Coverage(skewed, 1, student), .93, .024);
  EXPECT_NEAR(Coverage(skewed, 1, bca), .93, .024);
}

TEST(SignFlipP, CountsTheAssignmentsThatAreAsFarOut) {
  // Sums of +-1 +-2 +-3: 6 4 2 0 0 -2 -4 -6.
  EXPECT_EQ(SignFlipP(Values{1, 2, 3}), 2.0 / 8);
  EXPECT_EQ(SignFlipP(Values{-1, -2, -3}), 2.0 / 8);
  EXPECT_EQ(SignFlipP(Values{-1, 2, 3}), 4.0 / 8);
  EXPECT_EQ(SignFlipP(Values{-1, -2, 3}), 1);
  EXPECT_EQ(SignFlipP(Values{5}), 1);
}

TEST(SignFlipP, ZerosCannotTell) {
  EXPECT_EQ(SignFlipP(Values{0, 1, 0, 2, 3}), 2.0 / 8);
  EXPECT_EQ(SignFlipP(Values{0, 0}), 1);
  EXPECT_TRUE(std::isnan(SignFlipP({})));
}

TEST(SignFlipP, SumsThatAreEqualButForRoundingAreAsFarOut) {
  // .1 + .2 - .3 is not 0 in floating point; neither should decide.
  EXPECT_EQ(SignFlipP(Values{.1, .2, -.3}), 1);
  EXPECT_EQ(SignFlipP(Values{.1, .2, .3, .4, -.4, -.3, -.2, -.1}), 1);
}

// Fisher's (1935) section 21, Darwin's 15 pairs of maize, in eighths of an inch: of the 2^15
// assignments 863 have a sum as great as the one seen, and as many one as small: P = .0527.
TEST(SignFlipP, FishersAnalysisOfDarwinsMaize) {
  const Values maize = {49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48};
  EXPECT_EQ(SignFlipP(maize), 2 * 863.0 / 32768);
}

TEST(SignFlipP, SampledAgreesWithExact) {
  const Values maize = {49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48};
  // Six more differences that are too small to matter send it over the bound.
  Values more = maize;
  for (int i = 0; i < 6; ++i) more.push_back(1e-6);
  EXPECT_NEAR(SignFlipP(more, 20'000, 3), .0527, 4 * std::sqrt(.0527 / 20'000));
  EXPECT_EQ(SignFlipP(more, 20'000, 3), SignFlipP(more, 20'000, 3));
}

TEST(SignFlipP, SampledIsNeverZero) { EXPECT_EQ(SignFlipP(Values(40, 1.0), 999), 1.0 / 1000); }

// Exact and sampled, on skewed sizes with random signs: the hypothesis holds.
TEST(SignFlipP, RejectsAtTheRateItSaysIfTheChangeDoesNothing) {
  for (const int pairs : {12, 30}) {
    constexpr int kStudies = 2000;
    Values p;
    for (uint32_t study = 0; study < kStudies; ++study) {
      kernel::Stream stream(17, study, static_cast<uint32_t>(pairs));
      Values differences;
      for (int i = 0; i < pairs; ++i) {
        const double size = stream.Exponential(1);
        differences.push_back(stream.Bernoulli(.5) ? size : -size);
      }
      p.push_back(SignFlipP(differences, 399, study));
    }
    for (const double size : {.05, .2, .5}) {
      const double rejected = RankOf(size + 1e-9, p);
      EXPECT_NEAR(rejected, size, 4 * std::sqrt(size * (1 - size) / kStudies))
          << pairs << " pairs at " << size;
    }
  }
}

TEST(SignFlipP, FindsAnEffectThatIsThere) {
  kernel::Stream stream(19, 0, 0);
  Values differences;
  for (int i = 0; i < 30; ++i) differences.push_back(stream.Normal(1, 1));
  EXPECT_LT(SignFlipP(differences), .001);
}

}  // namespace
}  // namespace oneup::sims
