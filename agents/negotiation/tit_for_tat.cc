#include "agents/negotiation/tit_for_tat.h"

#include <algorithm>

namespace oneup::negotiation {

void RelativeTitForTat::Hear(double utility) {
  if (last_ && utility > 0) target_ = std::min(best_, target_ * (*last_ / utility));
  // Nothing follows from an offer that is worth nothing.
  if (utility > 0) last_ = utility;
}

Action TitForTat::Act(const Turn& turn) {
  const Ranking& ranking = own_.ranking();
  const size_t rank = ranking.NearestTo(imitation_.Target(own_.profile().reservation));
  if (turn.received && own_.Utility(*turn.received) > ranking.UtilityAt(rank)) {
    return Action::Accept();
  }
  return Action::Offer(ranking.At(rank));
}

void TitForTat::Hear(size_t /*party*/, const Action& action) {
  if (action.kind == Action::Kind::kOffer) imitation_.Hear(own_.Utility(action.outcome));
}

}  // namespace oneup::negotiation
