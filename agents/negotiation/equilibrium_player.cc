#include "agents/negotiation/equilibrium_player.h"

#include "agents/negotiation/bargaining.h"

namespace oneup::negotiation {

Action EquilibriumPlayer::Act(const Turn& turn) {
  constexpr double kRounding = 1e-12;
  const int left = periods_ - (2 * (turn.clock.round - 1) + static_cast<int>(place_));
  if (left <= 0) return turn.received ? Action::Accept() : Action::End();
  const double share = StahlShare(own_discount_, other_discount_, left);
  if (turn.received && own_.Utility(*turn.received) >= own_discount_ * share - kRounding) {
    return Action::Accept();
  }
  const Ranking& ranking = own_.ranking();
  size_t rank = ranking.NearestTo(share);
  while (rank + 1 < ranking.size() && ranking.UtilityAt(rank) > share + kRounding) ++rank;
  return Action::Offer(ranking.At(rank));
}

}  // namespace oneup::negotiation
