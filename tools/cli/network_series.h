// What `oneup network` prints of the development through time: obligations over revenue, event by
// event.
#pragma once

#include <string>

#include "sims/report/json.h"
#include "sims/report/terminal.h"
#include "tools/cli/network_report.h"

namespace oneup::cli {

// A row an event; empty if nothing was promised.
std::string SeriesTable(const NetworkReport& report, const sims::TerminalStyle& style);
// The value of a key: an array with an object an event.
void WriteSeries(sims::JsonWriter& json, const NetworkReport& report);

// The series by itself: a plot day by day and the table; an object with scenario, seed, at, hub and
// series; or a row an event, with empty fields for what is unknown.
void PrintSeriesText(const NetworkReport& report);
void PrintSeriesJson(const NetworkReport& report);
void PrintSeriesCsv(const NetworkReport& report);

}  // namespace oneup::cli
