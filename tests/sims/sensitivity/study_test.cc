#include "sims/sensitivity/study.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "market/kernel/math.h"
#include "market/kernel/random.h"

namespace oneup::sims {
namespace {

std::vector<Factor> Between(int count, double min, double max) {
  std::vector<Factor> factors;
  for (int i = 0; i < count; ++i) {
    factors.push_back({.name = "x" + std::to_string(i), .min = min, .max = max});
  }
  return factors;
}

StudyDesign Sobol(const std::vector<Factor>& factors, int64_t samples) {
  StudyDesign design = {.kind = StudyKind::kSobolIndices,
                        .points = SobolDesign(factors, {.samples = samples}).value()};
  for (const Factor& factor : factors) design.factors.push_back(factor.name);
  return design;
}

StudyDesign Morris(const std::vector<Factor>& factors, int trajectories) {
  MorrisDesign made = MorrisTrajectories(factors, {.trajectories = trajectories}).value();
  StudyDesign design = {.points = made.points, .unit = made.unit};
  for (const Factor& factor : factors) design.factors.push_back(factor.name);
  return design;
}

// A standard normal of its own for each pair.
double Noise(size_t point, size_t replicate) {
  return kernel::Stream(7, static_cast<uint32_t>(point), static_cast<uint32_t>(replicate)).Normal();
}

// T. Ishigami and T. Homma (1990); the indices are those of A. Saltelli et al. (2008), "Global
// Sensitivity Analysis: The Primer", section 4.
double Ishigami(const std::vector<double>& x) {
  const double s1 = math::SinCosTwoPi(x[0] / (2 * math::kPi)).sin;
  const double s2 = math::SinCosTwoPi(x[1] / (2 * math::kPi)).sin;
  return s1 + 7 * s2 * s2 + .1 * x[2] * x[2] * x[2] * x[2] * s1;
}

TEST(Study, OfIshigamiHasThePublishedIndices) {
  const StudyDesign design = Sobol(Between(3, -math::kPi, math::kPi), 4095);
  const StudyResult study =
      RunStudy(design, 1, [&](size_t p, size_t) { return Ishigami(design.points[p]); },
               {.resamples = 20})
          .value();
  const double first[] = {.3139, .4424, 0};
  const double total[] = {.5576, .4424, .2437};
  for (size_t f = 0; f < 3; ++f) {
    EXPECT_NEAR(study.sobol[f].first, first[f], .01) << f;
    EXPECT_NEAR(study.sobol[f].total, total[f], .01) << f;
  }
  EXPECT_NEAR(study.first_sum, .7563, .01);
  EXPECT_NEAR(study.deviation * study.deviation, 13.8446, .1);
  EXPECT_EQ(study.missing, 0u);
  EXPECT_TRUE(std::isnan(study.noise));  // one replicate says nothing of seeds
}

TEST(Study, OfAStraightLineHasItsSlopes) {
  const StudyDesign design = Morris(Between(3, 0, 2), 10);
  const StudyResult study = RunStudy(design, 2,
                                     [&](size_t p, size_t r) {
                                       // A seed that is lucky everywhere is no noise.
                                       return 3 * design.points[p][0] - design.points[p][1] +
                                              100. * static_cast<double>(r);
                                     },
                                     {})
                                .value();
  EXPECT_NEAR(study.morris[0].mu, 6, 1e-9);
  EXPECT_NEAR(study.morris[1].mu, -2, 1e-9);
  EXPECT_NEAR(study.morris[1].mu_star, 2, 1e-9);
  EXPECT_NEAR(study.morris[0].sigma, 0, 1e-9);
  EXPECT_EQ(study.morris[2].mu_star, 0);
  EXPECT_NEAR(study.noise, 0, 1e-9);
  EXPECT_NEAR(study.floor, 0, 1e-5);
  EXPECT_GT(study.seeds, 0.99);  // of a single run's variance they are nearly all
}

// Of y = x0 + e, s = 1/2: averages of 4 have a variance of 1/12 + 1/16.
TEST(Study, TellsHowMuchIsNoise) {
  const StudyDesign design = Sobol(Between(2, 0, 1), 1024);
  const auto outcome = [&](size_t p, size_t r) { return design.points[p][0] + .5 * Noise(p, r); };
  for (const bool common : {true, false}) {
    const StudyResult study =
        RunStudy(design, 4, outcome, {.resamples = 20, .common_seeds = common}).value();
    EXPECT_NEAR(study.noise, (1. / 16) / (1. / 12 + 1. / 16), .03) << common;
    EXPECT_NEAR(study.seeds, .25 / (1. / 12 + .25), .03) << common;
    // What does nothing but shuffle draws has the floor's total index.
    EXPECT_NEAR(study.sobol[1].total, study.floor, .05) << common;
  }
}

TEST(Study, AFactorThatShufflesDrawsHasTheFloorsEffect) {
  const StudyDesign design = Morris(Between(2, 0, 1), 500);
  const StudyResult study =
      RunStudy(design, 3, Noise, {.resamples = 20, .common_seeds = false}).value();
  for (const MorrisEffect& effect : study.morris) {
    EXPECT_NEAR(effect.mu_star / study.floor, 1, .1);
  }
}

TEST(Study, AveragesWhatIsThereAndLeavesOutBlocksWithoutAny) {
  const StudyDesign design = Morris(Between(2, 0, 1), 4);
  const auto outcome = [&](size_t p, size_t r) {
    const bool gone = p == 4 || (p == 0 && r == 1);
    return gone ? math::kNaN : 5 * design.points[p][1];
  };
  const StudyResult study = RunStudy(design, 2, outcome, {.resamples = 20}).value();
  EXPECT_EQ(study.runs, 24u);
  EXPECT_EQ(study.missing, 3u);
  EXPECT_EQ(study.blocks, 4u);
  EXPECT_EQ(study.used, 3u);
  EXPECT_NEAR(study.morris[1].mu, 5, 1e-9);

  // Row 2 of a Sobol' design: one of its parts is enough.
  const StudyDesign sobol = Sobol(Between(2, 0, 1), 16);
  const auto second = [&](size_t p, size_t) {
    return p == 3 * 16 + 2 ? math::kNaN : sobol.points[p][0];
  };
  const StudyResult indices = RunStudy(sobol, 1, second, {.resamples = 20}).value();
  EXPECT_EQ(indices.used, 15u);
  EXPECT_EQ(indices.sobol[1].total, 0);
  EXPECT_NEAR(indices.sobol[0].total, 1, .3);
}

TEST(Study, SaysInOneLineWhatIsWrong) {
  const StudyDesign design = Morris(Between(2, 0, 1), 3);
  const auto missing = [](size_t p, size_t) { return p < 3 ? 1 : math::kNaN; };
  EXPECT_EQ(RunStudy(design, 2, missing, {}).status().message(),
            "exists at all points of 1 of 3 trajectories; needs 2 (missing in 12 of 18 runs)");
  EXPECT_EQ(RunStudy(design, 0, missing, {}).status().message(),
            "0 replicates, 1000 resamples; must be at least 1");
  StudyDesign broken = design;
  broken.points.pop_back();
  EXPECT_EQ(RunStudy(broken, 1, missing, {}).status().message(),
            "8 points of 2 factors are no such design");
}

}  // namespace
}  // namespace oneup::sims
