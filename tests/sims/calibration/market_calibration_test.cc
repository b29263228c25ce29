// The calibration on a record that the model itself has made, where the truth is known.
#include "sims/calibration/market_calibration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "sims/world/world.h"

namespace oneup::sims {
namespace {

using ::testing::HasSubstr;

constexpr double kOrders = 40;

CalibrationOptions Options(int seeds) {
  CalibrationOptions options;
  options.seeds = seeds;
  options.resolution = traders::Continuous(kOrders);
  return options;
}

// 2025 with quiet traders, whose recorded prices are those of one run with this elasticity.
LoadedScenario RecordedByTheModel(double elasticity) {
  LoadedScenario scenario = *LoadScenario("2025");
  v1::TraderParameters& traders = *scenario.proto.mutable_traders();
  traders.mutable_value()->set_consensus_sd(0);
  traders.mutable_information()->set_value_share(0.1);
  scenario.proto.clear_held_out();
  LoadedScenario made = scenario;
  made.proto.mutable_valuation()->set_elasticity(elasticity);
  RunOptions options;
  options.seed = 99;
  options.resolution = traders::Continuous(kOrders);
  const RunResult run = World(made, options, nullptr).Run();
  for (RecordedPrices& prices : scenario.prices) {
    if (prices.ticker == scenario.index().ticker()) continue;
    for (const RecordedPrices& simulated : run.prices) {
      if (simulated.ticker == prices.ticker) prices = simulated;
    }
  }
  return scenario;
}

TEST(Calibration, FindsTheParametersThatMadeTheRecord) {
  constexpr double kTruth = 0.8;
  LoadedScenario scenario = RecordedByTheModel(kTruth);
  const double discount = scenario.proto.valuation().signal_discount();
  scenario.proto.mutable_valuation()->set_elasticity(0.4);  // far from both
  scenario.proto.mutable_valuation()->set_signal_discount(0.1);
  const absl::StatusOr<Calibration> fit = CalibrateValuation(scenario, Options(8));
  ASSERT_TRUE(fit.ok()) << fit.status();
  EXPECT_NEAR(fit->valuation.elasticity(), kTruth, 0.1);
  ASSERT_EQ(fit->targets.size(), 5u);
  ASSERT_EQ(fit->held_out.size(), 5u);
  EXPECT_NEAR(fit->valuation.signal_discount(), discount, 0.15);
  double squares = 0;
  for (const CalibrationTarget& target : fit->targets) {
    EXPECT_NEAR(std::log(target.fitted / target.recorded), 0, 0.2) << target.event;
    squares += std::pow(std::log(target.predicted / target.recorded), 2);
  }
  EXPECT_NEAR(fit->prediction_error, std::sqrt(squares / 5), 1e-12);
}

TEST(Calibration, IsTheSameWithAnyNumberOfThreads) {
  const LoadedScenario scenario = RecordedByTheModel(0.6);
  CalibrationOptions options = Options(3);
  options.max_trials = 2;
  const absl::StatusOr<Calibration> one = CalibrateValuation(scenario, options);
  options.threads = 3;
  const absl::StatusOr<Calibration> three = CalibrateValuation(scenario, options);
  ASSERT_TRUE(one.ok() && three.ok());
  EXPECT_EQ(ToTextproto(*one, "a command"), ToTextproto(*three, "a command"));
}

TEST(Calibration, WithoutARecordedReactionThereIsNothingToFit) {
  LoadedScenario scenario = *LoadScenario("2025");
  for (v1::Event& event : *scenario.proto.mutable_events()) {
    event.mutable_announcement()->clear_recorded();
  }
  const absl::StatusOr<Calibration> fit = CalibrateValuation(scenario, {});
  EXPECT_EQ(fit.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(fit.status().message()), HasSubstr("announcement.recorded"));
}

// The shipped parameters are what the calibration wrote: of each deal left out too.
TEST(Calibration, EveryTargetOf2025HasItsHeldOutParameters) {
  const LoadedScenario scenario = *LoadScenario("2025");
  for (const v1::Event& event : scenario.proto.events()) {
    const bool target = !event.announcement().recorded().empty();
    int held_out = 0;
    for (const v1::HeldOutValuation& other : scenario.proto.held_out()) {
      held_out += other.event() == event.id() ? 1 : 0;
    }
    EXPECT_EQ(held_out, target ? 1 : 0) << event.id();
  }
}

}  // namespace
}  // namespace oneup::sims
