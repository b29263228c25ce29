// One self-contained HTML page of a replay: charts (uPlot, carried in the program),
// the closing table, the added value, the timeline with its evidence. It needs no
// network and runs under a strict content security policy; the data stands in it as
// JSON, with everything escaped that could end the script.
#pragma once

#include <string>

#include "sims/report/report_data.h"

namespace oneup::sims {

// The page. The same data gives the same bytes. About 100 kB plus the data.
std::string RenderHtmlReport(const ReportData& data);

}  // namespace oneup::sims
