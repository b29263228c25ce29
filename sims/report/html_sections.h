// The sections of the HTML page, each a fragment of markup. Internal to sims/report.
#pragma once

#include <string>

#include "sims/report/report_data.h"

namespace oneup::sims::html {

// The letter of the i-th deal: "A" to "Z", then "AA", "AB", ...
std::string DealLetter(size_t i);
// Of an event by its position in data.events; "" if it is no deal.
std::string EventLetter(const ReportData& data, size_t event);

std::string Header(const ReportData& data);
std::string Totals(const ReportData& data);
std::string Charts(const ReportData& data);
std::string ClosingTable(const ReportData& data);
std::string AddedValue(const ReportData& data);
std::string Timeline(const ReportData& data);
std::string Reproduce(const ReportData& data);

// The JSON that report.js draws: each series indexed to 100 at its first day that has
// both a simulated and a recorded price, and its marks.
std::string ChartJson(const ReportData& data);

}  // namespace oneup::sims::html
