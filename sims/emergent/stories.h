// Many emergent runs of one scenario. Runs share nothing but the scenario; results are kept by
// seed, so that they do not depend on the number of threads.
#pragma once

#include <functional>
#include <vector>

#include "sims/emergent/outcome.h"

namespace oneup::sims {

struct StoriesOptions {
  uint64_t first_seed = 1;
  int seeds = 1;    // >= 1: first_seed, first_seed + 1, ...
  int threads = 1;  // >= 1
  RunOptions run;   // its seed is not used
  // Called after each run with the number of runs done, one call at a time.
  std::function<void(int done)> progress;
};

std::vector<StoryOutcome> RunStories(const LoadedScenario& scenario, const StoriesOptions& options);

// A run's scenario with these switched off too (mind::Switches, ids of rules).
LoadedScenario Without(const LoadedScenario& scenario, const std::vector<std::string>& off);

}  // namespace oneup::sims
