// Order-driven zero intelligence: E. Smith, J. D. Farmer, L. Gillemot, S. Krishnamurthy
// (2003), "Statistical theory of the continuous double auction", Quantitative Finance 3.
#pragma once

#include <vector>

#include "sims/validation/check.h"

namespace oneup::sims {

// The model's rates: limit orders alpha a tick, side and unit of time; market orders mu
// (both sides together); each order is cancelled at rate delta; all orders are of one share.
struct SmithFarmerRates {
  double alpha = 0;
  double mu = 0;
  double delta = 0;
};

// With tick p_c / 100, p_c = mu / 2 alpha (per unit of price), for a nondimensional order
// size epsilon = 2 delta / mu; everything `scale` times faster.
SmithFarmerRates RatesFor(double epsilon, double scale = 1);

struct SmithFarmerResult {
  double mean_spread = 0;  // time average, in p_c
  double end_time = 0;     // in units of 1 / rate
};

// `events` events on the real book after a warm-up of a fifth as many.
SmithFarmerResult MeasureSpread(const SmithFarmerRates& rates, int events, uint64_t seed);

std::vector<Check> CheckSmithFarmer(const ValidationOptions& options);

}  // namespace oneup::sims
