// The protocol, move by move, with parties that do as they are told.
#include "agents/negotiation/session.h"

#include <gtest/gtest.h>

#include <utility>

#include "agents/negotiation/play.h"
#include "tests/agents/negotiation/small_domains.h"

namespace oneup::negotiation {
namespace {

class Script : public Tactic {
 public:
  explicit Script(std::vector<Action> actions) : actions_(std::move(actions)) {}
  Action Act(const Turn& turn) override {
    turns.push_back(turn);
    return actions_[std::min(turns.size(), actions_.size()) - 1];
  }
  void Hear(size_t party, const Action& action) override { heard.push_back({0, party, action}); }

  std::vector<Turn> turns;
  std::vector<Move> heard;

 private:
  std::vector<Action> actions_;
};

void PlayOut(Session& session) {
  while (session.Step()) {
  }
}

TEST(Clock, HasNPlusOneSteps) {
  EXPECT_EQ((Clock{1, 9}.Time()), 0);
  EXPECT_DOUBLE_EQ((Clock{6, 9}.Time()), .5);
  EXPECT_DOUBLE_EQ((Clock{9, 9}.Time()), .8);
}

TEST(Session, NothingIsOnTheTableOnTheVeryFirstTurn) {
  Script first({Action::Offer(3)});
  Script second({Action::Offer(4)});
  Session session({&first, &second}, 2);
  PlayOut(session);
  EXPECT_FALSE(first.turns[0].received.has_value());
  EXPECT_EQ(second.turns[0].received, 3u);
  EXPECT_EQ(first.turns[1].received, 4u);
  EXPECT_FALSE(session.agreement().has_value());
  EXPECT_EQ(session.LoggedRound(), 3);  // N + 1
  EXPECT_TRUE(second.turns[1].last);
  EXPECT_FALSE(first.turns[1].last);
}

TEST(Session, AgreementIsLoggedOneRoundLater) {
  Script first({Action::Offer(3)});
  Script second({Action::Accept()});
  Session session({&first, &second}, 5);
  PlayOut(session);
  EXPECT_EQ(session.agreement(), 3u);
  EXPECT_EQ(session.LoggedRound(), 2);
  EXPECT_FALSE(session.Step());
}

// The second's offer of round 1 is accepted by the third in round 1 and by the first in round 2.
TEST(Session, AcceptancesCountAcrossTheBorderOfRounds) {
  Script first({Action::Offer(1), Action::Accept()});
  Script second({Action::Offer(2)});
  Script third({Action::Accept()});
  Session session({&first, &second, &third}, 5);
  PlayOut(session);
  EXPECT_EQ(session.agreement(), 2u);
  EXPECT_EQ(session.LoggedRound(), 3);
  EXPECT_EQ(session.moves().size(), 4u);
}

// Two acceptances of three are not enough, and a new offer starts anew.
TEST(Session, ACounterofferEndsTheCount) {
  Script first({Action::Offer(1), Action::Offer(1)});
  Script second({Action::Accept()});
  Script third({Action::Offer(3)});
  Session session({&first, &second, &third}, 2);
  PlayOut(session);
  EXPECT_FALSE(session.agreement().has_value());
}

TEST(Session, AnyPartyMayEndIt) {
  Script first({Action::Offer(1)});
  Script second({Action::Offer(2), Action::End()});
  Session session({&first, &second}, 9);
  PlayOut(session);
  EXPECT_FALSE(session.agreement().has_value());
  EXPECT_EQ(session.LoggedRound(), 3);
}

TEST(Session, EveryoneHearsTheOthers) {
  Script first({Action::Offer(1)});
  Script second({Action::Offer(2)});
  Script third({Action::Offer(3)});
  Session session({&first, &second, &third}, 1);
  PlayOut(session);
  ASSERT_EQ(first.heard.size(), 2u);
  EXPECT_EQ(first.heard[0].party, 1u);
  EXPECT_EQ(first.heard[1].action.outcome, 3u);
  EXPECT_EQ(third.heard[1].party, 1u);
}

TEST(Play, IsTheSameAgainWithTheSameSeed) {
  const Logroll domain;
  const Preferences one(domain.space, domain.first);
  const Preferences other(domain.space, domain.second);
  const auto micro = FindTactic("micro");
  const auto boulware = FindTactic("boulware");
  const auto outcomes = [&](uint64_t seed) {
    std::vector<Outcome> offers;
    for (const Move& move : Play({&one, &other}, {*micro, *boulware}, 40, seed).moves) {
      offers.push_back(move.action.outcome);
    }
    return offers;
  };
  EXPECT_EQ(outcomes(5), outcomes(5));
}

TEST(Play, CountsNothingWithoutAgreement) {
  const Pie pie(10);
  const Preferences one(pie.space, pie.first);
  const Preferences other(pie.space, pie.second);
  const auto hard = FindTactic("boulware:0");
  const Played played = Play({&one, &other}, {*hard, *hard}, 10, 1);
  EXPECT_FALSE(played.agreement.has_value());
  EXPECT_EQ(played.utilities, (std::vector<double>{0, 0}));
  EXPECT_EQ(played.round, 11);
}

}  // namespace
}  // namespace oneup::negotiation
