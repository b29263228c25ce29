// The replay as data.
#pragma once

#include <string>

#include "sims/replay/replay.h"
#include "sims/scenario/scenario.h"

namespace oneup::cli {

// One JSON object: `reactions` (a row an event told from a day on and listing: event, ticker,
// exposed, first_session, recorded {first_day, abnormal, gap, car_1_1, car_0_20, volume_ratio},
// simulated {each with median, p05, p95}, added_value_usd_bn, leave_one_out), `added_value_usd_bn`
// (recorded, median, p05, p95), `seeds`, `first_seed`, `scenario`, `commitments`. Returns are
// fractions; null is what the prices do not reach.
std::string ReplayJson(const sims::LoadedScenario& scenario, const sims::Replay& replay,
                       kernel::CivilDay from);

// The reactions as a table with a heading, one row an event and listing.
std::string ReplayCsv(const sims::LoadedScenario& scenario, const sims::Replay& replay,
                      kernel::CivilDay from);

}  // namespace oneup::cli
