// A counterfactual beside its baseline: both run the same seeds, and the difference is measured run
// by run. A change shifts nobody else's random numbers, so that a pair differs by the change alone
// (common random numbers; sims/stats/paired.h).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sims/compare/paths.h"
#include "sims/metrics/metrics.h"
#include "sims/replay/ensemble.h"
#include "sims/scenario/scenario.h"
#include "sims/stats/descriptive.h"
#include "sims/stats/paired.h"

namespace oneup::sims {

struct CompareOptions {
  // Seeds, threads, resolution. progress counts pairs; stop ends at the next of them.
  EnsembleOptions runs;
  double level = 0.95;  // of the intervals, 0-1
  // Pairs are added until the interval of each of the first `precise` metrics has this half-width
  // or less, in the metric's unit; runs.seeds, and 30, is then the least number, `most_seeds` the
  // greatest.
  std::optional<double> half_width;
  size_t precise = 1;
  int most_seeds = 10'000;
  // Called when pairs are to be added, with how many there will be.
  std::function<void(int seeds)> more;
};

// One metric over the pairs of runs in which both have it.
struct Effect {
  std::string metric;
  std::string unit;
  int pairs = 0;
  PairedDifference paired;  // NaN for no pair
  Interval bootstrap;       // BCa
  double p = 0;             // sign-flip test
  double p_holm = 0;        // adjusted over the metrics whose pairs are enough for a test
  bool same = false;        // equal in every run, or missing in both
};

struct Comparison {
  // It was stopped: of the rest only `seeds`, the pairs that were made, has a meaning.
  bool stopped = false;
  uint64_t first_seed = 0;
  int seeds = 0;
  double level = 0.95;
  std::vector<Effect> effects;  // in the order of the metrics
  bool precise = true;          // the half-width that was asked for was reached
  // Values by run and metric, for those who want to do their own statistics.
  std::vector<std::vector<double>> baseline;
  std::vector<std::vector<double>> changed;
  PairedPaths paths;  // if they were kept
};

// A comparison that is gathered pair by pair, in any order: for those who have something else to do
// in between. The scenarios and metrics are as for Compare, which is made of it.
class PairedRuns {
 public:
  // The scenarios must outlive it. level: of the intervals, 0-1. keep_paths: else the comparison
  // has none, which saves 8 bytes a close and, in Finish, the sorting of them.
  PairedRuns(const LoadedScenario& baseline, const LoadedScenario& changed,
             std::vector<Metric> metrics, uint64_t first_seed, double level, bool keep_paths);

  // There will be so many pairs, more than before.
  void Resize(size_t pairs);
  // The runs of seed first_seed + pair. May be called from several threads for different pairs.
  void Keep(size_t pair, const RunResult& baseline, const RunResult& changed);
  // What has been gathered, without effects.
  const Comparison& comparison() const { return comparison_; }

  // All pairs are kept. Finds the effect on the next metric; takes milliseconds for hundreds of
  // pairs. False: all are found.
  bool FindNextEffect();
  // After that, once.
  Comparison Finish();

 private:
  const LoadedScenario& baseline_;
  const LoadedScenario& changed_;
  std::vector<Metric> metrics_;
  Comparison comparison_;
  const bool keep_paths_;
  PathRecorder paths_;
};

// The scenarios have the same listings and calendars. Results do not depend on threads.
Comparison Compare(const LoadedScenario& baseline, const LoadedScenario& changed,
                   const std::vector<Metric>& metrics, const CompareOptions& options);

// What is compared if nothing is asked for: totals, each supplier's deal, stocks, the network.
std::vector<std::string> UsualOutcomes();

}  // namespace oneup::sims
