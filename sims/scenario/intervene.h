// A counterfactual: a scenario, and what is otherwise in it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "sims/scenario/scenario.h"

namespace oneup::sims {

// The scenario with these interventions after its own; its digest is one of its own, and its
// sources hold them as text, so that a trace tells what was changed. Error: InvalidArgument with
// every problem, one a line: what is unknown, out of range, or does not fit the scenario.
absl::StatusOr<LoadedScenario> Intervene(const LoadedScenario& scenario,
                                         const std::vector<v1::Intervention>& interventions);

// A file of interventions: a scenario's text (proto/oneup/v1/scenario.proto) that holds nothing but
// `title`, `description` and `interventions`; a path, or the name of one inside the program
// (WhatIfs()).
struct WhatIf {
  std::string name;  // "no_leak"
  std::string title;
  std::string description;
  std::vector<v1::Intervention> interventions;
};
// Errors: NotFound for a missing file or an unknown name, InvalidArgument for what cannot be read.
absl::StatusOr<WhatIf> LoadWhatIf(std::string_view path_or_name);

// Names of those inside the program, sorted.
std::vector<std::string> WhatIfs();

}  // namespace oneup::sims
