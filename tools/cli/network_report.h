// All that `oneup network` has measured of one network.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sims/network/contagion.h"
#include "sims/network/obligations.h"
#include "sims/network/systemic.h"
#include "sims/scenario/scenario.h"

namespace oneup::cli {

struct NetworkReport {
  const sims::LoadedScenario& scenario;
  std::optional<uint64_t> seed = {};  // of the run whose story it is
  sims::ObligationGraph graph = {};
  sims::SystemicFigures figures = {};
  std::vector<sims::SystemicPoint> series = {};
  sims::DefaultOptions default_options = {};
  sims::DefaultOutcome outcome = {};

  // "2025 in deals, seed 7, 2025-06-30; billion dollars"
  std::string Title() const;
};

}  // namespace oneup::cli
