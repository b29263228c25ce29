// The combinations of values that an experiment's design chooses.
#pragma once

#include "absl/status/statusor.h"
#include "oneup/v1/experiment.pb.h"
#include "sims/scenario/scenario.h"
#include "sims/sensitivity/factor.h"

namespace oneup::sims {

// One each for a combination, in the factors' units; a single one without coordinates if nothing is
// varied. table: the CSV file of a list that names one; null for none. Error: InvalidArgument, one
// line: a design that does not suit the factors, too many points, a table that cannot be read.
absl::StatusOr<Points> PointsOf(const v1::Experiment& experiment, const SourceText* table);

}  // namespace oneup::sims
