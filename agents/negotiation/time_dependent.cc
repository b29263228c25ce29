#include "agents/negotiation/time_dependent.h"

#include <cmath>

#include "market/kernel/math.h"

namespace oneup::negotiation {

double Concession(double t, double e) {
  if (e == 0) return 0;
  const double exponent = 1 / e;
  if (exponent == 0.5) return std::sqrt(t);
  if (exponent == std::floor(exponent) && exponent >= 1 && exponent <= 16) {
    double power = t;
    for (int i = 1; i < static_cast<int>(exponent); ++i) power *= t;
    return power;
  }
  return math::Pow(t, exponent);
}

Action TimeDependent::Act(const Turn& turn) {
  const Ranking& ranking = own_.ranking();
  const size_t rank = ranking.NearestTo(1 - Concession(turn.clock.Time(), e_));
  if (turn.received && own_.Utility(*turn.received) > ranking.UtilityAt(rank)) {
    return Action::Accept();
  }
  return Action::Offer(ranking.At(rank));
}

}  // namespace oneup::negotiation
