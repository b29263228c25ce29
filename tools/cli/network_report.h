// All that `oneup network` has measured of one network.
#pragma once

#include <vector>

#include "sims/network/contagion.h"
#include "sims/network/obligations.h"
#include "sims/network/systemic.h"
#include "sims/scenario/scenario.h"

namespace oneup::cli {

struct NetworkReport {
  const sims::LoadedScenario& scenario;
  sims::ObligationGraph graph;
  sims::SystemicFigures figures;
  std::vector<sims::SystemicPoint> series;
  sims::DefaultOptions default_options;
  sims::DefaultOutcome outcome;
};

}  // namespace oneup::cli
