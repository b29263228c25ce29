#include "agents/negotiation/micro.h"

#include <algorithm>

namespace oneup::negotiation {
namespace {

// Of the random stream; market/traders/purposes.h has the traders' own.
constexpr uint32_t kRepeatPurpose = 1001;

}  // namespace

Micro::Micro(const Preferences& own, size_t party, size_t parties, uint64_t seed)
    : own_(own),
      party_(party),
      received_(parties),
      repeats_(seed, static_cast<uint32_t>(party), kRepeatPurpose) {}

Action Micro::Act(const Turn& turn) {
  const Ranking& ranking = own_.ranking();
  const double reservation = own_.profile().reservation;
  size_t heard = ranking.size();
  for (size_t k = 0; k < received_.size(); ++k) {
    if (k != party_) heard = std::min(heard, received_[k].size());
  }
  const bool concede =
      offered_ <= heard && offered_ < ranking.size() && ranking.UtilityAt(offered_) >= reservation;
  if (offered_ == 0 && !concede) return Action::End();  // even its best is not worth having
  const double worst = ranking.UtilityAt(concede ? offered_ : offered_ - 1);
  if (turn.received && own_.Utility(*turn.received) >= worst) return Action::Accept();
  if (concede) return Action::Offer(ranking.At(offered_++));
  return Action::Offer(ranking.At(repeats_.Index(static_cast<uint32_t>(offered_))));
}

void Micro::Hear(size_t party, const Action& action) {
  if (action.kind == Action::Kind::kOffer) received_[party].insert(action.outcome);
}

}  // namespace oneup::negotiation
