// Our own negotiator: a person with an aspiration that falls with time, who fears to miss out and
// to lose face, who answers concessions, and who concedes where it costs others most to do without
// (docs/negotiation.md).
//
// Its own utility U of an outcome counts from the disagreement payoff (0) to its best (1):
//
//   d  = max(reservation, outside option) - pain f,   f = F / (1 + F)     felt, not below 0
//   e  = e0 exp(fear f - pride min(1, L))
//   T  = T0 exp(-haste f)                             of the session's rounds
//   U* = 1 - (1 - k0) tau^(1/e),  tau = min(1, (r - 1) / (T N - 1)),  from 1 to k0
//   U* <- (1 - b) U* + b U*(relative tit-for-tat)
//
// Its best offer is, of the outcomes with U >= U*, the one that the others want most by a frequency
// model of each (Faratin, Sierra, Jennings 2002: trade-off, logrolling); of equals one most like
// what they offered last, and of these the least for itself, as what it can do without they may
// want. If that is what it offered last, it offers instead the next best that it has not offered
// yet. It accepts its best offer and whatever is worth more (AC_next), and in the very last turn,
// after which its own offer would come to nothing, whatever is not worth less than walking away. It
// never offers or accepts what is worth less than d; if nothing is worth that, it ends the
// negotiation.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "agents/negotiation/frequency_model.h"
#include "agents/negotiation/preferences.h"
#include "agents/negotiation/tactic.h"
#include "agents/negotiation/tit_for_tat.h"

namespace oneup::negotiation {

// Temper and state of mind. Ranges in brackets.
struct Mind {
  double concession = 0.5;  // e0 of (0, 100]: below 1 holds out, above 1 gives in early
  double patience = 1;      // T0 of (0, 1]: the part of the rounds in which it comes down
  double aspiration = 0;    // k0 of [0, 1]: what it still asks for at the end
  double imitation = 0.1;   // b of [0, 1]: how much it answers others' concessions
  double fomo = 0;          // F of [0, 100]: pressure of the fear of missing out
  double face = 0;          // L of [0, 100]: face lost
  double pain = 0.1;        // phi of [0, 1]: utility that missing out hurts, at f = 1
  double fear = 0.9;        // etaF of [0, 2]
  double pride = 0.8;       // etaL of [0, 2]
  double haste = 0.5;       // etaT of [0, 1.5]
};

class FullNegotiator : public Tactic {
 public:
  // The preferences outlive it. party: its place among `parties`.
  FullNegotiator(const Preferences& own, size_t party, size_t parties, const Mind& mind);

  Action Act(const Turn& turn) override;
  void Hear(size_t party, const Action& action) override;

  // What it could have elsewhere, in its utility; may change between turns.
  void set_outside_option(double utility) { outside_ = utility; }
  // d: the least utility that it offers and accepts.
  double FeltReservation() const;
  // U* at that moment, as utility in [d, best].
  double Target(const Clock& clock) const;

 private:
  // What the others seem to want, per issue and value, added up.
  std::vector<std::vector<double>> Wanted() const;
  // The most wanted outcome that is worth at_least; with fresh, of those not offered yet. None if
  // there is none.
  std::optional<Outcome> MostWanted(const std::vector<std::vector<double>>& wanted, double at_least,
                                    bool fresh) const;

  const Preferences& own_;
  size_t party_;
  Mind mind_;
  double best_;
  double outside_ = 0;
  RelativeTitForTat imitation_;
  std::vector<FrequencyModel> others_;  // by place; one's own stays unused
  std::optional<Outcome> heard_;        // the last offer of any other
  std::optional<Outcome> said_;         // its own last offer
  std::vector<bool> offered_;           // by outcome
};

}  // namespace oneup::negotiation
