#include "agents/negotiation/ranking.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>

namespace oneup::negotiation {
namespace {

// Of a BidDetails: 31 (31 (31 + bid) + utility) + time, with the time 0 and the utility's two
// halves folded. Java compares hash codes as signed numbers.
int32_t TieKey(uint32_t bid, double utility) {
  const uint64_t bits = std::bit_cast<uint64_t>(utility);
  const uint32_t folded = static_cast<uint32_t>(bits ^ bits >> 32);
  return static_cast<int32_t>(31 * (31 * (31 + bid) + folded));
}

}  // namespace

Ranking::Ranking(const OutcomeSpace& space, const std::vector<double>& utilities) {
  assert(utilities.size() <= kMaxRanked);
  struct Ranked {
    double utility;
    uint32_t outcome;
  };
  std::vector<Ranked> ranked(utilities.size());
  for (size_t i = 0; i < ranked.size(); ++i) ranked[i] = {utilities[i], static_cast<uint32_t>(i)};
  std::ranges::sort(ranked, [](const Ranked& a, const Ranked& b) {
    return a.utility != b.utility ? a.utility > b.utility : a.outcome < b.outcome;
  });
  // Ties are few in most domains: their hash codes are worked out only where they decide.
  for (auto first = ranked.begin(); first != ranked.end();) {
    const auto last = std::find_if(
        first, ranked.end(), [&](const Ranked& each) { return each.utility != first->utility; });
    if (last - first > 1) {
      std::ranges::stable_sort(first, last, {}, [&](const Ranked& each) {
        return TieKey(space.GeniusHash(each.outcome), each.utility);
      });
    }
    first = last;
  }
  outcomes_.reserve(ranked.size());
  utilities_.reserve(ranked.size());
  for (const Ranked& each : ranked) {
    outcomes_.push_back(each.outcome);
    utilities_.push_back(each.utility);
  }
}

size_t Ranking::NearestTo(double utility) const {
  size_t low = 0;
  size_t high = utilities_.size() - 1;
  size_t middle = (low + high) / 2;
  while (utilities_[middle] != utility) {
    (utilities_[middle] < utility ? high : low) = middle;
    const size_t next = (low + high) / 2;
    if (next == middle) break;
    middle = next;
  }
  if (utilities_[middle] == utility) return middle;
  const auto distance = [&](size_t rank) { return std::abs(utilities_[rank] - utility); };
  if (middle + 1 < utilities_.size() && distance(middle + 1) < distance(middle)) return middle + 1;
  return middle;
}

}  // namespace oneup::negotiation
