// What becomes of the stories when a mechanism is switched off. Both arms run the same seeds, and a
// switch shifts nobody else's random numbers: the arms differ by the cause alone, and their
// difference is measured run by run (common random numbers: A. M. Law, "Simulation Modeling and
// Analysis", section 11.2).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sims/emergent/recorded_outcome.h"
#include "sims/emergent/stories.h"
#include "sims/stats/paired.h"

namespace oneup::sims {

struct Ablation {
  std::string name;              // "fomo+ego"
  std::vector<std::string> off;  // as Without() takes them
};
// fomo, ego, leaks, stock_feedback, and fomo+ego.
std::vector<Ablation> DefaultAblations();

// One metric over pairs of runs; `changed` are the ablated ones.
struct PairedEffect : PairedDifference {
  std::string metric;  // "commitments"
  std::string unit;    // "deals", "billion USD", "GW", "share of runs"
};

struct AblationRow {
  Ablation ablation;
  // Deals, commitments, capacity, added market value as in Totals; then for each supplier the share
  // of runs with a deal, then that with a refusal of its own, then that with any of these.
  std::vector<PairedEffect> effects;

  // Null if there is none of that name.
  const PairedEffect* Find(const std::string& metric) const;
};

// Names of the metrics that are no supplier's.
inline constexpr char kDealsMetric[] = "deals";
inline constexpr char kCommitmentsMetric[] = "commitments";
inline constexpr char kCapacityMetric[] = "capacity";
inline constexpr char kAddedMetric[] = "added value";
inline constexpr char kAnyRefusalMetric[] = "any refusal";

struct AblationReport {
  std::string title;
  uint64_t first_seed = 0;
  int runs = 0;  // of each arm
  std::vector<AblationRow> rows;
};

// Outcomes of the same seeds in the same order, at least one.
AblationRow CompareArms(const Ablation& ablation, const std::vector<StoryOutcome>& baseline,
                        const std::vector<StoryOutcome>& ablated,
                        const std::vector<SupplierName>& suppliers);

// Runs every arm with these options; `baseline` is what RunStories gave with them for the scenario.
// progress of the options counts within an arm; `arm` (may be empty) is called as each begins.
AblationReport RunAblations(const LoadedScenario& scenario, const EnsembleOptions& options,
                            const std::vector<StoryOutcome>& baseline,
                            const std::vector<Ablation>& ablations,
                            const std::function<void(const Ablation&)>& arm = {});

}  // namespace oneup::sims
