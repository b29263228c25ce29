#include "agents/negotiation/full_negotiator.h"

#include <algorithm>
#include <cmath>

#include "agents/negotiation/time_dependent.h"
#include "market/kernel/math.h"

namespace oneup::negotiation {

FullNegotiator::FullNegotiator(const Preferences& own, size_t party, size_t parties,
                               const Mind& mind)
    : own_(own),
      party_(party),
      mind_(mind),
      best_(own.profile().BestUtility()),
      imitation_(best_),
      others_(parties, FrequencyModel(own.space())) {}

double FullNegotiator::FeltReservation() const {
  const double fear = mind_.fomo / (1 + mind_.fomo);
  return std::max(0.0, std::max(own_.profile().reservation, outside_) - mind_.pain * fear);
}

double FullNegotiator::Target(const Clock& clock) const {
  const double fear = mind_.fomo / (1 + mind_.fomo);
  const double e =
      mind_.concession * math::Exp(mind_.fear * fear - mind_.pride * std::min(1.0, mind_.face));
  const double patience = mind_.patience * math::Exp(-mind_.haste * fear);
  const double last = std::max(1.0, patience * clock.rounds - 1);
  const double tau = clock.rounds == 1 ? 1.0 : std::min(1.0, (clock.round - 1) / last);
  const double level = 1 - (1 - mind_.aspiration) * Concession(tau, e);
  const double d = FeltReservation();
  const double by_time = d + (best_ - d) * level;
  return std::max(d, (1 - mind_.imitation) * by_time + mind_.imitation * imitation_.Target(d));
}

Action FullNegotiator::Act(const Turn& turn) {
  const double d = FeltReservation();
  if (best_ < d) return Action::End();
  if (turn.received && turn.last) {
    return own_.Utility(*turn.received) >= d ? Action::Accept() : Action::End();
  }
  const Outcome next = BestOffer(std::min(best_, Target(turn.clock)));
  if (turn.received && own_.Utility(*turn.received) > own_.Utility(next)) return Action::Accept();
  return Action::Offer(next);
}

void FullNegotiator::Hear(size_t party, const Action& action) {
  if (action.kind != Action::Kind::kOffer) return;
  heard_ = action.outcome;
  others_[party].Hear(action.outcome);
  imitation_.Hear(own_.Utility(action.outcome));
}

Outcome FullNegotiator::BestOffer(double at_least) const {
  // Estimates add up over issues and over others; what was offered last breaks ties.
  constexpr double kLikeLast = 1e-9;
  const OutcomeSpace& space = own_.space();
  std::vector<std::vector<double>> wanted;
  for (size_t i = 0; i < space.issues().size(); ++i) {
    wanted.emplace_back(space.Values(i), 0.0);
    for (size_t k = 0; k < others_.size(); ++k) {
      if (k == party_) continue;
      for (size_t v = 0; v < wanted[i].size(); ++v) {
        wanted[i][v] += others_[k].estimate().worth[i][v];
      }
    }
    if (heard_) wanted[i][space.Value(*heard_, i)] += kLikeLast;
  }
  // In the order of the space the first issue turns fastest: its values are the inner loop.
  const std::vector<double>& utilities = own_.utilities();
  const std::vector<double>& first = wanted[0];
  Outcome best = own_.ranking().At(0);
  double best_wanted = -1;
  std::vector<size_t> values(wanted.size(), 0);
  for (Outcome block = 0; block < space.size(); block += first.size()) {
    double rest = 0;
    for (size_t i = 1; i < wanted.size(); ++i) rest += wanted[i][values[i]];
    for (size_t v = 0; v < first.size(); ++v) {
      if (utilities[block + v] >= at_least && rest + first[v] > best_wanted) {
        best_wanted = rest + first[v];
        best = block + v;
      }
    }
    for (size_t i = 1; i < wanted.size() && ++values[i] == wanted[i].size(); ++i) values[i] = 0;
  }
  return best;
}

}  // namespace oneup::negotiation
