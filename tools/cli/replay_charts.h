// Prices and deals of a replay, for charts: in the terminal (--plot) and on the page
// (--report).
#pragma once

#include <string>

#include "market/kernel/civil_time.h"
#include "sims/replay/replay.h"
#include "sims/report/report_data.h"
#include "sims/report/terminal.h"
#include "sims/scenario/scenario.h"

namespace oneup::cli {

// Runs whose closes charts are made of: more would show nothing more.
inline constexpr int kChartedRuns = 1000;

// One panel a listing: simulated (with many runs the median and the 90 % interval) and
// recorded closes since a week before `from`, or a month before the first event that named a
// stock; a mark at each event that named this one. The replay must have kept closes.
std::string PlotPrices(const sims::LoadedScenario& scenario, const sims::Replay& replay,
                       kernel::CivilDay from, const sims::TerminalStyle& style);

// All that the page says. from, until: the events it tells and the days of its charts.
// command: the call that makes it again.
sims::ReportData ReportOf(const sims::LoadedScenario& scenario, const sims::Replay& replay,
                          kernel::CivilDay from, kernel::CivilDay until,
                          const std::string& command);

}  // namespace oneup::cli
