// Promises of every emergent run: budgets, consents, order of stages, and the same story for the
// same seed.
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "sims/emergent/stories.h"
#include "sims/scenario/scenario.h"
#include "sims/world/emerged.h"

namespace oneup::sims {
namespace {

constexpr kernel::CivilDay kUntil(2025, 6, 30);

const LoadedScenario& Autonomous() {
  static const LoadedScenario* const scenario = new LoadedScenario(*LoadScenario("autonomous"));
  return *scenario;
}

EnsembleOptions Options(int seeds, int threads) {
  EnsembleOptions options;
  options.seeds = seeds;
  options.threads = threads;
  options.run.resolution = traders::Continuous(20);
  options.run.until = kUntil;
  return options;
}

std::string Text(const StoryOutcome& outcome) {
  std::string text;
  for (const StoryFact& fact : outcome.facts) {
    text += kernel::FormatDay(fact.day) + fact.actor + fact.other + v1::EventKind_Name(fact.kind) +
            "\n";
  }
  for (const DealOutcome& deal : outcome.deals) {
    text += deal.supplier + kernel::FormatDay(deal.day) + std::to_string(deal.usd_bn) +
            std::to_string(deal.first_day) + "\n";
  }
  return text;
}

const v1::Supply& SupplyOf(const std::string& actor) {
  for (const v1::Principal& principal : Autonomous().proto.principals()) {
    if (principal.actor() == actor) return principal.supply();
  }
  return Autonomous().proto.principals(0).supply();
}

TEST(Stories, DoNotDependOnTheNumberOfThreads) {
  const std::vector<StoryOutcome> one = RunStories(Autonomous(), Options(6, 1));
  const std::vector<StoryOutcome> two = RunStories(Autonomous(), Options(6, 2));
  ASSERT_EQ(one.size(), two.size());
  for (size_t i = 0; i < one.size(); ++i) EXPECT_EQ(Text(one[i]), Text(two[i]));
  EXPECT_NE(Text(one[0]), Text(one[1]));
}

TEST(Stories, NobodyGivesMoreThanItHas) {
  int deals = 0;
  for (const StoryOutcome& outcome : RunStories(Autonomous(), Options(30, 2))) {
    std::map<std::string, int> of;
    for (const DealOutcome& deal : outcome.deals) {
      ++deals;
      const v1::Supply& supply = SupplyOf(deal.supplier);
      EXPECT_LE(deal.capacity_gw, supply.most_gw()) << deal.supplier;
      EXPECT_GE(deal.capacity_gw, supply.least_gw()) << deal.supplier;
      EXPECT_LE(deal.equity_usd_bn, supply.most_equity_usd_bn()) << deal.supplier;
      EXPECT_LE(deal.equity_usd_bn, 10 * deal.capacity_gw) << deal.supplier;
      EXPECT_LE(deal.warrants_percent, supply.most_warrants_percent()) << deal.supplier;
      EXPECT_LE(deal.guarantee_usd_bn, supply.most_guarantee_usd_bn()) << deal.supplier;
      EXPECT_EQ(++of[deal.supplier], 1);
    }
  }
  EXPECT_GT(deals, 10);
}

TEST(Stories, AreScenariosOfTheirOwn) {
  RunOptions options{.seed = 2, .resolution = traders::Continuous(20), .until = kUntil};
  const RunResult result = World(Autonomous(), options, nullptr).Run();
  const LoadedScenario told = EmergedScenario(Autonomous(), result);
  EXPECT_EQ(told.schedule.size(), Autonomous().schedule.size() + result.emerged.size());
  for (size_t i = 1; i < told.schedule.size(); ++i) {
    EXPECT_LE(told.schedule[i - 1].at, told.schedule[i].at);
  }
  for (const EmergedEvent& emerged : result.emerged) {
    EXPECT_TRUE(emerged.event.emerged());
    EXPECT_FALSE(emerged.event.headline().empty());
    for (const std::string& actor : emerged.event.actors()) {
      EXPECT_NE(told.FindActor(actor), nullptr) << actor;
    }
  }
}

TEST(Stories, ARuleThatIsOffDoesNotAct) {
  const LoadedScenario quiet = Without(Autonomous(), {"leaks"});
  for (const StoryOutcome& outcome : RunStories(quiet, Options(10, 2))) {
    for (const StoryFact& fact : outcome.facts) {
      EXPECT_NE(fact.kind, v1::EVENT_KIND_LEAK);
      EXPECT_NE(fact.kind, v1::EVENT_KIND_DENIAL);
      EXPECT_NE(fact.kind, v1::EVENT_KIND_REPORT);
    }
  }
}

}  // namespace
}  // namespace oneup::sims
