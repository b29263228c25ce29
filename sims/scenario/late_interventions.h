// Interventions that a run would not live to see.
#pragma once

#include <optional>
#include <vector>

#include "market/kernel/civil_time.h"
#include "sims/scenario/scenario.h"

namespace oneup::sims {

// The first day on which an intervention can change a run of the scenario; nothing if it may be
// any: it holds from the beginning, or concerns what emerges. The scenario is that before it.
std::optional<kernel::CivilDay> FirstDayOf(const LoadedScenario& scenario,
                                           const v1::Intervention& intervention);

// The first of those that can change nothing up to and including the day; null for none.
const v1::Intervention* LateIntervention(const LoadedScenario& scenario,
                                         const std::vector<v1::Intervention>& interventions,
                                         kernel::CivilDay until);

}  // namespace oneup::sims
