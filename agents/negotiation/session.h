// The stacked alternating offers protocol, for two parties or more, as Genius plays it
// (StackedAlternatingOffersProtocol; Aydogan, Festen, Hindriks, Jonker 2017, "Alternating offers
// protocols for multilateral negotiation").
//
// In each round every party moves once, always in the same order: it makes an offer, which replaces
// the one on the table, accepts that one, or ends the negotiation. Nothing can be accepted on the
// very first turn. An offer stands when all others have accepted it one after the other, be it
// across the border of two rounds. After N rounds without agreement there is none.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "agents/negotiation/outcome_space.h"
#include "agents/negotiation/tactic.h"

namespace oneup::negotiation {

struct Move {
  int round = 1;
  size_t party = 0;
  Action action;
};

// One negotiation, a move at a time. Tactics outlive it.
class Session {
 public:
  // At least two parties, at least one round.
  Session(std::vector<Tactic*> parties, int rounds);

  // Lets the next party move. False once the session has ended, without a move.
  bool Step();
  bool ended() const { return ended_; }
  const Clock& clock() const { return clock_; }
  // None while it goes on or if it failed.
  const std::optional<Outcome>& agreement() const { return agreement_; }
  // As Genius logs it: the closing round + 1 for an agreement or an end by a party, N + 1 when time
  // ran out.
  int LoggedRound() const { return closing_round_ + 1; }
  const std::vector<Move>& moves() const { return moves_; }

 private:
  std::vector<Tactic*> parties_;
  Clock clock_;
  size_t next_ = 0;  // who moves
  std::optional<Outcome> offer_;
  size_t accepted_ = 0;  // how many agree to offer_, its maker included
  bool ended_ = false;
  int closing_round_ = 0;
  std::optional<Outcome> agreement_;
  std::vector<Move> moves_;
};

}  // namespace oneup::negotiation
