// Zero-intelligence traders in a double auction: D. Gode, S. Sunder (1993), "Allocative
// efficiency of markets with zero-intelligence traders", Journal of Political Economy 101(1).
#pragma once

#include <vector>

#include "sims/validation/check.h"

namespace oneup::sims {

// Surplus taken over the 885 that the schedule offers, in one market on the real book:
// twelve traders, uniform integer prices 1-200, one unit at a time, trade at the earlier
// quote, all quotes cleared after a trade. constrained: no trader bids above his value or
// asks below his cost (ZI-C), and the market ends when no two units could trade;
// otherwise (ZI-U) it ends when all 24 units are traded.
double MeasureEfficiency(bool constrained, uint64_t seed);

std::vector<Check> CheckGodeSunder(const ValidationOptions& options);

}  // namespace oneup::sims
