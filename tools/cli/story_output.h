// `oneup run --story`: what emerged, kept as a scenario of its own.
#pragma once

#include <optional>
#include <string>

#include "sims/emergent/story_file.h"
#include "sims/scenario/scenario.h"

namespace oneup::cli {

// Says before the run, not after it, why the scenario's story cannot be written there; nothing if
// it can. A value: it cannot, with that exit code.
std::optional<int> CheckStory(const std::string& command, const std::string& path,
                              const sims::LoadedScenario& scenario,
                              const sims::StoryOrigin& origin);

// Writes the told story and says where. A value: it failed, with that exit code.
std::optional<int> WriteStory(const std::string& command, const std::string& path,
                              const sims::LoadedScenario& told, const sims::StoryOrigin& origin);

}  // namespace oneup::cli
