// One party's view of a space: its profile, and what is worked out from it once for all sessions.
#pragma once

#include <vector>

#include "agents/negotiation/outcome_space.h"
#include "agents/negotiation/profile.h"
#include "agents/negotiation/ranking.h"

namespace oneup::negotiation {

// Immutable: threads may share it. 20 bytes an outcome; spaces of at most kMaxRanked outcomes.
class Preferences {
 public:
  // Both outlive it.
  Preferences(const OutcomeSpace& space, const Profile& profile)
      : space_(space),
        profile_(profile),
        utilities_(AllUtilities(space, profile)),
        ranking_(space, utilities_) {}

  const OutcomeSpace& space() const { return space_; }
  const Profile& profile() const { return profile_; }
  double Utility(Outcome outcome) const { return utilities_[outcome]; }
  // By index of the outcome.
  const std::vector<double>& utilities() const { return utilities_; }
  const Ranking& ranking() const { return ranking_; }

 private:
  const OutcomeSpace& space_;
  const Profile& profile_;
  std::vector<double> utilities_;
  Ranking ranking_;
};

}  // namespace oneup::negotiation
