// Which interventions of a scenario take effect within a run; the others have changed the scenario
// before it (sims/scenario/apply_interventions.h).
#pragma once

#include <memory>

#include "sims/scenario/scenario.h"

namespace oneup::sims {

// A copy of the scenario, without the texts that it came from, if interventions change its numbers
// or switches within the run; else null.
std::unique_ptr<LoadedScenario> CopyIfItChanges(const LoadedScenario& scenario);

}  // namespace oneup::sims
