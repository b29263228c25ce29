// What closes many emergent runs in the terminal: who signed, when and for how much beside what
// was recorded, the forecast and its score, what switches change, and the gates.
#pragma once

#include <string>
#include <vector>

#include "sims/emergent/ablation.h"
#include "sims/emergent/ensemble_report.h"
#include "sims/emergent/forecast.h"
#include "sims/emergent/gates.h"
#include "sims/report/terminal.h"

namespace oneup::cli {

// Each ends with a line break, starts with a bold title, and keeps within the style's width by
// breaking what is wider into several tables. A width below 80 is overrun: what belongs together,
// a row's name and one figure with its interval, record and rank, is not broken.
std::string EnsembleTables(const sims::EnsembleReport& report, const sims::TerminalStyle& style);
std::string ForecastTable(const sims::ForecastReport& report, const sims::TerminalStyle& style);
std::string AblationTable(const sims::AblationReport& report, const sims::TerminalStyle& style);
std::string GatesTable(const std::vector<sims::Gate>& gates, const sims::TerminalStyle& style);

}  // namespace oneup::cli
