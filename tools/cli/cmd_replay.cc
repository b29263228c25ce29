#include <optional>
#include <string>
#include <vector>

#include "sims/replay/replay.h"
#include "sims/report/progress.h"
#include "sims/report/terminal.h"
#include "tools/cli/command.h"
#include "tools/cli/options.h"
#include "tools/cli/replay_charts.h"
#include "tools/cli/run_arguments.h"
#include "tools/cli/scenario_argument.h"
#include "tools/cli/what_if_argument.h"

namespace oneup::cli {
namespace {

constexpr char kName[] = "replay";
constexpr int kMaxSeeds = 100'000;

constexpr char kText[] =
    "Replays a scenario: its people act as recorded, the market reacts by itself. Tells\n"
    "the events in order with the first-day reaction of each stock, simulated beside\n"
    "recorded, and ends with the closing table. SCENARIO is a name (2025) or a file.\n"
    "\n"
    "  oneup replay --step --from 2025-09-01      one event at a time\n"
    "  oneup replay --seeds 200 --report 2025.html --plot\n"
    "\n"
    "With --step any key brings the next event and q ends the program; the terminal is put\n"
    "back as it was, whatever ends it. If standard input is no terminal, each line (Enter)\n"
    "brings the next event, a line with q ends, and after the last line the rest is told\n"
    "without waiting. --speed tells X events a second; with --step as well, the next event\n"
    "comes after 1/X seconds or with a key, whichever is first.\n"
    "\n"
    "Colours appear in a terminal only, and not if NO_COLOR is set. Progress of an ensemble\n"
    "is shown if standard error is a terminal.";

// The call that makes the page of this replay again.
std::string CommandOf(const RunArguments& a, uint64_t first_seed) {
  std::string command = "oneup replay " + Quoted(a.scenario) + " --seed " +
                        std::to_string(first_seed) + " --seeds " + std::to_string(a.seeds) +
                        " --resolution " + Quoted(a.resolution);
  if (!a.from.empty()) command += " --from " + a.from;
  if (!a.until.empty()) command += " --until " + a.until;
  command += WhatIfCall(a.what_if);
  return command + " --report " + Quoted(a.report);
}

int RunReplayCommand(const std::vector<std::string>& args) {
  RunArguments a;
  a.scenario = kDefaultScenario;
  a.detail = "market";
  OptionParser parser("replay [SCENARIO] [OPTIONS]", kText);
  AddRunOptions(parser, a, "runs with N seeds: medians and 90 % intervals",
                "tell events from this day on; totals count from the first",
                "simulate and tell up to this day");
  AddTellingOptions(parser, a, "draw prices, simulated and recorded, with a mark at each event");
  if (const std::optional<int> code = parser.Parse(args)) return *code;
  const absl::StatusOr<RunSettings> settings = CheckRunArguments(parser, a, kMaxSeeds);
  if (!settings.ok()) return Fail(kName, std::string(settings.status().message()), kUsage);
  int code = kOk;
  std::optional<sims::LoadedScenario> scenario = LoadScenarioArgument(kName, a.scenario, &code);
  if (!scenario) return code;
  if (const auto failed = ApplyWhatIf(kName, a.what_if, settings->until, &*scenario))
    return *failed;
  if (const std::optional<int> failed = CheckReport(kName, a)) return *failed;

  sims::EnsembleOptions ensemble;
  ensemble.first_seed = parser.Has("seed") ? a.seed.value : scenario->proto.default_seed();
  ensemble.seeds = a.seeds;
  ensemble.threads = ThreadsOf(a.threads);
  ensemble.run.seed = ensemble.first_seed;
  ensemble.run.resolution = settings->resolution;
  ensemble.run.until = settings->until;
  if (const auto failed = RecordTrace(kName, a, *settings, *scenario, ensemble.run)) {
    return *failed;
  }
  const bool show_progress = a.seeds > 1 && sims::IsTerminal(stderr);
  sims::Progress progress("runs", sims::TotalRuns(*scenario, ensemble),
                          show_progress ? sims::ProgressMode::kBar : sims::ProgressMode::kNone);
  ensemble.progress = [&progress](int) { progress.Advance(); };
  const bool charts = a.plot || !a.report.empty();
  const sims::Replay replay = sims::RunReplay(*scenario, ensemble, charts ? kChartedRuns : 0);
  progress.Finish();
  return TellReplay(kName, a, *settings, *scenario, replay, CommandOf(a, ensemble.first_seed));
}

}  // namespace

extern const Command kReplayCommand = {
    kName, "replay a scenario's deals and hold the market's reaction against history",
    RunReplayCommand};

}  // namespace oneup::cli
