// One party's view of a space: its profile, and what is worked out from it once for all sessions.
#pragma once

#include <optional>
#include <vector>

#include "agents/negotiation/outcome_space.h"
#include "agents/negotiation/profile.h"
#include "agents/negotiation/ranking.h"

namespace oneup::negotiation {

// 8 bytes an outcome, 20 once it is ranked; spaces of at most kMaxRanked outcomes. Threads may
// share it from the first call of ranking() on.
class Preferences {
 public:
  // Both outlive it.
  Preferences(const OutcomeSpace& space, const Profile& profile)
      : space_(&space), profile_(&profile), utilities_(AllUtilities(space, profile)) {}

  const OutcomeSpace& space() const { return *space_; }
  const Profile& profile() const { return *profile_; }
  double Utility(Outcome outcome) const { return utilities_[outcome]; }
  // By index of the outcome.
  const std::vector<double>& utilities() const { return utilities_; }
  // Made when it is first asked for: not every tactic needs it.
  const Ranking& ranking() const {
    if (!ranking_) ranking_.emplace(*space_, utilities_);
    return *ranking_;
  }

 private:
  const OutcomeSpace* space_;
  const Profile* profile_;
  std::vector<double> utilities_;
  mutable std::optional<Ranking> ranking_;
};

}  // namespace oneup::negotiation
