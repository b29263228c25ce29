// Market making with inventory control: M. Avellaneda, S. Stoikov (2008), "High-frequency
// trading in a limit order book", Quantitative Finance 8, 217-224.
#pragma once

#include <vector>

#include "sims/validation/check.h"

namespace oneup::sims {

struct MakerResult {
  double profit = 0;       // at the end, inventory at the mid-price
  int inventory = 0;       // shares at the end
  double mean_spread = 0;  // quoted, over the session
};

// One session on the real order book with the paper's parameters (s = 100, T = 1,
// sigma = 2, dt = .005, gamma = .1, k = 1.5, A = 140). A market order comes on each side
// with probability A dt a step and reaches a distance from the mid-price that is
// exponential with rate k: so a quote at distance d fills with probability A exp(-k d) dt.
// inventory_control: the reservation price follows the inventory; otherwise quotes are
// symmetric around the mid-price with the same mean spread.
MakerResult RunMakerSession(bool inventory_control, uint64_t seed);

std::vector<Check> CheckAvellanedaStoikov(const ValidationOptions& options);

}  // namespace oneup::sims
