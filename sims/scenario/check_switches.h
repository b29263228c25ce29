// Switches that are turned on or off by interventions.
#pragma once

#include <vector>

#include "oneup/v1/scenario.pb.h"
#include "sims/scenario/problem.h"
#include "sims/scenario/text_format.h"

namespace oneup::sims {

// Reports, of the interventions from the first-th on, each that would leave its rule as it is at
// its time: on what is on, off what is off, or on a part of a family that is off as a whole. The
// names are known ones.
void CheckSwitches(int first, const LocationMap& locations, const v1::Scenario& scenario,
                   std::vector<Problem>* problems);

}  // namespace oneup::sims
