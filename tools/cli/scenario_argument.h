// The scenario that a command works on: by name or path, the shipped 2025 by default.
#pragma once

#include <optional>
#include <string>

#include "sims/scenario/scenario.h"

namespace oneup::cli {

inline constexpr const char* kDefaultScenario = "2025";

// Loads it; on failure says why on standard error and sets *code to the exit code.
std::optional<sims::LoadedScenario> LoadScenarioArgument(const std::string& command,
                                                         const std::string& name, int* code);

}  // namespace oneup::cli
