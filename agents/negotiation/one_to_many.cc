#include "agents/negotiation/one_to_many.h"

#include "agents/negotiation/coordinator.h"
#include "agents/negotiation/frequency_model.h"

namespace oneup::negotiation {
namespace {

// What the buyer asks for: the worst for her that is still better than `above`; of equals what the
// seller seems to want most. None if nothing is better.
std::optional<Outcome> LeastBetter(const Preferences& buyer, const Profile& seller, double above) {
  const Ranking& ranking = buyer.ranking();
  size_t end = 0;  // of the ranks that are better: utilities fall with the rank
  for (size_t high = ranking.size(); end < high;) {
    const size_t middle = end + (high - end) / 2;
    if (ranking.UtilityAt(middle) > above) {
      end = middle + 1;
    } else {
      high = middle;
    }
  }
  if (end == 0) return std::nullopt;
  Outcome best = ranking.At(end - 1);
  for (size_t rank = end - 1; rank-- > 0 && ranking.UtilityAt(rank) == buyer.Utility(best);) {
    if (seller.Utility(buyer.space(), ranking.At(rank)) > seller.Utility(buyer.space(), best)) {
      best = ranking.At(rank);
    }
  }
  return best;
}

}  // namespace

std::optional<Deal> ShopAround(const Preferences& buyer,
                               const std::vector<const Preferences*>& sellers) {
  Coordinator coordinator(buyer.profile().reservation, sellers.size());
  // A seller's yes shows what he wants.
  std::vector<FrequencyModel> models(sellers.size(), FrequencyModel(buyer.space()));
  std::optional<Deal> best;
  int round = 1;
  for (bool moved = true; moved; ++round) {
    moved = false;
    for (size_t k = 0; k < sellers.size(); ++k) {
      if (best && best->seller == k) continue;
      const auto asked = LeastBetter(buyer, models[k].estimate(), coordinator.OutsideOption(k));
      if (!asked || !(sellers[k]->Utility(*asked) > sellers[k]->profile().reservation)) continue;
      models[k].Hear(*asked);
      coordinator.SetStanding(k, buyer.Utility(*asked));
      best = {k, *asked, round};
      moved = true;
    }
  }
  return best;
}

}  // namespace oneup::negotiation
