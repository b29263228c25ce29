// How one party negotiates: what it sees, and what it may do when it is its turn.
//
// To write a tactic: derive from Tactic, say what to do in Act, keep what you need of Hear, and
// give it a line in tactics.cc. time_dependent.h is the shortest example.
#pragma once

#include <optional>

#include "agents/negotiation/outcome_space.h"

namespace oneup::negotiation {

// A moment of a session.
struct Clock {
  int round = 1;   // from 1
  int rounds = 1;  // the last round that is played

  // Genius' time of a session of N rounds, whose timeline has N + 1 steps:
  // t = min(1, r / (N + 1)) - 1 / (N + 1), from 0 in the first round to (N - 1) / (N + 1).
  double Time() const;
};

// What a party does in its turn.
struct Action {
  enum class Kind { kOffer, kAccept, kEnd };
  Kind kind = Kind::kOffer;
  Outcome outcome = 0;  // of an offer

  static Action Offer(Outcome outcome) { return {Kind::kOffer, outcome}; }
  static Action Accept() { return {Kind::kAccept, 0}; }
  static Action End() { return {Kind::kEnd, 0}; }
};

// What a party sees in its turn.
struct Turn {
  Clock clock;
  // The offer on the table, another party's; none on the very first turn, when there is nothing to
  // accept.
  std::optional<Outcome> received;
  // Whether nobody moves after this turn, however it is used.
  bool last = false;
};

class Tactic {
 public:
  virtual ~Tactic() = default;
  // An offer, an acceptance of turn.received (only if there is one), or the end without agreement.
  virtual Action Act(const Turn& turn) = 0;
  // Another party, by its place in the order of parties, has made this move.
  virtual void Hear(size_t /*party*/, const Action& /*action*/) {}
};

}  // namespace oneup::negotiation
