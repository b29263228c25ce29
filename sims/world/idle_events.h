// What-ifs of a replay that change nothing: its people act as recorded, so that an event which
// neither moves a stock nor promises anything can be left out without any consequence.
#pragma once

#include <vector>

#include "sims/scenario/scenario.h"

namespace oneup::sims {

// Whether the event leaves all prices and obligations of a replay as they are: no listing hears
// of it by any valuation of the scenario, and it is no deal. Never in a scenario whose principals
// act: they may hear of it.
bool IsIdle(const LoadedScenario& scenario, const v1::Event& event);

// Places of the interventions that drop or move idle events of the scenario only.
std::vector<size_t> IdleInterventions(const LoadedScenario& scenario,
                                      const std::vector<v1::Intervention>& interventions);

}  // namespace oneup::sims
