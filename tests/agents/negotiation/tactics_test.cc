// Each tactic on a pie, where what it does can be seen, and our own where issues can be traded.
#include "agents/negotiation/tactics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "agents/negotiation/frequency_model.h"
#include "agents/negotiation/full_negotiator.h"
#include "agents/negotiation/play.h"
#include "agents/negotiation/time_dependent.h"
#include "tests/agents/negotiation/small_domains.h"

namespace oneup::negotiation {
namespace {

class OnAPie : public testing::Test {
 protected:
  Played Meet(const std::string& first, const std::string& second, int rounds) const {
    const Preferences one(pie_.space, pie_.first);
    const Preferences other(pie_.space, pie_.second);
    return Play({&one, &other}, {*FindTactic(first), *FindTactic(second)}, rounds, 1);
  }
  // The first's utility of the offers that a party made.
  std::vector<double> Offers(const Played& played, size_t party) const {
    std::vector<double> offers;
    for (const Move& move : played.moves) {
      if (move.party == party && move.action.kind == Action::Kind::kOffer) {
        offers.push_back(pie_.first.Utility(pie_.space, move.action.outcome));
      }
    }
    return offers;
  }
  Pie pie_{100};
};

TEST(Concession, IsAPowerOfTime) {
  for (const double t : {0.0, .1, .5, .9, 1.0}) {
    EXPECT_EQ(Concession(t, 1), t);
    EXPECT_EQ(Concession(t, 2), std::sqrt(t));
    EXPECT_NEAR(Concession(t, .2), std::pow(t, 5), 1e-15);
    EXPECT_NEAR(Concession(t, .3), std::pow(t, 1 / .3), 1e-14);
    EXPECT_EQ(Concession(t, 0), 0);
  }
}

// t = 0, .2, .4, .6 in four rounds of a timeline of five steps.
TEST_F(OnAPie, TimeDependentOffersFollowTheCurve) {
  EXPECT_EQ(Offers(Meet("linear", "boulware:0", 4), 0), (std::vector<double>{1, .8, .6, .4}));
  const std::vector<double> conceder = Offers(Meet("conceder", "boulware:0", 4), 0);
  for (size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(conceder[i], 1 - std::sqrt(.2 * static_cast<double>(i)), .005);
  }
}

TEST_F(OnAPie, EqualsMeetInTheMiddle) {
  for (const char* tactic : {"boulware", "linear", "conceder", "micro", "oneup"}) {
    const Played played = Meet(tactic, tactic, 200);
    ASSERT_TRUE(played.agreement.has_value()) << tactic;
    EXPECT_NEAR(played.utilities[0], .5, .03) << tactic;
  }
}

// The other has offered .1, then .2: half as much more, so half as much less is asked for.
TEST(TitForTat, AnswersARelativeConcession) {
  RelativeTitForTat imitation(1);
  imitation.Hear(.1);
  EXPECT_EQ(imitation.Target(0), 1);
  imitation.Hear(.2);
  EXPECT_EQ(imitation.Target(0), .5);
  imitation.Hear(.1);  // it took it back
  EXPECT_EQ(imitation.Target(0), 1);
  imitation.Hear(0);
  imitation.Hear(.4);
  EXPECT_EQ(imitation.Target(.3), .3);
}

TEST_F(OnAPie, TwoWhoOnlyAnswerNeverMove) {
  EXPECT_FALSE(Meet("tit-for-tat", "tit-for-tat", 50).agreement.has_value());
  EXPECT_TRUE(Meet("tit-for-tat", "linear", 50).agreement.has_value());
}

TEST_F(OnAPie, MicroConcedesOnlyWhenTheOtherDoes) {
  const std::vector<double> offers = Offers(Meet("micro", "boulware:0", 30), 0);
  // One offer of the other's: its best and one step down, again and again.
  for (const double offer : offers) EXPECT_GE(offer, .99);
  pie_.first.reservation = .7;
  for (const double offer : Offers(Meet("micro", "micro", 200), 0)) EXPECT_GE(offer, .7);
}

TEST(FrequencyModel, LearnsWhatWeighsMost) {
  const OutcomeSpace space = MakeSpace({3, 3});
  FrequencyModel model(space);
  for (const size_t b : {0, 1, 2, 0}) model.Hear(space.Find({2, b}));  // a = 2 stays, b moves
  const Profile& guess = model.estimate();
  EXPECT_GT(guess.worth[0][2], guess.worth[1][0]);
  EXPECT_EQ(guess.worth[0][0], 0);
  EXPECT_NEAR(guess.BestUtility(), 1, 1e-12);
}

class OurOwn : public testing::Test {
 protected:
  Played Meet(const Mind& first, const Mind& second, int rounds) const {
    const auto maker = [](const Mind& mind) {
      return [mind](const Preferences& own, const Seat& seat) {
        return std::make_unique<FullNegotiator>(own, seat.party, seat.parties, mind);
      };
    };
    const Preferences one(domain_.space, domain_.first);
    const Preferences other(domain_.space, domain_.second);
    return Play({&one, &other}, {maker(first), maker(second)}, rounds, 1);
  }
  Logroll domain_;
};

TEST_F(OurOwn, TradesIssuesToTheFrontier) {
  const Played played = Meet({}, {}, 30);
  EXPECT_NEAR(played.utilities[0], .7, 1e-9);
  EXPECT_NEAR(played.utilities[1], .7, 1e-9);
}

TEST_F(OurOwn, WalksAwayWhereNothingIsWorthIt) {
  domain_.first.reservation = 1;
  domain_.second.reservation = .5;
  EXPECT_FALSE(Meet({}, {}, 30).agreement.has_value());
  const Preferences one(domain_.space, domain_.first);
  FullNegotiator desperate(one, 0, 2, {});
  desperate.set_outside_option(1.5);
  EXPECT_EQ(desperate.Act({{1, 10}, std::nullopt, false}).kind, Action::Kind::kEnd);
}

TEST_F(OurOwn, FearLowersWhatItHoldsOutFor) {
  domain_.first.reservation = .6;
  const Preferences one(domain_.space, domain_.first);
  const FullNegotiator calm(one, 0, 2, {.fomo = 0, .pain = .2});
  const FullNegotiator afraid(one, 0, 2, {.fomo = 1, .pain = .2});
  EXPECT_EQ(calm.FeltReservation(), .6);
  EXPECT_NEAR(afraid.FeltReservation(), .5, 1e-12);  // .6 - .2 x 1 / 2
  for (int round = 2; round < 20; ++round) {
    EXPECT_LT(afraid.Target({round, 20}), calm.Target({round, 20}));
  }
  const FullNegotiator proud(one, 0, 2, {.face = 1});
  EXPECT_GT(proud.Target({15, 20}), calm.Target({15, 20}));
}

TEST_F(OurOwn, NeverGoesBelowItsOutsideOption) {
  const Preferences one(domain_.space, domain_.first);
  FullNegotiator negotiator(one, 0, 2, {});
  negotiator.set_outside_option(.8);
  for (int round = 1; round <= 20; ++round) {
    const Action action = negotiator.Act({{round, 20}, domain_.space.Find({0, 2}), round == 20});
    ASSERT_NE(action.kind, Action::Kind::kAccept);
    if (action.kind == Action::Kind::kEnd) continue;
    EXPECT_GE(one.Utility(action.outcome), .8);
  }
}

TEST(FindTactic, KnowsItsNamesAndSaysSo) {
  for (const TacticKind& kind : TacticKinds()) EXPECT_TRUE(FindTactic(kind.name).ok()) << kind.name;
  for (const char* wrong : {"", "bluff", "linear:1", "boulware:", "boulware:-1", "conceder:nan",
                            "oneup:fomo", "oneup:fomo=", "oneup:x=1", "oneup:fomo=1e9"}) {
    const auto found = FindTactic(wrong);
    ASSERT_FALSE(found.ok()) << wrong;
    EXPECT_NE(found.status().message().find("allowed"), std::string::npos) << wrong;
  }
}

}  // namespace
}  // namespace oneup::negotiation
