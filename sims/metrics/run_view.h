// One run as metrics look at it: its story, prices, and the network of who owes whom. Each part is
// made when first asked for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sims/emergent/outcome.h"
#include "sims/network/systemic.h"
#include "sims/scenario/scenario.h"
#include "sims/world/world.h"

namespace oneup::sims {

// The deals and facts of a run: what emerged, or, without principals, what the scenario gives up to
// the run's last day, with first-day returns and added values as the run's prices have them.
StoryOutcome StoryOf(const LoadedScenario& scenario, const RunResult& result);

// The network at the end of a run. Zero as long as nobody owes anything; NaN in a scenario without
// a hub.
struct SystemView {
  double circularity = 0;
  double over_revenue = 0;
  double hhi = 0;
};

class RunView {
 public:
  // Both must outlive the view.
  RunView(const LoadedScenario& scenario, const RunResult& result);

  const LoadedScenario& scenario() const { return scenario_; }
  const RunResult& result() const { return result_; }
  const StoryOutcome& story();
  // Of the listing with this ticker, as the run made them; null for none.
  const RecordedPrices* prices(const std::string& ticker) const;
  const SystemView& system();
  // What others are not paid if the hub fails on the last day, billion USD; NaN without a hub.
  double ContagionUsdBn();

 private:
  const LoadedScenario& told();
  const ObligationGraph& graph();

  const LoadedScenario& scenario_;
  const RunResult& result_;
  std::optional<StoryOutcome> story_;
  std::optional<LoadedScenario> told_;
  std::optional<ObligationGraph> graph_;
  std::optional<SystemView> system_;
};

}  // namespace oneup::sims
