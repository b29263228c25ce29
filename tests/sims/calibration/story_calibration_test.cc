// Fit, posterior and recovery of a calibration of principals on a stand-in whose truth is known;
// story_recovery_test.cc has the simulator itself.
#include "sims/calibration/story_calibration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <string>

#include "market/kernel/math.h"
#include "market/kernel/random.h"
#include "sims/calibration/identifiability.h"
#include "sims/calibration/story_posterior.h"

namespace oneup::sims {
namespace {

using ::testing::HasSubstr;

// "pull" decides how often the first event happens, "haste" when the second does, and "idle"
// nothing.
v1::StoryCalibration StandIn() {
  v1::StoryCalibration specification;
  specification.set_until("2025-06-30");
  for (const char* path : {"pull", "haste", "idle"}) {
    v1::FreeParameter& parameter = *specification.add_parameters();
    parameter.set_path(path);
    parameter.set_min(0.05);
    parameter.set_max(20);
    parameter.set_prior(1);
    parameter.set_prior_sd(0.7);
  }
  v1::StoryTarget& share = *specification.add_targets();
  share.set_name("share");
  share.set_happened(true);
  // The weights make the errors of share and day, below, about alike in the distance.
  share.set_weight(280);
  v1::StoryTarget& day = *specification.add_targets();
  day.set_name("day");
  day.set_happened(true);
  day.set_date("2025-01-01");
  day.set_date_weight(40);
  return specification;
}

// Errs as an average over runs would: by a little, which depends on the seed.
std::vector<StoryMoment> StandInMoments(std::span<const double> values, uint64_t seed) {
  kernel::Stream stream(seed, 0, 0);
  const double pull = math::Log(values[0]) + 0.1 * stream.Normal();
  const double days = 120 * (math::Log(values[1]) + 0.1 * stream.Normal());
  StoryMoment share = {.share = 1 / (1 + math::Exp(-pull))};
  StoryMoment day = {
      .share = 1, .median = *kernel::ParseDay("2025-01-01") + static_cast<int>(std::lround(days))};
  return {share, day};
}

StoryPosteriorOptions PosteriorOptions(int particles, int generations) {
  StoryPosteriorOptions options;
  options.abc.particles = particles;
  options.abc.max_generations = generations;
  options.abc.threads = 2;
  options.fresh_seeds = true;
  return options;
}

TEST(StoryMoments, TheLossIsASquaredDistance) {
  const v1::StoryCalibration specification = StandIn();
  const auto observed = RecordedMoments(specification);
  EXPECT_EQ(observed[0].share, 1);
  EXPECT_FALSE(observed[0].median);
  const auto moments = StandInMoments(std::vector<double>{2, 0.7, 1}, 5);
  double loss = 0;
  for (int i = 0; i < 2; ++i) {
    const auto at = static_cast<size_t>(i);
    loss += MomentLoss(specification.targets(i), moments[at], observed[at]);
  }
  const MomentCoordinates at = CoordinatesOf(specification, moments, observed);
  double squares = 0;
  for (size_t i = 0; i < at.values.size(); ++i) {
    squares += std::pow((at.values[i] - at.observed[i]) / at.scales[i], 2);
  }
  EXPECT_EQ(at.values.size(), 3u);  // two shares, one day
  EXPECT_NEAR(squares, loss, 1e-12);
  EXPECT_GT(loss, 0);
}

TEST(StoryFit, FindsWhatMadeTheData) {
  const std::vector<double> truth = {2.5, 0.4, 1};
  v1::StoryCalibration specification = StandIn();
  for (auto& parameter : *specification.mutable_parameters()) parameter.set_prior(0);
  const StoryFit fit = FitMoments(specification, StandInMoments, StandInMoments(truth, 1),
                                  {1, 1, 1}, {.trials = 400});
  EXPECT_NEAR(fit.values[0], truth[0], 0.05);
  EXPECT_NEAR(fit.values[1], truth[1], 0.02);
  EXPECT_LT(fit.loss, 1e-3);
}

TEST(StoryFit, StoppedIsTheBestSoFar) {
  const v1::StoryCalibration specification = StandIn();
  const auto data = StandInMoments(std::vector<double>{2.5, 0.4, 1}, 1);
  std::vector<double> losses;
  std::atomic<bool> stop = false;
  // At the first trial, in the random search, in the local one, never.
  for (const int last : {1, 12, 35, 1000}) {
    losses.clear();
    stop = false;
    StoryFitOptions options = {.trials = 40, .stop = &stop};
    options.progress = [&](int trial, double loss, double) {
      losses.push_back(loss);
      stop = trial == last;
    };
    const StoryFit fit = FitMoments(specification, StandInMoments, data, {1, 1, 1}, options);
    EXPECT_EQ(fit.stopped, last < 1000) << last;
    EXPECT_EQ(std::ssize(losses), fit.trials);
    EXPECT_EQ(fit.trials == last, fit.stopped);
    EXPECT_EQ(fit.loss, *std::ranges::min_element(losses));
    EXPECT_EQ(
        ToSettings(specification, fit, "a command").find("Stopped after") == std::string::npos,
        last == 1000);
  }
}

TEST(StoryPosterior, ContractsWhereTheDataSpeak) {
  const v1::StoryCalibration specification = StandIn();
  const auto data = StandInMoments(std::vector<double>{2, 0.5, 1}, 77);
  const auto result =
      StoryPosterior(specification, StandInMoments, data, PosteriorOptions(300, 6)).value();
  const auto posteriors = PosteriorsOf(PriorsOf(specification), result);
  EXPECT_GT(posteriors[0].contraction, 0.8);
  EXPECT_GT(posteriors[1].contraction, 0.8);
  EXPECT_NEAR(posteriors[2].contraction, 0, 0.35);
  EXPECT_NEAR(math::Log(posteriors[0].posterior.mean / 2), 0, 0.35);
  EXPECT_NEAR(math::Log(posteriors[1].posterior.mean / 0.5), 0, 0.35);
  // exp(sd^2 / 2) of an uncut log-normal.
  EXPECT_NEAR(posteriors[0].prior_mean, math::Exp(0.245), 0.02);
  const auto correlations = PosteriorCorrelations(result);
  EXPECT_EQ(correlations[1][1], 1);
  EXPECT_EQ(correlations[0][2], correlations[2][0]);
  EXPECT_LT(std::fabs(correlations[0][2]), 0.35);
}

TEST(StoryPosterior, IsTheSameWithAnyNumberOfThreads) {
  const v1::StoryCalibration specification = StandIn();
  const auto data = StandInMoments(std::vector<double>{2, 0.5, 1}, 77);
  StoryPosteriorOptions options = PosteriorOptions(40, 3);
  options.fresh_seeds = false;
  const auto two = StoryPosterior(specification, StandInMoments, data, options).value();
  options.abc.threads = 1;
  const auto one = StoryPosterior(specification, StandInMoments, data, options).value();
  for (size_t i = 0; i < one.particles.size(); ++i) {
    EXPECT_EQ(one.particles[i].theta, two.particles[i].theta);
    EXPECT_EQ(one.particles[i].weight, two.particles[i].weight);
  }
}

RecoveryOptions ManyStudies(int generations) {
  RecoveryOptions options;
  options.studies = 200;
  options.trials = 100;
  // 20 k - 1 particles have quantiles that hold their nominal shares.
  options.posterior = PosteriorOptions(99, generations);
  return options;
}

TEST(Identifiability, TellsWhatCanBeFoundFromWhatCannot) {
  RecoveryOptions options = ManyStudies(9);
  std::vector<RecoveryStudy> kept;
  options.keep = [&](const RecoveryStudy& study, int done) {
    kept.push_back(study);
    EXPECT_EQ(static_cast<int>(kept.size()), done);
    return absl::OkStatus();
  };
  const auto recoveries =
      RecoverSynthetic(StandIn(), StandInMoments, StandInMoments, options).value();
  EXPECT_EQ(kept.size(), 200u);
  for (const size_t found : {0, 1}) {
    const ParameterRecovery& each = recoveries[found];
    EXPECT_GT(each.fit.correlation, 0.9) << each.path;
    EXPECT_GT(each.mean.correlation, 0.9) << each.path;
    EXPECT_NEAR(each.mean.bias, 0, 0.05) << each.path;
    EXPECT_LT(each.fit.error, each.prior_error / 2) << each.path;
    EXPECT_LT(each.mean.error, each.prior_error / 2) << each.path;
  }
  const ParameterRecovery& idle = recoveries[2];
  EXPECT_LT(std::fabs(idle.mean.correlation), 0.3);
  EXPECT_GT(idle.mean.error, idle.prior_error * 0.9);
  for (const ParameterRecovery& each : recoveries) {
    // 99.9 % of binomial(200, 0.5) and (200, 0.9): neither too narrow nor too wide.
    EXPECT_GE(each.held_50, 77) << each.path;
    EXPECT_LE(each.held_50, 123) << each.path;
    EXPECT_GE(each.held_90, 165) << each.path;
    EXPECT_LE(each.held_90, 192) << each.path;
    ASSERT_TRUE(each.uniformity);
    EXPECT_EQ(each.uniformity->counts.size(), 20u);
    EXPECT_GT(each.uniformity->p, 0.001) << each.path;
  }
}

// The bounds above, and the test of ranks, see what three generations leave too wide.
TEST(Identifiability, SeesThatAToleranceIsTooWide) {
  const auto recoveries =
      RecoverSynthetic(StandIn(), StandInMoments, StandInMoments, ManyStudies(3)).value();
  for (const size_t found : {0, 1}) {
    const ParameterRecovery& each = recoveries[found];
    EXPECT_GT(each.held_50, 123) << each.path;
    EXPECT_LT(each.uniformity->p, 0.001) << each.path;
  }
  // What the data do not touch is right at any tolerance.
  EXPECT_LE(recoveries[2].held_50, 123);
  EXPECT_GT(recoveries[2].uniformity->p, 0.001);
}

TEST(Identifiability, StoppedItGoesOnToTheSame) {
  RecoveryOptions options;
  options.studies = 6;
  options.trials = 20;
  options.posterior = PosteriorOptions(20, 3);
  const auto whole = RecoverSynthetic(StandIn(), StandInMoments, StandInMoments, options).value();
  // At any simulation of the third study or later ones.
  for (const int at : {400, 401, 470, 600}) {
    RecoveryOptions part = options;
    std::vector<RecoveryStudy> kept;
    std::atomic<bool> stop = false;
    std::atomic<int> simulations = 0;
    std::atomic<int> after = 0;
    const StoryModel counted = [&](std::span<const double> values, uint64_t seed) {
      if (stop) ++after;
      if (++simulations == at) stop = true;
      return StandInMoments(values, seed);
    };
    part.stop = &stop;
    part.keep = [&](const RecoveryStudy& study, int) {
      kept.push_back(study);
      return absl::OkStatus();
    };
    const auto stopped = RecoverSynthetic(StandIn(), counted, counted, part);
    EXPECT_TRUE(absl::IsCancelled(stopped.status())) << stopped.status();
    EXPECT_GT(kept.size(), 0u);
    EXPECT_LT(kept.size(), 6u);
    // Those that other threads had begun, and no more.
    EXPECT_LE(after, 2) << at;
    stop = false;
    part.before = kept;
    const auto resumed = RecoverSynthetic(StandIn(), counted, counted, part).value();
    EXPECT_EQ(kept.size(), 6u);
    for (size_t i = 0; i < whole.size(); ++i) {
      EXPECT_EQ(resumed[i].truths, whole[i].truths);
      EXPECT_EQ(resumed[i].fit.estimates, whole[i].fit.estimates);
      EXPECT_EQ(resumed[i].mean.estimates, whole[i].mean.estimates);
      EXPECT_EQ(resumed[i].ranks, whole[i].ranks);
      EXPECT_EQ(resumed[i].held_90, whole[i].held_90);
    }
  }
}

TEST(Identifiability, WhatCannotBeKeptEndsTheWork) {
  RecoveryOptions options;
  options.studies = 3;
  options.trials = 5;
  options.posterior = PosteriorOptions(10, 1);
  int calls = 0;
  options.keep = [&](const RecoveryStudy&, int) {
    ++calls;
    return absl::ResourceExhaustedError("the disk is full");
  };
  EXPECT_EQ(RecoverSynthetic(StandIn(), StandInMoments, StandInMoments, options).status().message(),
            "the disk is full");
  EXPECT_EQ(calls, 1);
}

TEST(Identifiability, SaysWhatIsAllowed) {
  RecoveryOptions options;
  options.studies = 1;
  EXPECT_EQ(RecoverSynthetic(StandIn(), StandInMoments, StandInMoments, options).status().message(),
            "1 studies, 19 draws; must be at least 2 and 1");
  options.before.resize(3);
  options.studies = 2;
  EXPECT_EQ(RecoverSynthetic(StandIn(), StandInMoments, StandInMoments, options).status().message(),
            "3 studies have been made; must be at most 2");
  options.before.clear();
  v1::StoryCalibration outside = StandIn();
  outside.mutable_parameters(1)->set_prior(100);
  EXPECT_THAT(
      std::string(
          RecoverSynthetic(outside, StandInMoments, StandInMoments, options).status().message()),
      HasSubstr("parameter haste: median 100 must be 0.05 to 20"));
}

TEST(OnlyParameters, AreChosenByTheEndsOfTheirPaths) {
  const v1::StoryCalibration whole = *LoadStoryCalibration("story");
  const auto part = OnlyParameters(whole, {"credit_years", "funding_slope"});
  ASSERT_TRUE(part.ok()) << part.status();
  ASSERT_EQ(part->parameters_size(), 2);
  EXPECT_EQ(part->parameters(1).path(), "minds.credit_years");
  EXPECT_EQ(part->targets_size(), whole.targets_size());
  EXPECT_THAT(std::string(OnlyParameters(whole, {"disagreement_usd_bn"}).status().message()),
              HasSubstr("'disagreement_usd_bn' is the end of 6 of the specification's paths"));
  EXPECT_FALSE(OnlyParameters(whole, {"disagreement"}).ok());
  EXPECT_FALSE(OnlyParameters(whole, {""}).ok());
}

TEST(StoryModel, NamesWhatTheScenarioLacks) {
  const LoadedScenario scenario = *LoadScenario("autonomous");
  v1::StoryCalibration specification = *LoadStoryCalibration("story");
  specification.mutable_parameters(0)->set_path("minds.nothing");
  EXPECT_THAT(std::string(ModelOf(scenario, specification, {}).status().message()),
              HasSubstr("nothing"));
}

}  // namespace
}  // namespace oneup::sims
