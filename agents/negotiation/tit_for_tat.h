// Relative tit-for-tat (Faratin, Sierra, Jennings 1998, section 4.3): answer a concession by the
// same relative concession.
//
//   target <- target u(offer before last) / u(last offer)
//
// u is the party's own utility of the others' offers: if what they offer has become worth a tenth
// more to it, its own next offer is worth a tenth less. It starts at its best and stays between
// its reservation value and its best. It offers the outcome nearest to the target and accepts what
// is worth more than that.
#pragma once

#include <optional>

#include "agents/negotiation/preferences.h"
#include "agents/negotiation/tactic.h"

namespace oneup::negotiation {

// The target alone, for tactics that mix it with others.
class RelativeTitForTat {
 public:
  // best: where it starts.
  explicit RelativeTitForTat(double best) : best_(best), target_(best) {}

  // The others have offered something worth this much.
  void Hear(double utility);
  // Never below floor.
  double Target(double floor) const { return target_ < floor ? floor : target_; }

 private:
  double best_;
  double target_;
  std::optional<double> last_;
};

class TitForTat : public Tactic {
 public:
  // The preferences outlive it.
  explicit TitForTat(const Preferences& own) : own_(own), imitation_(own.profile().BestUtility()) {}

  Action Act(const Turn& turn) override;
  void Hear(size_t party, const Action& action) override;

 private:
  const Preferences& own_;
  RelativeTitForTat imitation_;
};

}  // namespace oneup::negotiation
