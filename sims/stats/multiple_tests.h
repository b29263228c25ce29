// Several hypotheses tested at once: what is left of each p-value.
#pragma once

#include <span>
#include <vector>

namespace oneup::sims {

// The step-down adjustment of S. Holm (1979), "A simple sequentially rejective multiple test
// procedure", Scandinavian Journal of Statistics 6, 65-70. With m p-values, the i-th smallest
// becomes the largest of (m - j + 1) p_(j) over j <= i, at most 1. Rejecting those that are at most
// alpha, the chance of any false rejection is at most alpha, however the tests depend on each
// other. In the order given; a NaN (a test that could not be made) stays NaN and does not count.
// O(n log n).
std::vector<double> HolmAdjusted(std::span<const double> p_values);

}  // namespace oneup::sims
