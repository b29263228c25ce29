// Many emergent runs of one scenario. Runs share nothing but the scenario; results are kept by
// seed, so that they do not depend on the number of threads.
#pragma once

#include <string>
#include <vector>

#include "sims/emergent/outcome.h"
#include "sims/replay/ensemble.h"

namespace oneup::sims {

std::vector<StoryOutcome> RunStories(const LoadedScenario& scenario,
                                     const EnsembleOptions& options);

// A run's scenario with these switched off too (mind::Switches, ids of rules).
LoadedScenario Without(const LoadedScenario& scenario, const std::vector<std::string>& off);

}  // namespace oneup::sims
