// One self-contained HTML page of a replay: charts (uPlot, carried in the program),
// the closing table, the added value, the timeline with its evidence. It needs no
// network and runs under a strict content security policy; the data stands in it as
// JSON, with everything escaped that could end the script.
#pragma once

#include <absl/status/status.h>

#include <string>

#include "sims/report/report_data.h"

namespace oneup::sims {

// The page. The same data gives the same bytes. About 100 kB plus the data.
std::string RenderHtmlReport(const ReportData& data);

// Writes the page: first to a neighbouring file, which then takes the name, so that a
// file of that name is always whole. Status with the path and the system's reason if
// it cannot.
absl::Status WriteHtmlReport(const ReportData& data, const std::string& path);

}  // namespace oneup::sims
