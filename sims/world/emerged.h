// A run's own story as a scenario: what emerged stands beside what the scenario told, each at its
// time, so that whatever works on scenarios (timeline, reactions, network, report) works on it.
#pragma once

#include "sims/scenario/scenario.h"
#include "sims/world/world.h"

namespace oneup::sims {

// The scenario itself if it has no principals; else with the run's events, and with market values
// as they were simulated. Recorded prices and reactions are left out: of a story that went another
// way they say nothing.
LoadedScenario EmergedScenario(const LoadedScenario& scenario, const RunResult& result);

}  // namespace oneup::sims
