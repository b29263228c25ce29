// Where prices went: the daily closes of each listing over an ensemble, beside the
// recorded ones, so that a person can look at both in one chart.
#pragma once

#include <vector>

#include "sims/replay/ensemble.h"
#include "sims/scenario/scenario.h"

namespace oneup::sims {

// One listing's days, all vectors in step. Prices in the listing's currency.
//
// Two runs that part in the first month stand at different levels a year later, which
// says nothing of the days that are looked at. So each run is scaled to one price on the
// first day: the recorded close, or without a record the runs' median. From there on the
// interval shows how far runs part.
struct PricePath {
  int listing = 0;  // index into the scenario's listings
  std::vector<kernel::CivilDay> days;
  std::vector<Spread> simulated;
  std::vector<double> recorded;  // NaN where there is no record
};

// The paths of all listings but the index, over the runs whose closes were kept, from the
// first session on or after `from` (on which there is a record, if there ever is one from
// then on) to the end of the runs. A listing without a session then has no path.
std::vector<PricePath> PricePaths(const LoadedScenario& scenario,
                                  const std::vector<RunSummary>& runs, kernel::CivilDay from);

}  // namespace oneup::sims
