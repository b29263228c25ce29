// What a domain allows, and how good an agreement is: the measures of Genius' multilateral
// analysis and of NegoLog, so that figures compare.
#pragma once

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "agents/negotiation/outcome_space.h"
#include "agents/negotiation/pareto.h"
#include "agents/negotiation/profile.h"

namespace oneup::negotiation {

struct Analysis {
  uint64_t outcomes = 0;
  std::vector<ParetoPoint> frontier;  // ascending in the first party's utility
  // The point of the frontier with the greatest product of (utility - reservation), the first of
  // equals.
  ParetoPoint nash;
  double nash_product = 0;
  // The point whose worst gain, relative to the party's greatest, is greatest (Kalai and
  // Smorodinsky 1975), among those that leave nobody below the reservation value; none if the zone
  // of agreement is empty.
  std::optional<ParetoPoint> kalai_smorodinsky;
  ParetoPoint welfare;    // the greatest sum of utilities
  double opposition = 0;  // the least distance to (1, ..., 1)
  // Two parties: the first's mean utility over all outcomes less the second's.
  std::optional<double> balance;
  // What NegoLog's specs.json calls so: the greatest product of utilities, reservation values
  // aside, and the distance from the point of greatest welfare to (1, 1).
  double negolog_nash_product = 0;
  double negolog_opposition = 0;
};

// The errors of ParetoFrontier.
absl::StatusOr<Analysis> Analyse(const OutcomeSpace& space,
                                 const std::vector<const Profile*>& parties);

// Of an agreement, or of the 0 for everybody that no agreement is.
struct Quality {
  double distance_to_pareto = 0;  // Euclidean, to the nearest point of the frontier
  double distance_to_nash = 0;
  double social_welfare = 0;  // the sum of utilities
};
Quality Judge(const Analysis& analysis, const std::vector<double>& utilities);

// The distance to the frontier of the outcome that lies farthest from it, which "optimality"
// = 1 - distance / greatest distance measures by. None if space and frontier are so large that it
// would take more than a second.
std::optional<double> GreatestDistance(const OutcomeSpace& space,
                                       const std::vector<const Profile*>& parties,
                                       const std::vector<ParetoPoint>& frontier);

// Whether some outcome leaves nobody below the reservation value.
bool HasZone(const std::vector<const Profile*>& parties, const std::vector<ParetoPoint>& frontier);

}  // namespace oneup::negotiation
