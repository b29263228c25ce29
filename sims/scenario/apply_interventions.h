// What interventions change in a scenario before a run begins, and whether the rest of them can
// take effect within it (sims/world/interventions.h).
#pragma once

#include <vector>

#include "oneup/v1/scenario.pb.h"
#include "sims/scenario/problem.h"
#include "sims/scenario/text_format.h"

namespace oneup::sims {

// Applies the scenario's interventions from the first-th on: events that are dropped, added or
// moved, and numbers that differ from the beginning. Reports the others that no run could carry
// out; leaves out what it reports. The result still needs the checks of a scenario.
void ApplyInterventions(int first, const LocationMap& locations, v1::Scenario& scenario,
                        std::vector<Problem>* problems);

}  // namespace oneup::sims
