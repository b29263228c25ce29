#include "sims/sensitivity/sobol_indices.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "market/kernel/math.h"

namespace oneup::sims {
namespace {

using Values = std::vector<double>;
using Function = std::function<double(const Values&)>;

std::vector<Factor> Between(int count, double min, double max) {
  std::vector<Factor> factors;
  for (int i = 0; i < count; ++i) {
    factors.push_back({.name = "x" + std::to_string(i), .min = min, .max = max});
  }
  return factors;
}

std::vector<SobolIndex> Indices(const std::vector<Factor>& factors, const SobolOptions& options,
                                const Function& f, int resamples = 200) {
  Values y;
  const Points points = SobolDesign(factors, options).value();
  for (const Values& point : points) y.push_back(f(point));
  return SobolIndices(y, static_cast<int>(factors.size()), .95, resamples).value();
}

// T. Ishigami and T. Homma (1990), "An importance quantification technique in uncertainty analysis
// for computer models": sin x1 + a sin^2 x2 + b x3^4 sin x1 on [-pi, pi]^3.
double Ishigami(const Values& x) {
  const double s1 = math::SinCosTwoPi(x[0] / (2 * math::kPi)).sin;
  const double s2 = math::SinCosTwoPi(x[1] / (2 * math::kPi)).sin;
  return s1 + 7 * s2 * s2 + .1 * x[2] * x[2] * x[2] * x[2] * s1;
}

// A. Saltelli et al. (2008), "Global Sensitivity Analysis: The Primer", section 4.
TEST(SobolIndices, OfIshigamiAreThePublishedOnes) {
  const auto indices = Indices(Between(3, -math::kPi, math::kPi), {.samples = 8191}, Ishigami, 50);
  const double first[] = {.3139, .4424, 0};
  const double total[] = {.5576, .4424, .2437};
  for (size_t f = 0; f < 3; ++f) {
    EXPECT_NEAR(indices[f].first, first[f], .005) << f;
    EXPECT_NEAR(indices[f].total, total[f], .005) << f;
  }
}

// I. M. Sobol's G: prod (|4 x_i - 2| + a_i) / (1 + a_i) on the unit cube (A. Saltelli and I. M.
// Sobol' 1995). With V_i = 1 / 3 (1 + a_i)^2 and V = prod (1 + V_i) - 1, S_i = V_i / V and
// ST_i = V_i prod over the others (1 + V_j) / V.
TEST(SobolIndices, OfTheGFunctionAreItsClosedForms) {
  const Values a = {0, 1, 4.5, 9, 99, 99, 99, 99};
  const auto g = [&](const Values& x) {
    double product = 1;
    for (size_t i = 0; i < a.size(); ++i) {
      product *= (std::fabs(4 * x[i] - 2) + a[i]) / (1 + a[i]);
    }
    return product;
  };
  double all = 1;
  for (const double each : a) all *= 1 + 1 / (3 * (1 + each) * (1 + each));
  const auto indices = Indices(Between(8, 0, 1), {.samples = 8191}, g, 50);
  for (size_t i = 0; i < a.size(); ++i) {
    const double v = 1 / (3 * (1 + a[i]) * (1 + a[i]));
    EXPECT_NEAR(indices[i].first, v / (all - 1), .01) << i;
    EXPECT_NEAR(indices[i].total, v * all / (1 + v) / (all - 1), .01) << i;
  }
  // The first as printed there: .716 and .787.
  EXPECT_NEAR(indices[0].first, .716, .01);
  EXPECT_NEAR(indices[0].total, .787, .01);
}

TEST(SobolIndices, AFactorThatDoesNothingHasExactlyNoTotal) {
  const auto indices =
      Indices(Between(2, 0, 1), {.samples = 255}, [](const Values& x) { return x[0] * x[0]; });
  EXPECT_EQ(indices[1].first, 0);
  EXPECT_EQ(indices[1].total, 0);
  EXPECT_EQ(indices[1].total_interval.high, 0);
}

TEST(SobolIndices, DoNotDependOnWhereTheOutcomeLies) {
  const auto near = Indices(Between(3, -3, 3), {.samples = 255}, Ishigami, 20);
  const auto far = Indices(
      Between(3, -3, 3), {.samples = 255}, [](const Values& x) { return 1e6 - 2 * Ishigami(x); },
      20);
  for (size_t f = 0; f < 3; ++f) {
    EXPECT_NEAR(near[f].first, far[f].first, 1e-8);
    EXPECT_NEAR(near[f].total, far[f].total, 1e-8);
    EXPECT_NEAR(near[f].first_interval.low, far[f].first_interval.low, 1e-8);
  }
}

TEST(SobolIndices, AnOutcomeThatDoesNotVaryHasNone) {
  const auto indices = Indices(Between(2, 0, 1), {.samples = 10}, [](const Values&) { return 3; });
  EXPECT_TRUE(std::isnan(indices[0].first));
  EXPECT_TRUE(std::isnan(indices[0].total_interval.low));
}

// Of x1 + 2 x2 the shares are 1/5 and 4/5.
TEST(SobolIndices, IntervalsOfRandomPointsHoldTheTruthAboutAsOftenAsTheySay) {
  constexpr int kStudies = 300;
  int held_first = 0;
  int held_total = 0;
  for (uint64_t seed = 1; seed <= kStudies; ++seed) {
    const auto indices = Indices(Between(2, 0, 1), {.samples = 200, .random = true, .seed = seed},
                                 [](const Values& x) { return x[0] + 2 * x[1]; });
    const auto holds = [](const Interval& interval, double truth) {
      return interval.low <= truth && truth <= interval.high;
    };
    if (holds(indices[0].first_interval, .2)) ++held_first;
    if (holds(indices[1].total_interval, .8)) ++held_total;
  }
  EXPECT_GE(held_first / double{kStudies}, .90);
  EXPECT_GE(held_total / double{kStudies}, .90);
  EXPECT_LE(held_total / double{kStudies}, .99);
}

TEST(SobolDesign, MixesOneColumnOfBIntoA) {
  for (const bool random : {false, true}) {
    const SobolOptions options = {.samples = 50, .random = random};
    const Points points = SobolDesign(Between(4, 0, 1), options).value();
    ASSERT_EQ(std::ssize(points), SobolSize(Between(4, 0, 1), options).value());
    for (size_t f = 0; f < 4; ++f) {
      for (size_t row = 0; row < 50; ++row) {
        for (size_t column = 0; column < 4; ++column) {
          EXPECT_EQ(points[(f + 2) * 50 + row][column],
                    points[(column == f ? 50 : 0) + row][column]);
        }
      }
    }
  }
}

TEST(SobolDesign, SaysWhatIsAllowed) {
  EXPECT_EQ(SobolSize(Between(8, 0, 1), {.samples = 100'001}).status().message(),
            "Sobol' indices from 100001 samples; must be 2 to 100000 with 8 factors");
  EXPECT_FALSE(SobolDesign(Between(2, 0, 1), {.samples = 1}).ok());
  EXPECT_FALSE(SobolDesign({}, {}).ok());
  EXPECT_EQ(SobolIndices(Values(7), 2).status().message(),
            "7 outcomes; must be n x 4, with n at least 2, and a factor at least");
  EXPECT_FALSE(SobolIndices(Values(8, math::kNaN), 2).ok());
  EXPECT_FALSE(SobolIndices(Values(8), 0).ok());
}

}  // namespace
}  // namespace oneup::sims
