// All that a comparison has found, and that as JSON: what `oneup compare --format json` prints and
// the viewer shows.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sims/compare/carriers.h"
#include "sims/compare/comparison.h"
#include "sims/compare/explanation.h"
#include "sims/scenario/intervene.h"

namespace oneup::sims {

struct CompareResult {
  std::string scenario_title;
  WhatIf what_if;
  Comparison comparison;
  std::optional<Explanation> explanation;
  std::vector<Carriers> carriers;
};

// "drop leak_nvidia*", one for each intervention.
std::vector<std::string> LinesOf(const WhatIf& what_if);

// Indented, with a newline at the end.
std::string CompareJson(const CompareResult& result);

}  // namespace oneup::sims
