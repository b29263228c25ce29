// A run's own story as a scenario: what emerged stands beside what the scenario told, each at its
// time, so that whatever works on scenarios (timeline, reactions, network, report) works on it.
#pragma once

#include "sims/replay/replay.h"
#include "sims/scenario/scenario.h"
#include "sims/world/world.h"

namespace oneup::sims {

// The scenario with the run's events, and with market values as they were simulated. Recorded
// prices and reactions are left out: of a story that went another way they say nothing.
LoadedScenario EmergedScenario(const LoadedScenario& scenario, const RunResult& result);

// The reactions of the run to the told story's announcements, as a replay of one seed.
Replay ReactionsOf(const LoadedScenario& told, const RunResult& result, uint64_t seed);

}  // namespace oneup::sims
