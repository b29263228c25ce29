// Many emergent runs as data. Billion USD, GW, percent of shares, days as "2025-09-22", shares and
// ranks 0-1; null, or an empty field, is what does not exist.
#pragma once

#include <string>
#include <vector>

#include "sims/emergent/ablation.h"
#include "sims/emergent/ensemble_report.h"
#include "sims/emergent/forecast.h"
#include "sims/emergent/gates.h"

namespace oneup::cli {

// One object each, indented. Of the ensemble: title, first_seed, seeds, suppliers, totals, orders,
// leaders, facts, and runs {seed, deals}; names as in sims/emergent.
std::string EnsembleJson(const sims::EnsembleReport& report);
std::string ForecastJson(const sims::ForecastReport& report);
std::string AblationJson(const sims::AblationReport& report);
std::string GatesJson(const std::vector<sims::Gate>& gates);

// A row a run and deal, in order of seed and time; a run without deals has one row with its seed
// alone.
std::string EnsembleCsv(const sims::EnsembleReport& report);
// A row a supplier.
std::string ForecastCsv(const sims::ForecastReport& report);
// A row an ablation and metric.
std::string AblationCsv(const sims::AblationReport& report);

}  // namespace oneup::cli
