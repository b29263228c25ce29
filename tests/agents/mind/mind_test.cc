// States of mind: how they jump, fade and bind.
#include "agents/mind/mind.h"

#include <gtest/gtest.h>

#include "agents/mind/signal.h"
#include "tests/agents/mind/people.h"

namespace oneup::mind {
namespace {

using deal::Issue;

Time After(int days) { return Today() + Duration::Days(days); }

TEST(Mind, BeginsCalm) {
  const Mind mind(Defaults(), Today());
  EXPECT_EQ(mind.fomo(), 0);
  EXPECT_EQ(mind.face(), 0);
  EXPECT_EQ(mind.pressure(), 0);
  EXPECT_EQ(mind.Hold(Issue::kCapacity), 0);
}

TEST(Mind, EveryStateHalvesByItsOwnHalfLife) {
  Mind mind(Defaults(), Today());
  mind.AddFomo(1);
  mind.AddFace(1);
  mind.Take({Issue::kCapacity, 0.5, 1});
  mind.AdvanceTo(After(30));
  EXPECT_NEAR(mind.face(), 0.5, 1e-12);
  mind.AdvanceTo(After(45));
  EXPECT_NEAR(mind.fomo(), 0.5, 1e-12);
  mind.AdvanceTo(After(120));
  EXPECT_NEAR(mind.Hold(Issue::kCapacity), 0.5, 1e-12);
  mind.AdvanceTo(After(1200));
  EXPECT_NEAR(mind.Hold(Issue::kCapacity), 1.0 / 1024, 1e-12);
  EXPECT_LT(mind.fomo(), 1e-7);
}

TEST(Mind, ManyStepsFadeAsOne) {
  Mind steps(Defaults(), Today());
  Mind leap(Defaults(), Today());
  for (Mind* mind : {&steps, &leap}) {
    mind->AddFomo(1.3);
    mind->AddFace(0.4);
  }
  for (int day = 1; day <= 100; ++day) steps.AdvanceTo(After(day));
  leap.AdvanceTo(After(100));
  EXPECT_NEAR(steps.fomo(), leap.fomo(), 1e-12);
  EXPECT_NEAR(steps.face(), leap.face(), 1e-12);
}

TEST(Mind, JumpsAddUpAndNothingFallsBelowZero) {
  Mind mind(Defaults(), Today());
  mind.AddFomo(0.25);
  mind.AddFomo(0.5);
  EXPECT_EQ(mind.fomo(), 0.75);
  mind.ScaleFomo(0.2);
  EXPECT_NEAR(mind.fomo(), 0.15, 1e-15);
  mind.AddFomo(-1);
  mind.AddFace(-1);
  EXPECT_EQ(mind.fomo(), 0);
  EXPECT_EQ(mind.face(), 0);
}

TEST(Mind, PressureGrowsWithFomoAndStaysBelowOne) {
  Mind mind(Defaults(), Today());
  double last = 0;
  for (const double fomo : {0.1, 0.5, 1.0, 2.0, 10.0, 1e6}) {
    mind.AddFomo(fomo - mind.fomo());
    EXPECT_NEAR(mind.pressure(), fomo / (1 + fomo), 1e-12);
    EXPECT_GT(mind.pressure(), last);
    EXPECT_LT(mind.pressure(), 1);
    last = mind.pressure();
  }
}

TEST(Mind, ANewWordTakesThePlaceOfTheOldOnItsIssueOnly) {
  Mind mind(Defaults(), Today());
  mind.Take({Issue::kCapacity, 0.5, 1});
  mind.Take({Issue::kWarrants, 0, 1});
  mind.AdvanceTo(After(120));
  mind.Take({Issue::kCapacity, 2, 1});
  ASSERT_EQ(mind.stances().size(), 2u);
  EXPECT_NEAR(mind.Hold(Issue::kWarrants), 0.5, 1e-12);
  EXPECT_EQ(mind.Hold(Issue::kCapacity), 1);
  EXPECT_EQ(mind.stances().back().bound, 2);
  EXPECT_EQ(mind.Hold(Issue::kEquity), 0);
}

TEST(Signal, EveryKindHasANameOfItsOwn) {
  std::vector<std::string> names;
  for (int kind = 0; kind < kSignalKinds; ++kind) {
    names.emplace_back(NameOf(static_cast<SignalKind>(kind)));
    EXPECT_FALSE(names.back().empty()) << kind;
  }
  std::ranges::sort(names);
  EXPECT_EQ(std::ranges::adjacent_find(names), names.end());
}

}  // namespace
}  // namespace oneup::mind
