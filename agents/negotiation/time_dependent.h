// Time-dependent tactics (Faratin, Sierra, Jennings 1998; Fatima, Wooldridge, Jennings 2001) as
// Genius' BoulwareNegotiationParty and ConcederNegotiationParty play them: they look at the clock
// only, and neither at the reservation value nor at the discount.
//
//   target u(t) = 1 - t^(1/e)
//
// e < 1 holds out and gives in at the end (Boulware), 1 is linear, e > 1 concedes early
// (conceder), 0 never does. It offers the outcome nearest to the target and accepts what is worth
// more than that.
#pragma once

#include "agents/negotiation/preferences.h"
#include "agents/negotiation/tactic.h"

namespace oneup::negotiation {

inline constexpr double kBoulware = 0.2;
inline constexpr double kConceder = 2;

// t^(1/e) for t in [0, 1]; 0 for e = 0. Exact where 1/e is 1 or 1/2, within 3 eps for a small whole
// number, else as math::Pow.
double Concession(double t, double e);

class TimeDependent : public Tactic {
 public:
  // The preferences outlive it; e >= 0.
  TimeDependent(const Preferences& own, double e) : own_(own), e_(e) {}

  Action Act(const Turn& turn) override;

 private:
  const Preferences& own_;
  double e_;
};

}  // namespace oneup::negotiation
