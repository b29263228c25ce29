// What outcomes are worth to one party: a sum over issues.
#pragma once

#include <string>
#include <vector>

#include "agents/negotiation/outcome_space.h"

namespace oneup::negotiation {

// u(outcome) = min(1, sum over issues of worth[issue][value]); worth is weight times evaluation,
// not negative. Utilities therefore lie in [0, 1].
struct Profile {
  std::string name;
  std::vector<std::vector<double>> worth;
  double reservation = 0;  // utility of no agreement, [0, 1]
  // Value of utility u at time t of [0, 1] is u discount^t; 1 for none. [0, 1], and 0 counts as 1,
  // as in Genius.
  double discount = 1;

  // O(issues). Sums in the order of the issues, as Genius does: equal to the last bit.
  double Utility(const OutcomeSpace& space, Outcome outcome) const;
  double Discounted(double utility, double time) const;
  // The greatest utility of all, and an outcome that has it: the first.
  double BestUtility() const;
  Outcome Best(const OutcomeSpace& space) const;
};

// The utility of every outcome, by index. O(size of the space) time and memory.
std::vector<double> AllUtilities(const OutcomeSpace& space, const Profile& profile);

}  // namespace oneup::negotiation
