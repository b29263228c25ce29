// The stylized facts of financial markets, measured on a replay's own prices.
#pragma once

#include <string>
#include <vector>

#include "sims/scenario/scenario.h"
#include "sims/stats/stylized_facts.h"
#include "sims/validation/check.h"
#include "sims/world/world.h"

namespace oneup::sims {

struct MarketFactsOptions {
  std::string ticker;      // of a listing of the scenario
  kernel::CivilDay first;  // sessions from here
  int sessions = 40;
  int runs = 9;  // with the seeds run.seed, run.seed + 1, ...
  RunOptions run;
};

// What traders made of the listing in these sessions of the run with seed run.seed: returns of the
// middle of the touch by the minute, volumes, and the sign, size and price impact of each order
// that traded.
MarketSample SampleMarket(const LoadedScenario& scenario, const MarketFactsOptions& options);

// One check a metric: the median over the runs, since in one sample of a few weeks each
// metric is noisy even where the fact holds.
std::vector<Check> CheckStylizedFacts(const LoadedScenario& scenario,
                                      const MarketFactsOptions& options);

}  // namespace oneup::sims
