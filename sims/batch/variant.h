// A scenario with values of factors in it.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "oneup/v1/batch.pb.h"
#include "sims/scenario/scenario.h"

namespace oneup::sims {

// What a factor's value stands for: lines of the grammar of interventions (intervention_text.h).
// Error: InvalidArgument for a choice that the factor does not have.
absl::StatusOr<std::vector<std::string>> LinesOf(const v1::PlannedFactor& factor, double value);

// What a factor's line changes, of two factors never the same: numbers of the scenario that it
// sets, by their paths in full; for another line, itself, in one spelling. Empty for alternatives
// and for a line that cannot be read.
std::vector<std::string> TargetsOf(const v1::PlannedFactor& factor, const v1::Scenario& scenario);

// The scenario of one combination of values: with the lines of its factors, in their order. Error:
// InvalidArgument for a value that does not fit the scenario.
absl::StatusOr<LoadedScenario> VariantOf(const LoadedScenario& scenario, const v1::BatchPlan& plan,
                                         const v1::PlannedPoint& point);

}  // namespace oneup::sims
