// A comparison in words and as CSV.
#pragma once

#include <string>

#include "sims/compare/result.h"
#include "sims/report/terminal.h"

namespace oneup::cli {

std::string CompareText(const sims::CompareResult& result, const sims::TerminalStyle& style);
// One row a metric.
std::string CompareCsv(const sims::CompareResult& result);

}  // namespace oneup::cli
