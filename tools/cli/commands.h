// Every subcommand, in the order `oneup help` shows them.
#pragma once

#include <vector>

#include "tools/cli/command.h"

namespace oneup::cli {

extern const Command kScenarioCommand;

inline std::vector<Command> AllCommands() {
  return {
      kScenarioCommand,
  };
}

}  // namespace oneup::cli
