// What `oneup network` prints for people.
#pragma once

#include "tools/cli/network_report.h"

namespace oneup::cli {

void PrintNetworkText(const NetworkReport& report);

}  // namespace oneup::cli
