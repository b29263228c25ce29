// Experiments: reading one, checking it, and the plan that it makes.
//
//   absl::StatusOr<Experiment> experiment = LoadExperiment("fomo_trust");
//
// An experiment is protobuf text (proto/oneup/v1/experiment.proto). The program carries those of
// sims/scenarios/experiments inside itself.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "oneup/v1/batch.pb.h"
#include "sims/metrics/metrics.h"
#include "sims/scenario/scenario.h"
#include "sims/world/world.h"

namespace oneup::sims {

// Ready to be run. Read only from then on: any number of threads may share it.
struct Experiment {
  v1::BatchPlan plan;
  LoadedScenario scenario;      // without the factors
  std::vector<Metric> metrics;  // in the order of plan.metrics()
  RunOptions run;               // its seed is not used
};

// Reads and checks an experiment: a path (it holds a '/' or ends in .textproto), or the name of one
// inside the program. Errors: NotFound for a missing file or an unknown name, InvalidArgument with
// every problem, one a line: file:line:column: field: what is wrong.
absl::StatusOr<Experiment> LoadExperiment(std::string_view path_or_name);

// The same for text at hand; a scenario or table that it names as a file lies beside `source.name`.
absl::StatusOr<Experiment> ReadExperiment(const SourceText& source);

// The experiment of a plan that a folder holds: nothing is read from the disk. Error, one line:
// FailedPrecondition for a plan that this program does not make of it (another build's, often).
absl::StatusOr<Experiment> ExperimentOf(const v1::BatchPlan& plan);

// Names of the experiments inside the program, sorted.
std::vector<std::string> BuiltinExperiments();

}  // namespace oneup::sims
