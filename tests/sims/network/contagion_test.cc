// A company fails: who loses what, in the shipped 2025.
#include "sims/network/contagion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

namespace oneup::sims {
namespace {

const kernel::CivilDay kEnd(2025, 10, 31);

class Contagion : public ::testing::Test {
 protected:
  static DefaultOutcome Outcome(const DefaultOptions& options) {
    const auto outcome = SimulateDefault(scenario(), graph(), kEnd, options);
    EXPECT_TRUE(outcome.ok()) << outcome.status();
    return outcome.ok() ? *outcome : DefaultOutcome{};
  }
  static const CompanyLoss& Of(const DefaultOutcome& outcome, const char* company) {
    return outcome.companies[graph().Find(company)];
  }
  static DefaultOptions Hub() {
    DefaultOptions options;
    options.failing = graph().hub;
    return options;
  }
  static const LoadedScenario& scenario() {
    static const LoadedScenario* loaded = new LoadedScenario(*LoadScenario("2025-obligations"));
    return *loaded;
  }
  static const ObligationGraph& graph() {
    static const ObligationGraph* built = new ObligationGraph(BuildObligations(scenario(), kEnd));
    return *built;
  }
};

TEST_F(Contagion, TheHubPaysItsRecoveryToEveryoneAlike) {
  const DefaultOutcome outcome = Outcome(Hub());
  EXPECT_TRUE(Of(outcome, "openai").in_default);
  EXPECT_NEAR(Of(outcome, "openai").paid_share, 0.4, 1e-9);
  // 300 billion, definitive: 0.9 of it binds, none delivered.
  EXPECT_NEAR(Of(outcome, "oracle").due_usd_bn, 270, 1e-9);
  EXPECT_NEAR(Of(outcome, "oracle").unpaid_usd_bn, 162, 1e-6);
  EXPECT_FALSE(Of(outcome, "oracle").in_default);
  EXPECT_NEAR(Of(outcome, "microsoft").stake_usd_bn, 0.27 * 500, 1e-9);
  EXPECT_NEAR(Of(outcome, "amd").warrants_usd_bn, 26.7, 0.5) << "AMD keeps its shares";
  EXPECT_GT(Of(outcome, "oracle").hype_usd_bn, 100);
}

TEST_F(Contagion, FullRecoveryCostsNothing) {
  DefaultOptions options = Hub();
  options.recovery = 1;
  options.loans_usd_bn = 60;
  const DefaultOutcome outcome = Outcome(options);
  EXPECT_NEAR(outcome.unpaid_usd_bn, 0, 1e-9);
  EXPECT_NEAR(outcome.lenders_loss_usd_bn, 0, 1e-9);
}

TEST_F(Contagion, LessRecoveryNeverCostsLess) {
  DefaultOptions options = Hub();
  options.buffer = 0.1;
  double before = std::numeric_limits<double>::infinity();
  for (const double recovery : {0.0, 0.2, 0.4, 0.6, 0.8, 1.0}) {
    options.recovery = recovery;
    const double unpaid = Outcome(options).unpaid_usd_bn;
    EXPECT_LE(unpaid, before + 1e-9);
    before = unpaid;
  }
}

TEST_F(Contagion, ASupplierOfLittleMeansTakesItsOwnSupplierAlong) {
  DefaultOptions options = Hub();
  options.buffer = 0.05;
  const DefaultOutcome outcome = Outcome(options);
  EXPECT_TRUE(Of(outcome, "oracle").in_default);
  const DefaultOutcome calm = Outcome(Hub());
  EXPECT_GT(Of(outcome, "nvidia").unpaid_usd_bn, Of(calm, "nvidia").unpaid_usd_bn);
}

TEST_F(Contagion, AGuaranteeMovesTheLendersLoss) {
  DefaultOptions options = Hub();
  options.recovery = 0.34;
  options.loans_usd_bn = 60;
  double total = -1;
  for (const double guarantee : {0.0, 10.0, 20.0, 40.0}) {
    options.guarantees = {{graph().Find("nvidia"), graph().hub, guarantee, ""}};
    const DefaultOutcome outcome = Outcome(options);
    EXPECT_NEAR(outcome.lenders_loss_usd_bn, std::max(0.0, 39.6 - guarantee), 1e-9);
    EXPECT_NEAR(Of(outcome, "nvidia").guaranteed_usd_bn, std::min(39.6, guarantee), 1e-9);
    if (total >= 0) {
      EXPECT_NEAR(outcome.unpaid_usd_bn, total, 1e-9) << "the loss is not larger";
    }
    total = outcome.unpaid_usd_bn;
  }
}

// (I - Lambda)^-1 by hand: OpenAI owes Oracle 270 and Nvidia 175, Oracle owes Nvidia 72.
TEST_F(Contagion, DistressGoesOnToTheSuppliersSupplier) {
  const DefaultOutcome outcome = Outcome(Hub());
  const double oracle = 0.6 * 270 / 686;
  EXPECT_EQ(Of(outcome, "openai").distress, 1);
  EXPECT_NEAR(Of(outcome, "oracle").distress, oracle, 1e-9);
  EXPECT_NEAR(Of(outcome, "nvidia").distress, (0.6 * 175 + 0.6 * 72 * oracle) / 4295, 1e-9);
  EXPECT_EQ(Of(outcome, "softbank").distress, 0) << "nobody owes it anything";
  EXPECT_EQ(Of(outcome, "nvidia").debt_rank, 0) << "it owes nobody anything";
  EXPECT_GT(Of(outcome, "openai").debt_rank, Of(outcome, "oracle").debt_rank);
}

TEST_F(Contagion, DistressIsCappedAndGuaranteesAddToIt) {
  DefaultOptions options = Hub();
  options.buffer = 0.05;
  const DefaultOutcome bare = Outcome(options);
  EXPECT_EQ(Of(bare, "oracle").distress, 1);
  EXPECT_NEAR(Of(bare, "nvidia").distress, 0.6 * (175 + 72) / (0.05 * 4295), 1e-9);
  options.loans_usd_bn = 60;
  options.guarantees = {{graph().Find("nvidia"), graph().hub, 20, ""}};
  EXPECT_NEAR(Of(Outcome(options), "nvidia").distress, (0.6 * (175 + 72) + 20) / (0.05 * 4295),
              1e-9);
}

TEST_F(Contagion, OptionsOutOfRangeAreErrors) {
  DefaultOptions options = Hub();
  options.recovery = 1.5;
  EXPECT_FALSE(SimulateDefault(scenario(), graph(), kEnd, options).ok());
  EXPECT_FALSE(SimulateDefault(scenario(), graph(), kEnd, {}).ok());
  options = Hub();
  options.guarantees = {{graph().hub, graph().hub, 10, ""}};
  EXPECT_FALSE(SimulateDefault(scenario(), graph(), kEnd, options).ok());
}

}  // namespace
}  // namespace oneup::sims
