// A comparison as a page (sims/report/compare_report.h).
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "sims/compare/result.h"
#include "sims/scenario/scenario.h"
#include "sims/world/world.h"

namespace oneup::cli {

// `run`: the pair whose networks are drawn. call: makes the page again. Error: that of a missing
// Graphviz.
absl::StatusOr<std::string> ComparePage(const sims::CompareResult& result,
                                        const sims::LoadedScenario& baseline,
                                        const sims::LoadedScenario& changed,
                                        const sims::RunOptions& run, const std::string& call);

}  // namespace oneup::cli
