// One party's outcomes from best to worst: what tactics bid from that look at nothing but their
// own utility.
#pragma once

#include <cstdint>
#include <vector>

#include "agents/negotiation/outcome_space.h"

namespace oneup::negotiation {

// The largest space that is ranked, or enumerated for any other end.
inline constexpr uint64_t kMaxRanked = 10'000'000;

class Ranking {
 public:
  // utilities: of all outcomes, at most kMaxRanked. Equal ones stand in Genius' order: by the hash
  // code of its BidDetails, then by index. O(n log n).
  Ranking(const OutcomeSpace& space, const std::vector<double>& utilities);

  size_t size() const { return outcomes_.size(); }
  // rank 0 is the best.
  Outcome At(size_t rank) const { return outcomes_[rank]; }
  double UtilityAt(size_t rank) const { return utilities_[rank]; }
  // The outcome nearest to a utility, as Genius' SortedOutcomeSpace finds it: a binary search,
  // then the neighbour below if it lies nearer. O(log n).
  size_t NearestTo(double utility) const;

 private:
  std::vector<uint32_t> outcomes_;
  std::vector<double> utilities_;
};

}  // namespace oneup::negotiation
