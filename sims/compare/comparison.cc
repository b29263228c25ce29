#include "sims/compare/comparison.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <utility>

#include "sims/stats/multiple_tests.h"
#include "sims/stats/precision.h"

namespace oneup::sims {
namespace {

// With fewer an interval can be narrow, or of no width, by chance.
constexpr int kLeastPairs = 30;
constexpr size_t kWorthATry = 200;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// The runs in which both arms have a metric.
struct Pairs {
  std::vector<double> baseline;
  std::vector<double> changed;
  bool same = true;
};

Pairs PairsOf(const Comparison& comparison, size_t metric) {
  Pairs pairs;
  for (size_t i = 0; i < comparison.baseline.size(); ++i) {
    const double a = comparison.baseline[i][metric];
    const double b = comparison.changed[i][metric];
    pairs.same = pairs.same && (a == b || (std::isnan(a) && std::isnan(b)));
    if (!std::isfinite(a) || !std::isfinite(b)) continue;
    pairs.baseline.push_back(a);
    pairs.changed.push_back(b);
  }
  return pairs;
}

Effect EffectOf(const Comparison& comparison, size_t index, const Metric& metric) {
  const Pairs pairs = PairsOf(comparison, index);
  Effect effect;
  effect.metric = metric.name;
  effect.unit = metric.unit;
  effect.pairs = static_cast<int>(pairs.baseline.size());
  effect.same = pairs.same;
  if (effect.pairs == 0) {
    effect.paired = {kNaN, kNaN, kNaN, kNaN, kNaN, kNaN};
    effect.bootstrap = {kNaN, kNaN};
    effect.p = kNaN;
    return effect;
  }
  const std::vector<double> differences = Differences(pairs.baseline, pairs.changed);
  effect.paired = ComparePairs(pairs.baseline, pairs.changed, comparison.level);
  effect.bootstrap = BcaInterval(differences, comparison.level);
  effect.p = effect.pairs < 2 ? kNaN : SignFlipP(differences);
  return effect;
}

// How many pairs to add; 0 if none, or if the limit is reached.
int MorePairs(const Comparison& comparison, const CompareOptions& options, size_t metrics,
              bool* reached) {
  int more = 0;
  *reached = true;
  for (size_t m = 0; m < std::min(options.precise, metrics); ++m) {
    const Pairs pairs = PairsOf(comparison, m);
    const PrecisionStep step = NextRuns(Differences(pairs.baseline, pairs.changed),
                                        {.half_width = *options.half_width,
                                         .level = options.level,
                                         .min_runs = std::max(kLeastPairs, options.runs.seeds),
                                         .max_runs = options.most_seeds});
    *reached = *reached && step.reached;
    // What no run has will not come: not reached, and no reason to go on.
    if (pairs.baseline.empty() && comparison.baseline.size() >= kWorthATry) continue;
    more = std::max(more, step.more);
  }
  return std::min(more, options.most_seeds - static_cast<int>(comparison.baseline.size()));
}

}  // namespace

PairedRuns::PairedRuns(const LoadedScenario& baseline, const LoadedScenario& changed,
                       std::vector<Metric> metrics, uint64_t first_seed, double level,
                       bool keep_paths)
    : baseline_(baseline),
      changed_(changed),
      metrics_(std::move(metrics)),
      keep_paths_(keep_paths),
      paths_(baseline) {
  comparison_.first_seed = first_seed;
  comparison_.level = level;
}

void PairedRuns::Resize(size_t pairs) {
  comparison_.baseline.resize(pairs);
  comparison_.changed.resize(pairs);
  comparison_.seeds = static_cast<int>(pairs);
  if (keep_paths_) paths_.Resize(pairs);
}

void PairedRuns::Keep(size_t pair, const RunResult& baseline, const RunResult& changed) {
  comparison_.baseline[pair] = Measure(baseline_, metrics_, baseline);
  comparison_.changed[pair] = Measure(changed_, metrics_, changed);
  if (keep_paths_) paths_.Keep(pair, baseline, changed);
}

bool PairedRuns::FindNextEffect() {
  const size_t next = comparison_.effects.size();
  if (next == metrics_.size()) return false;
  comparison_.effects.push_back(EffectOf(comparison_, next, metrics_[next]));
  return true;
}

Comparison PairedRuns::Finish() {
  std::vector<double> p;
  for (const Effect& effect : comparison_.effects) p.push_back(effect.p);
  const std::vector<double> adjusted = HolmAdjusted(p);
  for (size_t m = 0; m < adjusted.size(); ++m) comparison_.effects[m].p_holm = adjusted[m];
  if (keep_paths_) comparison_.paths = paths_.Bands();
  return std::move(comparison_);
}

Comparison Compare(const LoadedScenario& baseline, const LoadedScenario& changed,
                   const std::vector<Metric>& metrics, const CompareOptions& options) {
  PairedRuns pairs(baseline, changed, metrics, options.runs.first_seed, options.level,
                   /*keep_paths=*/true);
  std::atomic<int> made = 0;
  bool precise = true;
  int more = options.runs.seeds;
  size_t done = 0;
  while (more > 0) {
    pairs.Resize(done + static_cast<size_t>(more));
    EnsembleOptions runs = options.runs;
    runs.first_seed += done;
    runs.seeds = more;
    if (options.runs.progress) {
      runs.progress = [&](int count) { options.runs.progress(static_cast<int>(done) + count); };
    }
    ForEachSeed(runs, [&](size_t i, const RunOptions& run) {
      const RunResult a = World(baseline, run, nullptr).Run();
      const RunResult b = World(changed, run, nullptr).Run();
      pairs.Keep(done + i, a, b);
      ++made;
    });
    done += static_cast<size_t>(more);
    if (made < static_cast<int>(done)) {
      Comparison stopped = pairs.comparison();
      stopped.stopped = true;
      stopped.seeds = made;
      return stopped;
    }
    more =
        options.half_width ? MorePairs(pairs.comparison(), options, metrics.size(), &precise) : 0;
    if (more > 0 && options.more) options.more(static_cast<int>(done) + more);
  }
  while (pairs.FindNextEffect()) {
  }
  Comparison comparison = pairs.Finish();
  comparison.precise = precise;
  return comparison;
}

std::vector<std::string> UsualOutcomes() {
  return {"deals",  "commitments_usd_bn", "capacity_gw", "added_value_usd_bn",
          "deal.*", "return.*",           "circularity", "contagion_usd_bn"};
}

}  // namespace oneup::sims
