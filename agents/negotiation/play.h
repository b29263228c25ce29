// A whole session from tactics by name, and what came of it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "agents/negotiation/preferences.h"
#include "agents/negotiation/session.h"
#include "agents/negotiation/tactics.h"

namespace oneup::negotiation {

struct Played {
  std::optional<Outcome> agreement;
  int round = 0;                   // as Genius logs it (Session::LoggedRound)
  std::vector<double> utilities;   // of the agreement; all 0 without one
  std::vector<double> discounted;  // at Genius' time of the closing round, r / (N + 1)
  std::vector<Move> moves;
};

// parties and makers: one a party, in the order of play. Equal arguments, equal moves.
Played Play(const std::vector<const Preferences*>& parties, const std::vector<TacticMaker>& makers,
            int rounds, uint64_t seed);

}  // namespace oneup::negotiation
