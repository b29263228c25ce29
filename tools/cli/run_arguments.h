// What replay and run have in common: their options, what is allowed, and what they do with one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "market/kernel/civil_time.h"
#include "oneup/v1/trace.pb.h"
#include "sims/replay/replay.h"
#include "sims/scenario/scenario.h"
#include "sims/world/world.h"
#include "tools/cli/options.h"

namespace oneup::cli {

// As they were given.
struct RunArguments {
  std::string scenario;
  Seed seed;
  int seeds = 1;
  int threads = 0;
  std::string resolution = "default";
  std::string from;
  std::string until;
  std::vector<std::string> what_if;
  std::string format = "text";
  std::string trace;
  std::string detail;
  std::string report;
  bool plot = false;
  bool step = false;
  double speed = 0;
};

// What they mean, once they are known to be in range.
struct RunSettings {
  traders::Resolution resolution;
  kernel::CivilDay from;
  kernel::CivilDay until;
  v1::Detail detail = v1::DETAIL_UNSPECIFIED;
};

// The options in the order of the help, in two parts, so that a command can put its own between
// them. seeds, from, until, plot: what they mean to the command.
void AddRunOptions(OptionParser& parser, RunArguments& arguments, const char* seeds,
                   const char* from, const char* until);
void AddTellingOptions(OptionParser& parser, RunArguments& arguments, const char* plot);

// One line says what is not allowed.
absl::StatusOr<RunSettings> CheckRunArguments(const OptionParser& given,
                                              const RunArguments& arguments, int most_seeds);

// The first of --plot, --step and --speed that was given; null if none was.
const char* TellingOption(const RunArguments& arguments);
// A word as a shell reads it.
std::string Quoted(const std::string& word);

// Says before long work, not after it, that a report cannot be written; nothing if it can.
std::optional<int> CheckReport(const std::string& command, const RunArguments& arguments);
// Records the run if --trace was given, and says where. A value: it failed, with that exit code.
std::optional<int> RecordTrace(const std::string& command, const RunArguments& arguments,
                               const RunSettings& settings, const sims::LoadedScenario& scenario,
                               const sims::RunOptions& run);
// Writes the report if --report was given, then tells the replay in the format that was asked for.
// call: the words that make it again. Returns the exit code.
int TellReplay(const std::string& command, const RunArguments& arguments,
               const RunSettings& settings, const sims::LoadedScenario& scenario,
               const sims::Replay& replay, const std::string& call);

}  // namespace oneup::cli
