// Many seeds of one scenario, and what they say about each reaction. Runs share
// nothing but the scenario; results are kept by seed, so that they do not depend on
// the number of threads.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <vector>

#include "sims/replay/reaction.h"
#include "sims/scenario/scenario.h"
#include "sims/world/world.h"

namespace oneup::sims {

struct EnsembleOptions {
  uint64_t first_seed = 1;
  int seeds = 1;    // >= 1: first_seed, first_seed + 1, ...
  int threads = 1;  // >= 1
  RunOptions run;   // its seed is not used
  // Called after each run with the number of runs done, one call at a time.
  std::function<void(int done)> progress;
  // Where it is raised no further run begins; what is kept of those has no value. Null: never.
  const std::atomic<bool>* stop = nullptr;
};

// What is kept of one run.
struct RunSummary {
  uint64_t seed = 0;
  std::vector<Reaction> reactions;  // in the order of the keys
  // Daily closes by listing, if kept; see PricePaths for their days.
  std::vector<std::vector<double>> closes;
};

// Calls `run` for every seed, with its place and the options that make it, on so many threads; what
// it writes by place does not depend on their number.
void ForEachSeed(const EnsembleOptions& options,
                 const std::function<void(size_t place, const RunOptions& options)>& run);

// What is kept of a run that has been made; the reactions are to these keys.
RunSummary SummaryOf(const LoadedScenario& scenario, const std::vector<ReactionKey>& keys,
                     uint64_t seed, const RunResult& result, bool keep_closes);

// Runs all seeds. keep_closes: of the first so many runs also the daily closes (8 bytes a
// listing and day).
std::vector<RunSummary> RunEnsemble(const LoadedScenario& scenario,
                                    const std::vector<ReactionKey>& keys,
                                    const EnsembleOptions& options, int keep_closes);

// Median and 90 % interval over the runs that have a value.
struct Spread {
  double median = 0;
  double p05 = 0;
  double p95 = 0;
};
// NaN everywhere if no run has one. metric picks a member, e.g. &Reaction::abnormal.
Spread SpreadOf(const std::vector<RunSummary>& runs, size_t key, double Reaction::*metric);

}  // namespace oneup::sims
