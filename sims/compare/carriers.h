// Which rules carried an effect: Shapley values over families of rules. A family's value is how
// much of the counterfactual's effect on a metric comes and goes with the family, averaged over all
// orders in which families can be switched on; the values and what remains with all of them off
// add up to the effect. (sims/stats/shapley.h; of explaining a model's effect so: S. Lundberg and
// S.-I. Lee 2017, "A unified approach to interpreting model predictions".)
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "sims/metrics/metrics.h"
#include "sims/replay/ensemble.h"
#include "sims/scenario/scenario.h"
#include "sims/stats/shapley.h"

namespace oneup::sims {

struct CarriedBy {
  std::string family;  // as `rule off` names it
  ShapleyValue value;  // in the metric's unit
};

struct Carriers {
  std::string metric;
  int seeds = 0;
  double effect = 0;        // mean difference with all families on
  double direct = 0;        // what remains with all of them off
  double direct_error = 0;  // standard error over seeds
  std::vector<CarriedBy> families;
};

// One for each metric. Runs 2^families pairs for each seed, exactly; progress counts pairs of all
// of them. A metric that a run lacks counts as 0 there. Needs principals. Cancelled: it was
// stopped.
absl::StatusOr<std::vector<Carriers>> CarriersOf(const LoadedScenario& baseline,
                                                 const LoadedScenario& changed,
                                                 const std::vector<Metric>& metrics,
                                                 const EnsembleOptions& options);

// The families and channels that are players, and how many pairs a seed takes.
std::vector<std::string> RuleFamilies();
int PairsASeed();

}  // namespace oneup::sims
