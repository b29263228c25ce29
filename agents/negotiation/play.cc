#include "agents/negotiation/play.h"

#include <memory>

namespace oneup::negotiation {

Played Play(const std::vector<const Preferences*>& parties, const std::vector<TacticMaker>& makers,
            int rounds, uint64_t seed) {
  std::vector<std::unique_ptr<Tactic>> tactics;
  std::vector<Tactic*> order;
  for (size_t k = 0; k < parties.size(); ++k) {
    tactics.push_back(makers[k](*parties[k], {k, parties.size(), seed}));
    order.push_back(tactics.back().get());
  }
  Session session(std::move(order), rounds);
  while (session.Step()) {
  }
  Played played;
  played.agreement = session.agreement();
  played.round = session.LoggedRound();
  const double time = (played.round - 1) / (rounds + 1.0);
  for (const Preferences* party : parties) {
    const double utility = played.agreement ? party->Utility(*played.agreement) : 0;
    played.utilities.push_back(utility);
    played.discounted.push_back(party->profile().Discounted(utility, time));
  }
  played.moves = session.moves();
  return played;
}

}  // namespace oneup::negotiation
