// The matching engine under Poisson order flow: R. Cont, S. Stoikov, R. Talreja (2010),
// "A stochastic model for order book dynamics", Operations Research 58(3), 549-563.
#pragma once

#include <array>
#include <vector>

#include "sims/validation/check.h"

namespace oneup::sims {

inline constexpr int kQueueSizes = 5;

// P(mid-price moves up before down) at a spread of one tick, rows bid queue 1..5,
// columns ask queue 1..5; exact for the rates of the paper's Table 2.
extern const std::array<std::array<double, kQueueSizes>, kQueueSizes> kProbabilityUp;

// The same, measured on the real order book in `episodes` episodes a cell: limit orders
// arrive at a best quote at rate lambda(1), market orders at rate mu, and each order is
// cancelled at rate theta(1), until a queue is gone. Deeper orders cannot act before.
double MeasureProbabilityUp(int bid_queue, int ask_queue, const ValidationOptions& options);

// A check a cell.
std::vector<Check> CheckContStoikovTalreja(const ValidationOptions& options);

}  // namespace oneup::sims
