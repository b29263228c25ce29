#include "agents/negotiation/pareto.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace oneup::negotiation {
namespace {

// Rows of sums, one a party, beside the outcomes that have them.
class Combinations {
 public:
  explicit Combinations(size_t parties) : parties_(parties) {}

  size_t size() const { return outcomes_.size(); }
  double* Sums(size_t row) { return sums_.data() + row * parties_; }
  const double* Sums(size_t row) const { return sums_.data() + row * parties_; }
  Outcome At(size_t row) const { return outcomes_[row]; }
  void Reserve(size_t rows) {
    sums_.reserve(rows * parties_);
    outcomes_.reserve(rows);
  }
  void Add(const double* sums, Outcome outcome) {
    sums_.insert(sums_.end(), sums, sums + parties_);
    outcomes_.push_back(outcome);
  }

  // Only what nothing dominates, each vector once (the lowest outcome's), in descending order.
  void Prune() {
    std::vector<size_t> order(size());
    for (size_t row = 0; row < order.size(); ++row) order[row] = row;
    std::ranges::sort(order, [this](size_t a, size_t b) {
      for (size_t k = 0; k < parties_; ++k) {
        if (Sums(a)[k] != Sums(b)[k]) return Sums(a)[k] > Sums(b)[k];
      }
      return At(a) < At(b);
    });
    Combinations kept(parties_);
    for (const size_t row : order) {
      if (!kept.Dominates(Sums(row))) kept.Add(Sums(row), At(row));
    }
    *this = std::move(kept);
  }

 private:
  // Whether a row of this set, sorted as Prune does and before `sums`, is nowhere below it.
  bool Dominates(const double* sums) const {
    // Of two parties only the last row matters: the second sums ascend.
    for (size_t row = parties_ == 2 && size() > 0 ? size() - 1 : 0; row < size(); ++row) {
      bool below = false;
      for (size_t k = 1; k < parties_ && !below; ++k) below = Sums(row)[k] < sums[k];
      if (!below) return true;
    }
    return false;
  }

  size_t parties_;
  std::vector<double> sums_;
  std::vector<Outcome> outcomes_;
};

}  // namespace

absl::StatusOr<std::vector<ParetoPoint>> ParetoFrontier(
    const OutcomeSpace& space, const std::vector<const Profile*>& parties) {
  const size_t n = parties.size();
  const size_t most = n == 2 ? kMaxMerged : kMaxMergedOfMany;
  Combinations frontier(n);
  std::vector<double> sums(n, 0.0);
  frontier.Add(sums.data(), 0);
  for (size_t issue = 0; issue < space.issues().size(); ++issue) {
    const size_t values = space.Values(issue);
    if (frontier.size() > most / values) {
      return absl::ResourceExhaustedError(absl::StrCat(
          "the Pareto frontier of ", n, " parties over ", space.size(),
          " outcomes needs more than ", most, " combinations, the most that are kept"));
    }
    Combinations merged(n);
    merged.Reserve(frontier.size() * values);
    for (size_t value = 0; value < values; ++value) {
      for (size_t row = 0; row < frontier.size(); ++row) {
        for (size_t k = 0; k < n; ++k) {
          sums[k] = frontier.Sums(row)[k] + parties[k]->worth[issue][value];
        }
        merged.Add(sums.data(), frontier.At(row) + space.Stride(issue) * value);
      }
    }
    merged.Prune();
    frontier = std::move(merged);
  }
  // Utilities end at 1: what differed above it no longer does.
  for (size_t row = 0; row < frontier.size(); ++row) {
    for (size_t k = 0; k < n; ++k) frontier.Sums(row)[k] = std::min(frontier.Sums(row)[k], 1.0);
  }
  frontier.Prune();

  std::vector<ParetoPoint> points;
  for (size_t row = frontier.size(); row-- > 0;) {
    points.push_back({{frontier.Sums(row), frontier.Sums(row) + n}, frontier.At(row)});
  }
  return points;
}

}  // namespace oneup::negotiation
