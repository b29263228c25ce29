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
      others_(parties, FrequencyModel(own.space())),
      offered_(own.space().size(), false) {}

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
  const double target = std::min(best_, Target(turn.clock));
  const std::vector<std::vector<double>> wanted = Wanted();
  Outcome next = MostWanted(wanted, target, false).value_or(own_.profile().Best(own_.space()));
  if (turn.received &&
      (*turn.received == next || own_.Utility(*turn.received) > own_.Utility(next))) {
    return Action::Accept();
  }
  if (said_ == next) next = MostWanted(wanted, target, true).value_or(next);
  said_ = next;
  offered_[next] = true;
  return Action::Offer(next);
}

void FullNegotiator::Hear(size_t party, const Action& action) {
  if (action.kind != Action::Kind::kOffer) return;
  heard_ = action.outcome;
  others_[party].Hear(action.outcome);
  imitation_.Hear(own_.Utility(action.outcome));
}

std::vector<std::vector<double>> FullNegotiator::Wanted() const {
  // Estimates add up over issues and over others; likeness to the last offer only breaks ties.
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
  return wanted;
}

std::optional<Outcome> FullNegotiator::MostWanted(const std::vector<std::vector<double>>& wanted,
                                                  double at_least, bool fresh) const {
  // In the order of the space the first issue turns fastest. A block is a turn of it; one that is
  // worth too little, or is less wanted than what is found, whatever the first issue's value, is
  // passed over as a whole. Rounding is far below kRounding.
  constexpr double kRounding = 1e-12;
  const std::vector<double>& utilities = own_.utilities();
  const std::vector<std::vector<double>>& worth = own_.profile().worth;
  const std::vector<double>& first = wanted[0];
  const double most_wanted = *std::ranges::max_element(first);
  const double most_worth = *std::ranges::max_element(worth[0]);
  std::optional<Outcome> best;
  double best_wanted = -1;
  std::vector<size_t> values(wanted.size(), 0);
  for (Outcome block = 0; block < utilities.size(); block += first.size()) {
    double rest = 0;
    double own_rest = 0;
    for (size_t i = 1; i < wanted.size(); ++i) {
      rest += wanted[i][values[i]];
      own_rest += worth[i][values[i]];
    }
    for (size_t i = 1; i < wanted.size() && ++values[i] == wanted[i].size(); ++i) values[i] = 0;
    if (own_rest + most_worth < at_least - kRounding) continue;
    if (rest + most_wanted < best_wanted - kRounding) continue;
    for (size_t v = 0; v < first.size(); ++v) {
      const Outcome outcome = block + v;
      const double value = rest + first[v];
      if (utilities[outcome] < at_least || (fresh && offered_[outcome])) continue;
      if (value > best_wanted || (value == best_wanted && utilities[outcome] < utilities[*best])) {
        best_wanted = value;
        best = outcome;
      }
    }
  }
  return best;
}

}  // namespace oneup::negotiation
