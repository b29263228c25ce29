// Every subcommand, in the order `oneup help` shows them.
#pragma once

#include <vector>

#include "tools/cli/command.h"

namespace oneup::cli {

extern const Command kReplayCommand;
extern const Command kRunCommand;
extern const Command kCompareCommand;
extern const Command kBatchCommand;
extern const Command kMergeCommand;
extern const Command kSensitivityCommand;
extern const Command kRulesCommand;
extern const Command kScenarioCommand;
extern const Command kTraceCommand;
extern const Command kServeCommand;
extern const Command kEventStudyCommand;
extern const Command kNetworkCommand;
extern const Command kNegotiateCommand;
extern const Command kCalibrateCommand;
extern const Command kValidateCommand;

inline std::vector<Command> AllCommands() {
  return {
      kReplayCommand,      kRunCommand,     kCompareCommand,   kBatchCommand,     kMergeCommand,
      kSensitivityCommand, kRulesCommand,   kScenarioCommand,  kTraceCommand,     kServeCommand,
      kEventStudyCommand,  kNetworkCommand, kNegotiateCommand, kCalibrateCommand, kValidateCommand,
  };
}

}  // namespace oneup::cli
