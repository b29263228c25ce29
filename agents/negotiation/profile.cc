#include "agents/negotiation/profile.h"

#include <algorithm>

#include "market/kernel/math.h"

namespace oneup::negotiation {

double Profile::Utility(const OutcomeSpace& space, Outcome outcome) const {
  double sum = 0;
  for (size_t i = 0; i < worth.size(); ++i) sum += worth[i][space.Value(outcome, i)];
  return std::min(sum, 1.0);
}

double Profile::Discounted(double utility, double time) const {
  return discount > 0 && discount < 1 ? utility * math::Pow(discount, time) : utility;
}

double Profile::BestUtility() const {
  double sum = 0;
  for (const std::vector<double>& values : worth) sum += *std::ranges::max_element(values);
  return std::min(sum, 1.0);
}

Outcome Profile::Best(const OutcomeSpace& space) const {
  std::vector<size_t> values;
  for (const std::vector<double>& each : worth) {
    values.push_back(static_cast<size_t>(std::ranges::max_element(each) - each.begin()));
  }
  return space.Find(values);
}

std::vector<double> AllUtilities(const OutcomeSpace& space, const Profile& profile) {
  std::vector<double> sums = {0};
  sums.reserve(space.size());
  for (const std::vector<double>& values : profile.worth) {
    // The first value last: it overwrites the sums that the others are made from.
    const size_t before = sums.size();
    sums.resize(before * values.size());
    for (size_t v = values.size(); v-- > 0;) {
      for (size_t i = 0; i < before; ++i) sums[v * before + i] = sums[i] + values[v];
    }
  }
  for (double& sum : sums) sum = std::min(sum, 1.0);
  return sums;
}

}  // namespace oneup::negotiation
