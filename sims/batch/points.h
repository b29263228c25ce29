// The combinations of values that a design chooses.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "oneup/v1/experiment.pb.h"
#include "sims/scenario/scenario.h"

namespace oneup::sims {

// Rows of values in the order of the factors, one each for a combination; a single empty one
// without factors. The experiment has passed its rules (CheckRules) and each factor its own
// (experiment.cc). table: the CSV file of a list that names one; null for none. Error:
// InvalidArgument, one line: a design that does not suit the factors, too many points, a table that
// cannot be read.
absl::StatusOr<std::vector<std::vector<double>>> PointsOf(const v1::Experiment& experiment,
                                                          const SourceText* table);

}  // namespace oneup::sims
