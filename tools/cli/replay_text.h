// The replay as a person reads it: a narrated timeline, then the closing table.
#pragma once

#include <string>

#include "sims/replay/replay.h"
#include "sims/scenario/scenario.h"

namespace oneup::cli {

// One event: the date, who, what, the terms, what the stocks did on the first day
// (simulated beside recorded), and the running totals after a commitment. position is
// its place in the schedule. Ends with an empty line.
std::string TellEvent(const sims::LoadedScenario& scenario, const sims::Replay& replay,
                      size_t position);

// Simulated against recorded, event by event, and the sums.
std::string ClosingTable(const sims::LoadedScenario& scenario, const sims::Replay& replay);

// The terms of a deal in one line: "10 GW, $350 bn over 5 years, ..."; empty without any.
std::string TermsLine(const v1::DealTerms& terms);

}  // namespace oneup::cli
