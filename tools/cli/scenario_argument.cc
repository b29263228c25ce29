#include "tools/cli/scenario_argument.h"

#include <utility>

#include "tools/cli/command.h"
#include "tools/cli/options.h"

namespace oneup::cli {

std::optional<sims::LoadedScenario> LoadScenarioArgument(const std::string& command,
                                                         const std::string& name, int* code) {
  absl::StatusOr<sims::LoadedScenario> scenario = sims::LoadScenario(name);
  if (scenario.ok()) return *std::move(scenario);
  *code = Fail(command, std::string(scenario.status().message()),
               absl::IsNotFound(scenario.status()) ? kNoInput : kBadInput);
  return std::nullopt;
}

}  // namespace oneup::cli
