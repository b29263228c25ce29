// What is measured of one run: one number a name. Comparisons, batches and studies of sensitivity
// all ask for the same names, so that a figure means the same everywhere.
//
//   absl::StatusOr<std::vector<Metric>> metrics =
//       SelectMetrics(scenario, {"deals", "deal.huang.*", "path.NVDA.2025-09-30"});
//   std::vector<double> values = Measure(scenario, *metrics, World(scenario, options,
//   nullptr).Run());
//
//   deals, commitments_usd_bn, capacity_gw, added_value_usd_bn, equity_usd_bn, warrants
//   deal.WHO             1 if WHO, a supplier, has a deal, else 0; of its first deal:
//   deal.WHO.usd_bn .gw .day .first_day
//   refusal.WHO  stall.WHO  leak.COMPANY             how often
//   return.TICKER  peak.TICKER  volatility.TICKER  path.TICKER.DAY
//   circularity, contagion_usd_bn, obligations_over_revenue, hhi      on the run's last day
//
// A scenario without principals replays given deals: then these are counted, up to the run's last
// day, with the reactions of the run's own prices. docs/batch.md has the table for users.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "sims/scenario/scenario.h"
#include "sims/world/world.h"

namespace oneup::sims {

class RunView;  // run_view.h

struct Metric {
  std::string name;         // "deal.huang.gw"
  std::string unit;         // "GW", "days", "fraction", "count"; empty for a plain ratio
  std::string description;  // one line
  // NaN: what it measures does not exist in the run. Bound to names, not to one scenario: it may
  // measure runs of any scenario with the same listings (an intervention's, a design point's).
  std::function<double(RunView&)> value;
};

// All that have a name of their own, in the order above; path.TICKER.DAY is there with the
// scenario's last day, and can be asked for with any other.
std::vector<Metric> MetricsFor(const LoadedScenario& scenario);

// Those of these names, in their order, each once. '*' in a name stands for any characters. Error:
// InvalidArgument, one line: a name that is none, with the nearest one.
absl::StatusOr<std::vector<Metric>> SelectMetrics(const LoadedScenario& scenario,
                                                  const std::vector<std::string>& names);

// One value a metric, in their order. `scenario` is the one that ran. Computes only what the
// metrics ask for: those of prices and deals take microseconds, systemic ones a millisecond.
std::vector<double> Measure(const LoadedScenario& scenario, const std::vector<Metric>& metrics,
                            const RunResult& result);

}  // namespace oneup::sims
