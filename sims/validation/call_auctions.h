// Call auctions: the worked examples that Euronext publishes.
#pragma once

#include <vector>

#include "sims/validation/check.h"

namespace oneup::sims {

// A check an example: the clearing price, reference price 10.
std::vector<Check> CheckCallAuctions();

}  // namespace oneup::sims
