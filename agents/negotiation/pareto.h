// The Pareto frontier: the outcomes that no other is at least as good as for everybody and better
// for somebody.
//
// Exact, and without enumerating the space: utilities are sums over issues, so a combination of
// some issues' values that is dominated by another combination of the same issues can be dropped
// before the next issue is merged in (Minkowski sums of the issues' sets, pruned). Spaces of 10^8
// and more outcomes take milliseconds for two parties.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "agents/negotiation/outcome_space.h"
#include "agents/negotiation/profile.h"

namespace oneup::negotiation {

struct ParetoPoint {
  std::vector<double> utilities;  // one a party
  Outcome outcome = 0;            // one that has them
  bool operator==(const ParetoPoint&) const = default;
};

// The largest set of combinations that is pruned at once, for two parties and for more. With more,
// pruning is quadratic, and the frontier itself may be most of the space.
inline constexpr size_t kMaxMerged = 2'000'000;
inline constexpr size_t kMaxMergedOfMany = 100'000;

// Each vector of utilities on the frontier once, ascending in the first party's utility, then in
// the others'. ResourceExhausted beyond these bounds.
absl::StatusOr<std::vector<ParetoPoint>> ParetoFrontier(const OutcomeSpace& space,
                                                        const std::vector<const Profile*>& parties);

}  // namespace oneup::negotiation
