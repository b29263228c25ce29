// The simulator itself under the calibration of principals: a parameter that matters is found in
// data that it made.
#include <gtest/gtest.h>

#include "market/kernel/math.h"
#include "sims/calibration/identifiability.h"
#include "sims/calibration/story_calibration.h"

namespace oneup::sims {
namespace {

// How often Altman asks, from the days on which he first asks each: twenty months, one run a
// simulation.
v1::StoryCalibration WhomAltmanAsksWhen() {
  v1::StoryCalibration specification;
  specification.set_until("2024-08-31");
  v1::FreeParameter& parameter = *specification.add_parameters();
  parameter.set_path("principals[altman].demand.approaches_per_year");
  parameter.set_min(0.5);
  parameter.set_max(12);
  parameter.set_prior(2.5);
  parameter.set_prior_sd(1.5);
  for (const char* asked : {"nadella", "wei", "tan", "son", "ellison", "pichai"}) {
    v1::StoryTarget& target = *specification.add_targets();
    target.set_kind(v1::EVENT_KIND_PROPOSAL);
    target.set_actor("altman");
    target.set_other(asked);
    target.set_date_weight(1);
  }
  return specification;
}

TEST(StoryRecovery, HowOftenAltmanAsksIsFound) {
  const LoadedScenario scenario = *LoadScenario("autonomous");
  const v1::StoryCalibration specification = WhomAltmanAsksWhen();
  const auto model = ModelOf(scenario, specification, {.seeds = 1});
  ASSERT_TRUE(model.ok()) << model.status();
  RecoveryOptions options;
  options.studies = 8;
  options.trials = 2;
  options.posterior.abc.particles = 19;
  options.posterior.abc.max_generations = 3;
  options.posterior.abc.threads = 2;
  options.posterior.fresh_seeds = true;
  double width = 0;  // of the 90 % intervals, in logs, on average
  options.keep = [&](const RecoveryStudy& study, int) {
    width += math::Log(study[0].middle_90.high / study[0].middle_90.low) / options.studies;
    return absl::OkStatus();
  };
  const auto recoveries = RecoverSynthetic(specification, *model, *model, options);
  ASSERT_TRUE(recoveries.ok()) << recoveries.status();
  const ParameterRecovery& asks = recoveries->at(0);
  const Prior prior = PriorsOf(specification)[0];
  EXPECT_LT(width, 0.75 * math::Log(PriorQuantile(prior, 0.95) / PriorQuantile(prior, 0.05)));
  EXPECT_LT(asks.mean.error, 0.75 * asks.prior_error);
  EXPECT_GT(asks.mean.correlation, 0.5);
  EXPECT_GE(asks.held_90, 5);  // 99 % of binomial(8, 0.9)
}

}  // namespace
}  // namespace oneup::sims
