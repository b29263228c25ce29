// How the market of one run took the story that emerged in it.
#pragma once

#include "sims/replay/replay.h"
#include "sims/scenario/scenario.h"
#include "sims/world/world.h"

namespace oneup::sims {

// The reactions to the announcements of the told story (EmergedScenario), as a replay of one seed;
// nothing is recorded to compare with.
Replay ReactionsOf(const LoadedScenario& told, const RunResult& result, uint64_t seed);

}  // namespace oneup::sims
