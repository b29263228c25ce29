#include "sims/inference/abc_smc.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <string>
#include <vector>

#include "market/kernel/math.h"

namespace oneup::sims {
namespace {

using Values = std::vector<double>;

// The mean of 20 normal values of deviation 2 about theta; a sufficient summary.
constexpr double kError = 0.44721359549995794;  // 2 / sqrt(20)
Values MeanOfTwenty(std::span<const double> theta, kernel::Stream& stream) {
  double sum = 0;
  for (int i = 0; i < 20; ++i) sum += stream.Normal(theta[0], 2);
  return {sum / 20};
}
const std::vector<Prior> kWide = {{.name = "mean", .min = -10, .max = 10}};
const Values kObserved = {1.3};

AbcOptions Options() { return {.particles = 1000, .max_generations = 7, .seed = 5}; }

// Under a flat prior far wider than the error, the posterior given a mean within e of the observed
// one is that of normal(observed, error) plus a uniform of +-e.
TEST(RunAbc, FindsThePosteriorOfANormalMean) {
  for (const int generations : {3, 9}) {
    AbcOptions options = Options();
    options.max_generations = generations;
    const AbcResult result = RunAbc(kWide, MeanOfTwenty, kObserved, options).value();
    const double e = result.generations.back().tolerance * result.scales[0];
    const double deviation = std::sqrt(kError * kError + e * e / 3);
    const AbcMarginal mean = MarginalOf(result, 0);
    // Of 1000 weighted particles, some four standard errors.
    EXPECT_NEAR(mean.mean, 1.3, .15 * deviation) << generations;
    EXPECT_NEAR(mean.deviation, deviation, .11 * deviation) << generations;
    if (generations < 9) continue;
    // By now the tolerance hardly matters.
    EXPECT_LT(deviation, 1.03 * kError);
    EXPECT_NEAR(mean.interval.low, 1.3 - 1.645 * kError, .3 * kError);
    EXPECT_NEAR(mean.interval.high, 1.3 + 1.645 * kError, .3 * kError);
  }
}

// Log-normal prior about 1 with log deviation .5; the summary is ln theta with a normal error of
// .5: ln theta given a summary of 1 is normal(.5, .5 / sqrt(2)).
TEST(RunAbc, WeighsByThePrior) {
  const std::vector<Prior> priors = {{.name = "a",
                                      .min = .01,
                                      .max = 100,
                                      .shape = PriorShape::kLogNormal,
                                      .median = 1,
                                      .log_deviation = .5}};
  const auto simulation = [](std::span<const double> theta, kernel::Stream& stream) {
    return Values{math::Log(theta[0]) + stream.Normal(0, .5)};
  };
  const AbcResult result = RunAbc(priors, simulation, Values{1}, Options()).value();
  double mean = 0;
  double square = 0;
  for (const AbcParticle& each : result.particles) {
    mean += each.weight * std::log(each.theta[0]);
    square += each.weight * std::log(each.theta[0]) * std::log(each.theta[0]);
  }
  EXPECT_NEAR(mean, .5, .05);
  EXPECT_NEAR(std::sqrt(square - mean * mean), .5 / std::sqrt(2.0), .05);
}

// y1 = a + b and y2 = a - b, each with an error of .1: a and b are independent, .1 / sqrt(2) wide.
TEST(RunAbc, FindsTwoParametersAtOnce) {
  const std::vector<Prior> priors = {{.name = "a", .min = -2, .max = 2},
                                     {.name = "b", .min = -2, .max = 2}};
  const auto simulation = [](std::span<const double> theta, kernel::Stream& stream) {
    const double first = theta[0] + theta[1] + stream.Normal(0, .1);
    const double second = theta[0] - theta[1] + stream.Normal(0, .1);
    return Values{first, second};
  };
  AbcOptions options = Options();
  options.particles = 500;
  options.max_generations = 12;
  const AbcResult result = RunAbc(priors, simulation, Values{.8, .2}, options).value();
  EXPECT_NEAR(MarginalOf(result, 0).mean, .5, .03);
  EXPECT_NEAR(MarginalOf(result, 1).mean, .3, .03);
  EXPECT_NEAR(MarginalOf(result, 0).deviation, .0707, .02);
}

TEST(RunAbc, ToleranceFallsAndAllParticlesKeepToIt) {
  const AbcResult result = RunAbc(kWide, MeanOfTwenty, kObserved, Options()).value();
  ASSERT_EQ(result.generations.size(), 7);
  EXPECT_EQ(result.stop, AbcStop::kGenerations);
  EXPECT_EQ(result.generations[0].tolerance, math::kInfinity);
  EXPECT_EQ(result.generations[0].simulations, 1000);
  for (size_t g = 1; g < 7; ++g) {
    EXPECT_LT(result.generations[g].tolerance, result.generations[g - 1].tolerance);
    EXPECT_GE(result.generations[g].simulations, 1000);
    EXPECT_GT(result.generations[g].effective_sample_size, 200);
    EXPECT_LE(result.generations[g].effective_sample_size, 1000 + 1e-6);
  }
  double weights = 0;
  for (const AbcParticle& each : result.particles) {
    EXPECT_LE(each.distance, result.generations.back().tolerance);
    weights += each.weight;
  }
  EXPECT_NEAR(weights, 1, 1e-12);
}

TEST(RunAbc, IsTheSameForAnyNumberOfThreads) {
  AbcOptions options = Options();
  options.particles = 100;
  const AbcResult one = RunAbc(kWide, MeanOfTwenty, kObserved, options).value();
  options.threads = 4;
  const AbcResult four = RunAbc(kWide, MeanOfTwenty, kObserved, options).value();
  ASSERT_EQ(one.particles.size(), four.particles.size());
  for (size_t i = 0; i < one.particles.size(); ++i) {
    EXPECT_EQ(one.particles[i].theta, four.particles[i].theta);
    EXPECT_EQ(one.particles[i].weight, four.particles[i].weight);
  }
  options.seed = 6;
  const AbcResult other = RunAbc(kWide, MeanOfTwenty, kObserved, options).value();
  EXPECT_NE(one.particles[0].theta, other.particles[0].theta);
}

TEST(RunAbc, StopsForTheReasonItGives) {
  AbcOptions options = Options();
  options.particles = 50;
  const auto stop = [&](const AbcSimulation& simulation) {
    return RunAbc(kWide, simulation, kObserved, options).value().stop;
  };
  options.target_tolerance = .2;
  EXPECT_EQ(stop(MeanOfTwenty), AbcStop::kTolerance);
  options.target_tolerance = 0;
  options.max_simulations = 60;
  EXPECT_EQ(stop(MeanOfTwenty), AbcStop::kSimulations);
  options.max_simulations = 1'000'000;
  options.max_generations = 100;
  options.max_attempts = 20;
  EXPECT_EQ(stop(MeanOfTwenty), AbcStop::kAttempts);
  // All summaries are equal, so all distances are.
  EXPECT_EQ(stop([](std::span<const double>, kernel::Stream&) { return Values{7}; }),
            AbcStop::kNoProgress);
}

TEST(RunAbc, StoppedItGivesTheLastWholeGeneration) {
  AbcOptions options = Options();
  options.particles = 50;
  options.max_generations = 3;
  const AbcResult three = RunAbc(kWide, MeanOfTwenty, kObserved, options).value();
  int64_t made = 0;
  for (const AbcGeneration& each : three.generations) made += each.simulations;
  std::atomic<bool> stop = false;
  std::atomic<int64_t> simulations = 0;
  int64_t last = made + 1;  // in the middle of the fourth
  const AbcSimulation stopping = [&](std::span<const double> theta, kernel::Stream& stream) {
    if (++simulations == last) stop = true;
    return MeanOfTwenty(theta, stream);
  };
  options.max_generations = 10;
  options.stop = &stop;
  const AbcResult stopped = RunAbc(kWide, stopping, kObserved, options).value();
  EXPECT_EQ(stopped.stop, AbcStop::kAsked);
  EXPECT_EQ(simulations, last);
  ASSERT_EQ(stopped.generations.size(), 3u);
  for (size_t i = 0; i < 50; ++i) {
    EXPECT_EQ(stopped.particles[i].theta, three.particles[i].theta);
    EXPECT_EQ(stopped.particles[i].weight, three.particles[i].weight);
  }
  stop = false;
  simulations = 0;
  last = 49;
  EXPECT_TRUE(absl::IsCancelled(RunAbc(kWide, stopping, kObserved, options).status()));
  EXPECT_EQ(simulations, last);
}

TEST(RunAbc, TheTargetIsWhereTheLastToleranceStops) {
  AbcOptions options = Options();
  options.target_tolerance = .1;
  options.max_generations = 50;
  const AbcResult result = RunAbc(kWide, MeanOfTwenty, kObserved, options).value();
  EXPECT_EQ(result.generations.back().tolerance, .1);
}

TEST(RunAbc, ASimulationThatFailsIsNeverKept) {
  const auto simulation = [](std::span<const double> theta, kernel::Stream& stream) {
    return theta[0] < 0 ? Values{math::kNaN} : MeanOfTwenty(theta, stream);
  };
  const AbcResult result = RunAbc(kWide, simulation, Values{.1}, Options()).value();
  for (const AbcParticle& each : result.particles) EXPECT_GE(each.theta[0], 0);
}

TEST(RunAbc, SaysWhatIsWrong) {
  const auto message = [](const AbcSimulation& simulation, const Values& observed,
                          const AbcOptions& options) {
    return std::string(RunAbc(kWide, simulation, observed, options).status().message());
  };
  EXPECT_EQ(message(MeanOfTwenty, kObserved, {.particles = 9}),
            "9 particles; must be 10 to 1000000");
  EXPECT_EQ(message(MeanOfTwenty, kObserved, {.quantile = 1}),
            "quantile 1 must lie between 0 and 1");
  EXPECT_EQ(message(MeanOfTwenty, kObserved, {.scales = {1, 1}}), "2 scales of 1 summaries");
  EXPECT_EQ(message(MeanOfTwenty, kObserved, {.scales = {0}}), "a scale is not above 0");
  EXPECT_EQ(message(MeanOfTwenty, {}, {}), "observed summaries must be finite, at least one");
  EXPECT_EQ(message(MeanOfTwenty, {1, 2}, {}),
            "a simulation gives another number of summaries than the 2 observed");
  const auto fails = [](std::span<const double>, kernel::Stream&) { return Values{math::kNaN}; };
  EXPECT_EQ(message(fails, kObserved, {.max_attempts = 3}),
            "simulations from the priors failed 3 times in a row");
  EXPECT_FALSE(RunAbc({}, MeanOfTwenty, kObserved, {}).ok());
}

TEST(MarginalOf, WeighsEachParticle) {
  AbcResult result;
  result.particles = {{{4}, .1, 0}, {{1}, .5, 0}, {{2}, .4, 0}};
  const AbcMarginal marginal = MarginalOf(result, 0, .9);
  EXPECT_NEAR(marginal.mean, 1.7, 1e-15);
  EXPECT_NEAR(marginal.deviation, std::sqrt(.1 * 16 + .5 + .4 * 4 - 1.7 * 1.7), 1e-12);
  EXPECT_EQ(marginal.interval.low, 1);
  EXPECT_EQ(marginal.interval.high, 4);
  const Values draws = PosteriorDraws(result, 0, 4000, 1);
  EXPECT_NEAR(static_cast<double>(std::ranges::count(draws, 1)) / 4000, .5, .03);
  EXPECT_NEAR(static_cast<double>(std::ranges::count(draws, 4)) / 4000, .1, .02);
}

}  // namespace
}  // namespace oneup::sims
