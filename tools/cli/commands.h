// Every subcommand, in the order `oneup help` shows them.
#pragma once

#include <vector>

#include "tools/cli/command.h"

namespace oneup::cli {

inline std::vector<Command> AllCommands() {
  return {};
}

}  // namespace oneup::cli
