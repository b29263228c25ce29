// What batch and merge say on the terminal.
#pragma once

#include <string>

#include "sims/batch/engine.h"
#include "sims/batch/experiment.h"
#include "sims/batch/tables.h"

namespace oneup::cli {

// Of --dry-run: how many runs, how long, how much.
std::string PlanText(const sims::Experiment& experiment, const sims::Estimate& estimate,
                     int threads);

// Of --run: one run's factors and metrics.
std::string RunText(const sims::Experiment& experiment, const v1::BatchRun& run);

// Of a batch that is whole: what was written where, and the call that makes a run of it again.
std::string DoneText(const v1::BatchPlan& plan, const sims::BatchCounts& counts,
                     const std::string& folder);

}  // namespace oneup::cli
