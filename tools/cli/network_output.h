// What `oneup network` prints: tables for people, JSON and CSV for programs.
#pragma once

#include <string>
#include <vector>

#include "sims/network/contagion.h"
#include "sims/network/obligations.h"
#include "sims/network/systemic.h"
#include "sims/scenario/scenario.h"

namespace oneup::cli {

// All that was measured of one network.
struct NetworkReport {
  const sims::LoadedScenario& scenario;
  sims::ObligationGraph graph;
  sims::SystemicFigures figures;
  std::vector<sims::SystemicPoint> series;
  sims::DefaultOptions default_options;
  sims::DefaultOutcome outcome;
};

void PrintNetworkText(const NetworkReport& report);
// Object with flows, figures, vendors, cycles, series, default.
void PrintNetworkJson(const NetworkReport& report);
// The flows, a line each.
void PrintNetworkCsv(const NetworkReport& report);

}  // namespace oneup::cli
