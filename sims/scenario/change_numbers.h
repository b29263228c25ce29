// Interventions that set or scale numbers of a scenario, before a run or within it.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "oneup/v1/scenario.pb.h"
#include "sims/scenario/problem.h"
#include "sims/scenario/text_format.h"

namespace oneup::sims {

// Sets or scales the numbers of one intervention, of either kind. Error: one line.
absl::Status ChangeNumbers(const v1::Intervention& intervention, v1::Scenario& scenario);

// Whether it changes numbers within a run, not before it.
bool ChangesWithin(const v1::Intervention& intervention);

// Indices of the scenario's interventions that are of a kind, in the order in which they take
// effect.
std::vector<int> InOrderOfEffect(const v1::Scenario& scenario,
                                 bool (*is_of_kind)(const v1::Intervention&));

// Tries all numbers that change within a run, in the order in which they will: each must be in
// range after those before it.
void TryChanges(const LocationMap& locations, const v1::Scenario& scenario,
                std::vector<Problem>* problems);

}  // namespace oneup::sims
