// Outcomes, profiles and rankings: numbered, summed and ordered as Genius does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "agents/negotiation/preferences.h"
#include "market/kernel/random.h"
#include "tests/agents/negotiation/small_domains.h"

namespace oneup::negotiation {
namespace {

using testing::ElementsAre;

TEST(OutcomeSpace, FirstIssueTurnsFastest) {
  const OutcomeSpace space = MakeSpace({2, 3});
  EXPECT_EQ(space.size(), 6u);
  EXPECT_EQ(space.Value(1, 0), 1u);
  EXPECT_EQ(space.Value(1, 1), 0u);
  EXPECT_EQ(space.Value(2, 0), 0u);
  EXPECT_EQ(space.Value(2, 1), 1u);
  for (Outcome outcome = 0; outcome < space.size(); ++outcome) {
    EXPECT_EQ(space.Find({space.Value(outcome, 0), space.Value(outcome, 1)}), outcome);
  }
}

TEST(OutcomeSpace, CountsUpToItsBound) {
  std::vector<Issue> issues(9, {.name = "", .values = std::vector<std::string>(100)});
  EXPECT_EQ(CountOutcomes(issues), 1'000'000'000'000'000'000u);
  issues.resize(40, issues[0]);
  EXPECT_EQ(CountOutcomes(issues), uint64_t{1} << 63);
}

// As Java's String.hashCode() prints them; an integer's hash code is the number itself.
TEST(OutcomeSpace, HashesAreJavas) {
  const OutcomeSpace words(
      {{.name = "w", .values = {"", "a", "hello", "\xC3\xA9", "\xF0\x9F\x98\x80"}}});
  const uint32_t expected[] = {0, 97, 99162322, 233, 1772899};
  for (Outcome outcome = 0; outcome < words.size(); ++outcome) {
    EXPECT_EQ(words.GeniusHash(outcome), expected[outcome]) << outcome;
  }
  const OutcomeSpace two(
      {{.name = "n", .values = {"-3", "12"}, .integer = true}, {.name = "w", .values = {"a"}}});
  EXPECT_EQ(two.GeniusHash(0), static_cast<uint32_t>(97 - 3));
  EXPECT_EQ(two.GeniusHash(1), 97u + 12u);
}

TEST(OutcomeSpace, HashesAnyBytes) {
  const OutcomeSpace space({{.name = "w", .values = {"\xFF\xFE", "\xE2\x82", "\xF0"}}});
  for (Outcome outcome = 0; outcome < space.size(); ++outcome) space.GeniusHash(outcome);
}

TEST(Profile, AllUtilitiesAreTheSumsOfEach) {
  const Logroll domain;
  const std::vector<double> all = AllUtilities(domain.space, domain.first);
  ASSERT_EQ(all.size(), domain.space.size());
  for (Outcome outcome = 0; outcome < all.size(); ++outcome) {
    EXPECT_EQ(all[outcome], domain.first.Utility(domain.space, outcome));
  }
  EXPECT_EQ(domain.first.BestUtility(), 1);
  EXPECT_EQ(domain.first.Utility(domain.space, domain.first.Best(domain.space)), 1);
}

TEST(Profile, UtilitiesEndAtOne) {
  const OutcomeSpace space = MakeSpace({2, 2});
  const Profile greedy = {.name = "", .worth = {{0, .8}, {0, .8}}};
  EXPECT_THAT(AllUtilities(space, greedy), ElementsAre(0, .8, .8, 1));
  EXPECT_EQ(greedy.BestUtility(), 1);
}

TEST(Profile, DiscountsAreAPowerOfTime) {
  Profile profile;
  profile.discount = .5;
  EXPECT_NEAR(profile.Discounted(.8, .5), .8 * std::sqrt(.5), 1e-15);
  for (const double none : {0.0, 1.0}) {
    profile.discount = none;
    EXPECT_EQ(profile.Discounted(.8, .5), .8);
  }
}

TEST(Ranking, FallsAndNamesTheNearest) {
  kernel::Stream stream(1, 0, 0);
  for (int i = 0; i < 200; ++i) {
    const OutcomeSpace space = MakeSpace({4, 5});
    Profile profile = {.name = "", .worth = {{}, {}}};
    for (int v = 0; v < 4; ++v) profile.worth[0].push_back(stream.Uniform(0, .6));
    for (int v = 0; v < 5; ++v) profile.worth[1].push_back(stream.Uniform(0, .4));
    const Preferences own(space, profile);
    const Ranking& ranking = own.ranking();
    for (size_t rank = 0; rank < ranking.size(); ++rank) {
      EXPECT_EQ(ranking.UtilityAt(rank), own.Utility(ranking.At(rank)));
      EXPECT_LE(ranking.UtilityAt(rank), ranking.UtilityAt(rank > 0 ? rank - 1 : 0));
    }
    const double target = stream.Uniform(-.1, 1.1);
    const double found = std::abs(ranking.UtilityAt(ranking.NearestTo(target)) - target);
    for (size_t rank = 0; rank < ranking.size(); ++rank) {
      EXPECT_LE(found, std::abs(ranking.UtilityAt(rank) - target));
    }
  }
}

// "0" < "1" < "2" in hash codes; all outcomes are worth the same.
TEST(Ranking, OrdersEqualsByGeniusHash) {
  const OutcomeSpace space({{.name = "w", .values = {"b", "a", "c"}}});
  const Profile alike = {.name = "", .worth = {{.5, .5, .5}}};
  const Ranking ranking(space, AllUtilities(space, alike));
  EXPECT_THAT((std::vector<Outcome>{ranking.At(0), ranking.At(1), ranking.At(2)}),
              ElementsAre(1, 0, 2));
  EXPECT_EQ(ranking.NearestTo(.5), 1u);  // where Genius' binary search lands
}

}  // namespace
}  // namespace oneup::negotiation
