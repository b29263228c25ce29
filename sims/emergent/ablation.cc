#include "sims/emergent/ablation.h"

#include <algorithm>
#include <utility>

#include "sims/emergent/ensemble_report.h"

namespace oneup::sims {
namespace {

using Metric = std::function<double(const StoryOutcome&)>;

bool Refuses(const StoryOutcome& outcome, const std::string& supplier) {
  return outcome.First(v1::EVENT_KIND_REFUSAL, supplier) != nullptr;
}

}  // namespace

std::vector<Ablation> DefaultAblations() {
  return {{"fomo", {"fomo"}},
          {"ego", {"ego"}},
          {"leaks", {"leaks"}},
          {"stock_feedback", {"stock_feedback"}},
          {"fomo+ego", {"fomo", "ego"}}};
}

const PairedEffect* AblationRow::Find(const std::string& metric) const {
  const auto found = std::ranges::find(effects, metric, &PairedEffect::metric);
  return found == effects.end() ? nullptr : &*found;
}

AblationRow CompareArms(const Ablation& ablation, const std::vector<StoryOutcome>& baseline,
                        const std::vector<StoryOutcome>& ablated,
                        const std::vector<SupplierName>& suppliers) {
  AblationRow row{ablation, {}};
  const auto compare = [&](std::string name, const char* unit, const Metric& metric) {
    std::vector<double> a;
    std::vector<double> b;
    for (const StoryOutcome& outcome : baseline) a.push_back(metric(outcome));
    for (const StoryOutcome& outcome : ablated) b.push_back(metric(outcome));
    row.effects.push_back({ComparePairs(a, b), std::move(name), unit});
  };
  const auto total = [](double Totals::*field) {
    return [field](const StoryOutcome& outcome) { return TotalsOf(outcome).*field; };
  };
  compare(kDealsMetric, "deals", total(&Totals::deals));
  compare(kCommitmentsMetric, "billion USD", total(&Totals::usd_bn));
  compare(kCapacityMetric, "GW", total(&Totals::capacity_gw));
  compare(kAddedMetric, "billion USD", total(&Totals::added_usd_bn));
  for (const SupplierName& supplier : suppliers) {
    compare("deal with " + supplier.name, "share of runs", [&](const StoryOutcome& outcome) {
      return outcome.DealOf(supplier.id) != nullptr ? 1.0 : 0.0;
    });
  }
  for (const SupplierName& supplier : suppliers) {
    compare("refusal of " + supplier.name, "share of runs",
            [&](const StoryOutcome& outcome) { return Refuses(outcome, supplier.id) ? 1.0 : 0.0; });
  }
  compare(kAnyRefusalMetric, "share of runs", [&](const StoryOutcome& outcome) {
    return std::ranges::any_of(
        suppliers, [&](const SupplierName& supplier) { return Refuses(outcome, supplier.id); });
  });
  return row;
}

AblationReport RunAblations(const LoadedScenario& scenario, const EnsembleOptions& options,
                            const std::vector<StoryOutcome>& baseline,
                            const std::vector<Ablation>& ablations,
                            const std::function<void(const Ablation&)>& arm) {
  AblationReport report;
  report.title = scenario.proto.title();
  report.first_seed = options.first_seed;
  report.runs = options.seeds;
  const std::vector<SupplierName> suppliers = SuppliersOf(scenario);
  for (const Ablation& ablation : ablations) {
    if (arm) arm(ablation);
    report.rows.push_back(CompareArms(
        ablation, baseline, RunStories(Without(scenario, ablation.off), options), suppliers));
  }
  return report;
}

}  // namespace oneup::sims
