// Runs the shards of a batch on threads. Each shard is computed by one thread and written as one
// file when all of its runs are done, so that memory does not grow with the number of runs and an
// interruption loses the shards under way and nothing else.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "sims/batch/experiment.h"
#include "sims/batch/folder.h"

namespace oneup::sims {

// One run: its row, with an error instead of values if it failed. trace: the file that records it,
// zstd-compressed; empty for none. Error: the trace could not be written.
absl::StatusOr<v1::BatchRun> RunOne(const Experiment& experiment, const PlannedRun& run,
                                    const std::string& trace);

struct EngineOptions {
  int threads = 1;  // >= 1
  // Once true, shards under way are abandoned at their next run. May be null.
  const std::atomic<bool>* stop = nullptr;
  // Called after each run, from any thread. May be empty.
  std::function<void()> progress;
};

// Runs the missing shards of the folder. Errors: Cancelled if it was stopped, else that of the
// first file that could not be written; shards that were finished stay.
absl::Status RunShards(const Experiment& experiment, const BatchFolder& folder,
                       const EngineOptions& options);

// All runs of the plan by their ids, in memory alone; nothing is recorded. Error: Cancelled if it
// was stopped.
absl::StatusOr<std::vector<v1::BatchRun>> RunInMemory(const Experiment& experiment,
                                                      const EngineOptions& options);

// What a batch will take, from a few of its runs.
struct Estimate {
  int runs = 0;                // that were tried
  double seconds_per_run = 0;  // of one thread
  double bytes_per_run = 0;    // of shards and tables
  double bytes_per_trace = 0;  // of a run that is recorded
};
Estimate Probe(const Experiment& experiment);

}  // namespace oneup::sims
