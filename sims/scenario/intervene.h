// A counterfactual: a scenario, and what is otherwise in it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "sims/scenario/problem.h"
#include "sims/scenario/scenario.h"

namespace oneup::sims {

// The scenario with these interventions after its own; its digest is one of its own, and its
// sources hold them as text, so that a trace tells what was changed. Error: InvalidArgument with
// every problem, one a line: what is unknown, out of range, or does not fit the scenario.
// `places`: where each of them is written, which is then where a problem is told; without one (an
// empty name of a file) the line of the grammar that says it stands there.
absl::StatusOr<LoadedScenario> Intervene(const LoadedScenario& scenario,
                                         const std::vector<v1::Intervention>& interventions,
                                         const std::vector<SourceLocation>& places = {});

// The last so many interventions of a scenario that Intervene has made, as it understood them:
// events by their ids, not by other names (aliases.h).
std::vector<v1::Intervention> LastInterventions(const LoadedScenario& changed, size_t count);

// A file of interventions: a scenario's text (proto/oneup/v1/scenario.proto) that holds nothing but
// `title`, `description` and `interventions`; a path, or the name of one inside the program
// (WhatIfs()).
struct WhatIf {
  std::string name;  // "no_leak"
  std::string title;
  std::string description;
  std::vector<v1::Intervention> interventions;
  std::vector<SourceLocation> places;  // of each, in the file
};
// Errors: NotFound for a missing file or an unknown name, InvalidArgument for what cannot be read.
absl::StatusOr<WhatIf> LoadWhatIf(std::string_view path_or_name);

// Names of those inside the program, sorted.
std::vector<std::string> WhatIfs();

}  // namespace oneup::sims
