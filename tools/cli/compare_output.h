// A comparison in words, as JSON and as CSV.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sims/compare/carriers.h"
#include "sims/compare/comparison.h"
#include "sims/compare/explanation.h"
#include "sims/report/terminal.h"
#include "sims/scenario/intervene.h"

namespace oneup::cli {

// All that a comparison has found.
struct CompareResult {
  std::string scenario_title;
  sims::WhatIf what_if;
  sims::Comparison comparison;
  std::optional<sims::Explanation> explanation;
  std::vector<sims::Carriers> carriers;
};

// "drop leak_nvidia*", one for each intervention.
std::vector<std::string> LinesOf(const sims::WhatIf& what_if);

std::string CompareText(const CompareResult& result, const sims::TerminalStyle& style);
std::string CompareJson(const CompareResult& result);
// One row a metric.
std::string CompareCsv(const CompareResult& result);

}  // namespace oneup::cli
