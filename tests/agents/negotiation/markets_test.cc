// Closed forms of bargaining, and one against many.
#include <gtest/gtest.h>

#include "agents/negotiation/bargaining.h"
#include "agents/negotiation/coordinator.h"
#include "agents/negotiation/one_to_many.h"
#include "tests/agents/negotiation/small_domains.h"

namespace oneup::negotiation {
namespace {

TEST(Bargaining, LastProposerTakesAll) {
  EXPECT_EQ(StahlShare(.9, .9, 1), 1);
  EXPECT_NEAR(StahlShare(.9, .8, 2), 1 - .8, 1e-15);             // the other would take all
  EXPECT_NEAR(StahlShare(.9, .8, 3), 1 - .8 * (1 - .9), 1e-15);  // backward from the last
}

TEST(Bargaining, ManyPeriodsAreRubinstein) {
  for (const auto& [own, other] : {std::pair{.9, .9}, std::pair{.95, .9}, std::pair{.5, .5}}) {
    EXPECT_NEAR(StahlShare(own, other, 2000), RubinsteinShare(own, other), 1e-12);
  }
}

// With discounts exp(-r D) the first's share goes to r2 / (r1 + r2) as D shrinks.
TEST(Bargaining, ShortRoundsShareByImpatience) {
  constexpr double kShort = 1e-5;
  EXPECT_NEAR(RubinsteinShare(1 - .1 * kShort, 1 - .3 * kShort), .75, 1e-5);
}

TEST(Coordinator, OtherThreadsAreTheOutsideOption) {
  Coordinator coordinator(.2, 3);
  EXPECT_EQ(coordinator.OutsideOption(0), .2);
  coordinator.SetStanding(1, .6);
  EXPECT_EQ(coordinator.OutsideOption(0), .6);
  EXPECT_EQ(coordinator.OutsideOption(1), .2);  // a thread is no alternative to itself
}

TEST(Coordinator, LeavesACommitmentOnlyForMoreThanItsPenalty) {
  Coordinator coordinator(.2, 3);
  EXPECT_FALSE(coordinator.Commit({0, .2, 0}));  // no better than nothing
  EXPECT_TRUE(coordinator.Commit({0, .5, .1}));
  EXPECT_EQ(coordinator.OutsideOption(1), .6);
  EXPECT_FALSE(coordinator.Commit({1, .6, 0}));
  EXPECT_TRUE(coordinator.Commit({1, .61, .05}));
  EXPECT_EQ(coordinator.paid(), .1);
  EXPECT_EQ(coordinator.held()->thread, 1u);
}

TEST(ShopAround, TheSecondLowestReservationSetsThePrice) {
  Pie pie(100);  // the first's share is the price in hundredths
  std::vector<Profile> profiles(3, pie.first);
  profiles[0].reservation = .40;
  profiles[1].reservation = .25;
  profiles[2].reservation = .30;
  const Preferences buyer(pie.space, pie.second);
  const Preferences a(pie.space, profiles[0]);
  const Preferences b(pie.space, profiles[1]);
  const Preferences c(pie.space, profiles[2]);
  const auto deal = ShopAround(buyer, {&a, &b, &c});
  ASSERT_TRUE(deal.has_value());
  EXPECT_EQ(deal->seller, 1u);
  EXPECT_GE(deal->outcome, 30u);
  EXPECT_LE(deal->outcome, 31u);
}

TEST(ShopAround, BuysNothingThatIsWorthNoMoreThanNothing) {
  Pie pie(100);
  pie.first.reservation = .5;
  pie.second.reservation = .5;  // she would pay up to .5, he wants more
  const Preferences buyer(pie.space, pie.second);
  const Preferences seller(pie.space, pie.first);
  EXPECT_FALSE(ShopAround(buyer, {&seller}).has_value());
}

}  // namespace
}  // namespace oneup::negotiation
