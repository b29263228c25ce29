// Domains made up by seed in the style of the published ones (ANAC 2010-2013): a few discrete
// issues with whole evaluations, random weights, and interests from independent to opposed.
#pragma once

#include <cstdint>
#include <vector>

#include "agents/negotiation/outcome_space.h"
#include "agents/negotiation/profile.h"

namespace oneup::sims {

struct DomainRecipe {
  int parties = 2;
  int most_issues = 6;        // 2 at least
  int most_values = 7;        // of an issue; 2 at least
  double reservation = 0;     // greatest; each party's is uniform below it
  double least_conflict = 0;  // 0 independent, 1 opposed in every issue; uniform from it to 1
};

struct RandomDomain {
  negotiation::OutcomeSpace space;
  std::vector<negotiation::Profile> profiles;

  std::vector<const negotiation::Profile*> Parties() const;
};

RandomDomain MakeRandomDomain(const DomainRecipe& recipe, uint64_t seed);

// One issue, cut into `pieces` equal parts: the first party's utility is the share v / pieces, the
// second's the rest.
RandomDomain MakePie(int pieces, double first_reservation, double second_reservation);

}  // namespace oneup::sims
