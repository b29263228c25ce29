// The outcomes that a study of sensitivity (sims/sensitivity/study.h) looks at: those of a batch
// whose design asks for one, run here and now or read from its folder.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "oneup/v1/batch.pb.h"
#include "sims/batch/engine.h"
#include "sims/batch/experiment.h"

namespace oneup::sims {

struct StudyRuns {
  // By metric of the plan, then by run id; NaN: it does not exist in the run, or the run failed.
  std::vector<std::vector<double>> values;
  uint64_t failed = 0;
  std::string first_error;  // of the failed run of the least id
};

// Runs all of the plan in memory. Error: Cancelled if it was stopped.
absl::StatusOr<StudyRuns> RunForStudy(const Experiment& experiment, const EngineOptions& options);

// Reads the folder's runs.csv, which is there once the batch is whole. The values are those of
// RunForStudy to the last bit. Errors, one line: NotFound without a table; InvalidArgument with
// file, line and column for runs that are not those of the plan in their order, a metric of the
// plan without a column, and a field that is no number.
absl::StatusOr<StudyRuns> ReadForStudy(const v1::BatchPlan& plan, const std::string& folder);

}  // namespace oneup::sims
