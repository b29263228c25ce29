#include "sims/stats/multiple_tests.h"

#include <algorithm>
#include <cmath>

namespace oneup::sims {

std::vector<double> HolmAdjusted(std::span<const double> p_values) {
  std::vector<size_t> order;
  for (size_t i = 0; i < p_values.size(); ++i) {
    if (!std::isnan(p_values[i])) order.push_back(i);
  }
  std::ranges::stable_sort(order, {}, [&](size_t i) { return p_values[i]; });
  std::vector<double> adjusted(p_values.begin(), p_values.end());
  double largest = 0;
  for (size_t rank = 0; rank < order.size(); ++rank) {
    const double p = static_cast<double>(order.size() - rank) * p_values[order[rank]];
    largest = std::max(largest, std::min(p, 1.0));
    adjusted[order[rank]] = largest;
  }
  return adjusted;
}

}  // namespace oneup::sims
