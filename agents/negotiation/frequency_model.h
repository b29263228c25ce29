// What another party wants, guessed from how often it asks for what: a frequency model in the
// manner of HardHeaded (van Krimpen, Looije, Hajizadeh 2013) and Tunali, Aydogan, Sanchez-Anguix
// (2017).
//
// A party that concedes gives way first where it costs it least, and asks longest for what it wants
// most. So an issue weighs 1 + (how often its value stayed from one offer to the next), all weights
// scaled to sum to 1, and a value is worth its count over that of the value asked for most.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "agents/negotiation/outcome_space.h"
#include "agents/negotiation/profile.h"

namespace oneup::negotiation {

class FrequencyModel {
 public:
  // The space outlives it.
  explicit FrequencyModel(const OutcomeSpace& space);

  // The party has offered this. Offers equal to its last teach nothing. O(values of all issues).
  void Hear(Outcome offer);

  // The guess: worths whose best sum to 1. All outcomes alike before the first offer.
  const Profile& estimate() const { return estimate_; }

 private:
  const OutcomeSpace& space_;
  std::vector<std::vector<double>> counts_;  // per issue and value
  std::vector<double> kept_;                 // per issue: how often it stayed as it was
  std::optional<Outcome> last_;
  Profile estimate_;
};

}  // namespace oneup::negotiation
