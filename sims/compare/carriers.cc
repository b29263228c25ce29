#include "sims/compare/carriers.h"

#include <cmath>
#include <vector>

#include "agents/mind/rules/rules.h"
#include "sims/emergent/stories.h"
#include "sims/stats/descriptive.h"

namespace oneup::sims {

std::vector<std::string> RuleFamilies() {
  std::vector<std::string> families = mind::Switches();
  // What goes with its family is no player of its own.
  std::erase_if(families, [](const std::string& name) { return !mind::FamilyOf(name).empty(); });
  return families;
}

int PairsASeed() { return 1 << RuleFamilies().size(); }

absl::StatusOr<std::vector<Carriers>> CarriersOf(const LoadedScenario& baseline,
                                                 const LoadedScenario& changed,
                                                 const std::vector<Metric>& metrics,
                                                 const EnsembleOptions& options) {
  const std::vector<std::string> families = RuleFamilies();
  const size_t coalitions = size_t{1} << families.size();
  const size_t seeds = static_cast<size_t>(options.seeds);
  // By metric, then coalition, then seed.
  std::vector<std::vector<std::vector<double>>> worth(
      metrics.size(), std::vector<std::vector<double>>(coalitions, std::vector<double>(seeds)));
  for (size_t on = 0; on < coalitions; ++on) {
    std::vector<std::string> off;
    for (size_t f = 0; f < families.size(); ++f) {
      if ((on >> f & 1) == 0) off.push_back(families[f]);
    }
    const LoadedScenario a = Without(baseline, off);
    const LoadedScenario b = Without(changed, off);
    EnsembleOptions runs = options;
    if (options.progress) {
      runs.progress = [&](int done) { options.progress(static_cast<int>(on * seeds) + done); };
    }
    ForEachSeed(runs, [&](size_t i, const RunOptions& run) {
      const std::vector<double> before = Measure(a, metrics, World(a, run, nullptr).Run());
      const std::vector<double> after = Measure(b, metrics, World(b, run, nullptr).Run());
      for (size_t m = 0; m < metrics.size(); ++m) {
        const auto known = [](double value) { return std::isnan(value) ? 0 : value; };
        worth[m][on][i] = known(after[m]) - known(before[m]);
      }
    });
    if (options.stop != nullptr && *options.stop) return absl::CancelledError("stopped");
  }
  std::vector<Carriers> all;
  for (size_t m = 0; m < metrics.size(); ++m) {
    const auto values = ExactShapley(worth[m]);
    if (!values.ok()) return values.status();
    Carriers& carriers = all.emplace_back();
    carriers.metric = metrics[m].name;
    carriers.seeds = options.seeds;
    carriers.effect = Mean(worth[m].back());
    carriers.direct = Mean(worth[m].front());
    carriers.direct_error =
        StandardDeviation(worth[m].front()) / std::sqrt(static_cast<double>(seeds));
    for (size_t f = 0; f < families.size(); ++f) {
      carriers.families.push_back({families[f], (*values)[f]});
    }
  }
  return all;
}

}  // namespace oneup::sims
