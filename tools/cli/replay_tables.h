// What closes a replay in the terminal: simulated against recorded, event by event.
#pragma once

#include <string>

#include "market/kernel/civil_time.h"
#include "sims/replay/replay.h"
#include "sims/report/terminal.h"
#include "sims/scenario/scenario.h"

namespace oneup::cli {

// Opening gap, first day, abnormal return (and the prediction of it by the other events),
// CARs, volume and market value added of the exposed listings, for events from a day on;
// the sums, and what the columns mean. With many runs the median and the 90 % interval.
// As many metrics beside each other as fit into the style's width; 80 columns hold one of
// an ensemble.
std::string ClosingTables(const sims::LoadedScenario& scenario, const sims::Replay& replay,
                          kernel::CivilDay from, const sims::TerminalStyle& style);

}  // namespace oneup::cli
