// What can be agreed on: issues with finitely many values, and every combination of them.
//
// An outcome is one number: the index of the combination, the first issue turning fastest.
// That is the order in which Genius enumerates bids (its BidIterator), so that "the first of
// equals" means the same here and there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace oneup::negotiation {

// Index of an outcome in its space, below OutcomeSpace::size().
using Outcome = uint64_t;

struct Issue {
  std::string name;
  // Distinct, at least one; an integer issue spells its numbers.
  std::vector<std::string> values = {};
  bool integer = false;  // only how ties are broken depends on it
};

class OutcomeSpace {
 public:
  // Every issue has a value; the product of their numbers is below 2^63 (see CountOutcomes).
  explicit OutcomeSpace(std::vector<Issue> issues);

  const std::vector<Issue>& issues() const { return issues_; }
  uint64_t size() const { return size_; }
  // Number of values of an issue.
  size_t Values(size_t issue) const { return issues_[issue].values.size(); }
  // How far apart two outcomes lie that differ by one value of the issue only.
  uint64_t Stride(size_t issue) const { return strides_[issue]; }
  // The value that the outcome gives an issue, an index into its values.
  size_t Value(Outcome outcome, size_t issue) const {
    return static_cast<size_t>(outcome / strides_[issue] % Values(issue));
  }
  // The inverse: one value for each issue.
  Outcome Find(const std::vector<size_t>& values) const;

  // The hash code that Java gives Genius' Bid: the sum of its values' hash codes, a string's over
  // its UTF-16 units. Genius orders bids of equal utility by it, and so by the names of values.
  uint32_t GeniusHash(Outcome outcome) const;

 private:
  std::vector<Issue> issues_;
  std::vector<uint64_t> strides_;
  std::vector<std::vector<uint32_t>> hashes_;
  uint64_t size_ = 1;
};

// The product of the numbers of values, or 2^63 if it is that or more.
uint64_t CountOutcomes(const std::vector<Issue>& issues);

}  // namespace oneup::negotiation
