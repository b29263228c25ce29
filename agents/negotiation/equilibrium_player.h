// A rational, fully informed player of alternating offers over one pie: the subgame-perfect
// equilibrium of Stahl (1972), which nears Rubinstein's (1982) as the periods grow. It plays on the
// same protocol as every tactic, so that the printed shares test the protocol.
#pragma once

#include "agents/negotiation/preferences.h"
#include "agents/negotiation/tactic.h"

namespace oneup::negotiation {

class EquilibriumPlayer : public Tactic {
 public:
  // own: utilities are shares of a pie, the other has the rest. place: 0 moves first. Each move of
  // a session is a period; after `periods` of them nothing is left.
  EquilibriumPlayer(const Preferences& own, size_t place, double own_discount,
                    double other_discount, int periods)
      : own_(own),
        place_(place),
        own_discount_(own_discount),
        other_discount_(other_discount),
        periods_(periods) {}

  // Accepts what is worth waiting no longer for; else asks for all but what the other would wait
  // for, rounded in its favour to what the pie can be cut into.
  Action Act(const Turn& turn) override;

 private:
  const Preferences& own_;
  size_t place_;
  double own_discount_;
  double other_discount_;
  int periods_;
};

}  // namespace oneup::negotiation
