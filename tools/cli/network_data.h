// What `oneup network` prints for programs. Billion USD, shares 0-1, days as "2025-09-22".
#pragma once

#include "tools/cli/network_report.h"

namespace oneup::cli {

// Object with scenario, seed (null if none), at, flows, figures, series, default.
void PrintNetworkJson(const NetworkReport& report);
// The flows, a line each.
void PrintNetworkCsv(const NetworkReport& report);

}  // namespace oneup::cli
