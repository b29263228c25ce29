// The combinations of values that an experiment's design chooses.
#pragma once

#include "absl/status/statusor.h"
#include "oneup/v1/batch.pb.h"
#include "oneup/v1/experiment.pb.h"
#include "sims/scenario/scenario.h"
#include "sims/sensitivity/factor.h"
#include "sims/sensitivity/study.h"

namespace oneup::sims {

// One each for a combination, in the factors' units; a single one without coordinates if nothing is
// varied. table: the CSV file of a list that names one; null for none. Error: InvalidArgument, one
// line: a design that does not suit the factors, too many points, a table that cannot be read.
absl::StatusOr<Points> PointsOf(const v1::Experiment& experiment, const SourceText* table);

// The design of a plan whose experiment asks for elementary effects or Sobol' indices. Errors, one
// line: InvalidArgument for any other design; FailedPrecondition for a plan whose points are not
// those that this program makes of its experiment.
absl::StatusOr<StudyDesign> StudyDesignOf(const v1::BatchPlan& plan);

}  // namespace oneup::sims
