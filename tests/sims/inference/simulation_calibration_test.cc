#include "sims/inference/simulation_calibration.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "market/kernel/random.h"
#include "sims/inference/abc_smc.h"

namespace oneup::sims {
namespace {

// theta ~ normal(0, 1), y ~ normal(theta, 1): the posterior is normal(y / 2, 1 / sqrt(2)). Ranks
// among 19 draws from one that is `shift` off and `widen` times as wide.
std::vector<int> Ranks(double shift, double widen, uint64_t seed = 1) {
  std::vector<int> ranks;
  for (uint32_t study = 0; study < 1000; ++study) {
    kernel::Stream stream(seed, study, 0);
    const double truth = stream.Normal();
    const double y = truth + stream.Normal();
    std::vector<double> draws;
    for (int i = 0; i < 19; ++i) {
      draws.push_back(stream.Normal(y / 2 + shift, widen / std::sqrt(2.0)));
    }
    ranks.push_back(CalibrationRank(truth, draws));
  }
  return ranks;
}

TEST(CalibrationRank, CountsTheDrawsBelow) {
  const std::vector<double> draws = {3, 1, 2};
  EXPECT_EQ(CalibrationRank(0, draws), 0);
  EXPECT_EQ(CalibrationRank(2.5, draws), 2);
  EXPECT_EQ(CalibrationRank(4, draws), 3);
}

TEST(TestRanks, CountsAndMeasures) {
  // 10 ranks in 0..3 two by two: 6 and 4 where 5 and 5 are expected.
  const std::vector<int> ranks = {0, 0, 1, 1, 1, 0, 2, 3, 2, 3};
  const RankUniformity result = TestRanks(ranks, 3, 2).value();
  EXPECT_EQ(result.counts, (std::vector<int>{6, 4}));
  EXPECT_DOUBLE_EQ(result.statistic, .4);
  EXPECT_NEAR(result.p, .527, .0005);  // one degree of freedom
}

TEST(TestRanks, TheRightPosteriorIsRejectedAtTheRateOfTheTest) {
  int rejected = 0;
  for (uint64_t seed = 1; seed <= 200; ++seed) {
    if (TestRanks(Ranks(0, 1, seed), 19, 20)->p < .05) ++rejected;
  }
  EXPECT_NEAR(rejected / 200.0, .05, 4 * std::sqrt(.05 * .95 / 200));
}

TEST(TestRanks, WrongPosteriorsAreFoundAndTheirShapeTellsWhy) {
  const RankUniformity wide = TestRanks(Ranks(0, 1.5), 19, 20).value();
  EXPECT_LT(wide.p, 1e-6);
  EXPECT_GT(wide.counts[10], wide.counts[0]);
  const RankUniformity narrow = TestRanks(Ranks(0, .7), 19, 20).value();
  EXPECT_LT(narrow.p, 1e-6);
  EXPECT_LT(narrow.counts[10], narrow.counts[0]);
  const RankUniformity high = TestRanks(Ranks(.3, 1), 19, 20).value();
  EXPECT_LT(high.p, 1e-6);
  EXPECT_GT(high.counts[0], high.counts[19]);
}

TEST(TestRanks, SaysWhatIsAllowed) {
  const std::vector<int> ranks(100, 0);
  EXPECT_EQ(TestRanks(ranks, 19, 3).status().message(),
            "3 bins for ranks among 19 draws; must be at least 2 and divide 20");
  EXPECT_EQ(TestRanks(ranks, 99, 50).status().message(),
            "100 ranks in 50 bins; must be at least 5 a bin");
  EXPECT_EQ(TestRanks(std::vector<int>(100, 20), 19, 2).status().message(),
            "rank 20 among 19 draws; must be 0 to 19");
  EXPECT_FALSE(TestRanks(ranks, 19, 1).ok());
}

// The whole way: approximate Bayesian computation of a normal mean under a uniform prior.
TEST(TestRanks, ApproximateBayesianComputationIsCalibrated) {
  const std::vector<Prior> priors = {{.name = "mean", .min = -3, .max = 3}};
  const auto simulation = [](std::span<const double> theta, kernel::Stream& stream) {
    return std::vector<double>{theta[0] + stream.Normal(0, .5)};
  };
  std::vector<int> ranks;
  for (uint32_t study = 0; study < 200; ++study) {
    kernel::Stream stream(29, study, 0);
    const double truth = stream.Uniform(-3, 3);
    const std::vector<double> observed = simulation(std::vector<double>{truth}, stream);
    const AbcResult result = RunAbc(priors, simulation, observed,
                                    {.particles = 150, .max_generations = 6, .seed = 1000 + study})
                                 .value();
    ranks.push_back(CalibrationRank(truth, PosteriorDraws(result, 0, 19, study)));
  }
  EXPECT_GT(TestRanks(ranks, 19, 10)->p, .01);
}

}  // namespace
}  // namespace oneup::sims
