// The words of --do: what is otherwise than in the scenario.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "market/kernel/civil_time.h"
#include "sims/scenario/intervene.h"
#include "sims/scenario/scenario.h"
#include "tools/cli/options.h"

namespace oneup::cli {

void AddWhatIfOption(OptionParser& parser, std::vector<std::string>& words);

// All that they say together: lines of the grammar, names of what-ifs of the program, and files of
// interventions. Error: one line a problem.
absl::StatusOr<sims::WhatIf> ReadWhatIf(const std::vector<std::string>& words);

// The scenario so changed, of which runs go on up to a day; *what_if then holds the interventions
// as they are understood there. Nothing: it failed, said why, and set the exit code.
std::optional<sims::LoadedScenario> ApplyWhatIf(const std::string& command,
                                                const sims::LoadedScenario& scenario,
                                                kernel::CivilDay until, sims::WhatIf* what_if,
                                                int* code);

// Changes the scenario so. A value: it failed, with that exit code, and said why.
std::optional<int> ApplyWhatIf(const std::string& command, const std::vector<std::string>& words,
                               kernel::CivilDay until, sims::LoadedScenario* scenario);

// " --do 'pin huang.fomo 0'", as a shell reads it.
std::string WhatIfCall(const std::vector<std::string>& words);

}  // namespace oneup::cli
