#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <string>
#include <thread>

#include "sims/replay/replay.h"
#include "sims/replay/trace_recorder.h"
#include "tools/cli/command.h"
#include "tools/cli/options.h"
#include "tools/cli/replay_data.h"
#include "tools/cli/replay_text.h"
#include "tools/cli/scenario_argument.h"

namespace oneup::cli {
namespace {

constexpr char kName[] = "replay";
constexpr int kMaxSeeds = 100'000;

constexpr char kText[] =
    "Replays a scenario: its people act as recorded, the market reacts by itself. Tells\n"
    "the events in order with the first-day reaction of each stock, simulated beside\n"
    "recorded, and ends with the closing table. SCENARIO is a name (2025) or a file.";

struct Arguments {
  std::string scenario = kDefaultScenario;
  uint64_t seed = 0;
  int seeds = 1;
  int threads = 0;
  std::string resolution = "default";
  std::string from;
  std::string until;
  std::string format = "text";
  std::string trace;
  std::string detail = "market";
  bool step = false;
  double speed = 0;
};

// Waits for Enter; false once the input has ended.
bool WaitForKey() {
  std::cout << "-- Enter for the next event, Ctrl-C to stop -- " << std::flush;
  std::string line;
  return static_cast<bool>(std::getline(std::cin, line));
}

void Tell(const sims::LoadedScenario& scenario, const sims::Replay& replay,
          const Arguments& arguments, kernel::CivilDay from, kernel::CivilDay until) {
  bool stepping = arguments.step;
  for (size_t i = 0; i < scenario.schedule.size(); ++i) {
    if (scenario.schedule[i].day < from || scenario.schedule[i].day > until) continue;
    std::cout << TellEvent(scenario, replay, i) << std::flush;
    if (stepping) stepping = WaitForKey();
    if (arguments.speed > 0) {
      std::this_thread::sleep_for(std::chrono::duration<double>(1 / arguments.speed));
    }
  }
  std::cout << ClosingTable(scenario, replay);
}

// A day option; the fallback if it was not given.
absl::StatusOr<kernel::CivilDay> DayOption(const char* name, const std::string& text,
                                           kernel::CivilDay fallback) {
  if (text.empty()) return fallback;
  absl::StatusOr<kernel::CivilDay> day = kernel::ParseDay(text);
  if (day.ok()) return day;
  return absl::InvalidArgumentError(std::string(name) + " '" + text +
                                    "': allowed is a day such as 2025-09-10");
}

std::optional<v1::Detail> ParseDetail(const std::string& text) {
  if (text == "summary") return v1::DETAIL_SUMMARY;
  if (text == "deals") return v1::DETAIL_DEALS;
  if (text == "market") return v1::DETAIL_MARKET;
  if (text == "full") return v1::DETAIL_FULL;
  return std::nullopt;
}

int RunReplayCommand(const std::vector<std::string>& args) {
  Arguments a;
  OptionParser parser("replay [SCENARIO] [OPTIONS]", kText);
  namespace po = boost::program_options;
  parser.AddPositional("scenario", &a.scenario);
  parser.Add()("seed", po::value(&a.seed)->value_name("N"),
               "seed of the (first) run; without it the scenario's own")(
      "seeds", po::value(&a.seeds)->value_name("N"),
      "runs with N seeds: medians and 90 % intervals")("threads",
                                                       po::value(&a.threads)->value_name("N"),
                                                       "threads; the results do not depend on it")(
      "resolution", po::value(&a.resolution)->value_name("R"),
      "low, default, high, or orders a day and listing")(
      "from", po::value(&a.from)->value_name("DAY"), "tell events from this day on")(
      "until", po::value(&a.until)->value_name("DAY"), "simulate and tell up to this day")(
      "step", po::bool_switch(&a.step), "wait for Enter after each event")(
      "speed", po::value(&a.speed)->value_name("X"), "tell X events a second")(
      "format", po::value(&a.format)->value_name("F"), "text, json or csv")(
      "trace", po::value(&a.trace)->value_name("FILE"),
      "record the (first) run in FILE, compressed if it ends in .zst")(
      "detail", po::value(&a.detail)->value_name("D"),
      "of the trace: summary, deals, market or full");
  if (const std::optional<int> code = parser.Parse(args)) return *code;

  if (a.seeds < 1 || a.seeds > kMaxSeeds) {
    return Fail(
        kName,
        "--seeds " + std::to_string(a.seeds) + ": allowed are 1 to " + std::to_string(kMaxSeeds),
        kUsage);
  }
  if (a.threads < 0 || a.threads > 1024) {
    return Fail(kName, "--threads " + std::to_string(a.threads) + ": allowed are 1 to 1024",
                kUsage);
  }
  if (a.speed < 0 || a.speed > 1000) {
    return Fail(kName, "--speed: allowed are 0 to 1000 events a second", kUsage);
  }
  if (a.format != "text" && a.format != "json" && a.format != "csv") {
    return Fail(kName, "--format '" + a.format + "': allowed are text, json, csv", kUsage);
  }
  const std::optional<v1::Detail> detail = ParseDetail(a.detail);
  if (!detail) {
    return Fail(kName, "--detail '" + a.detail + "': allowed are summary, deals, market, full",
                kUsage);
  }
  const absl::StatusOr<double> resolution = sims::ParseResolution(a.resolution);
  const auto from = DayOption("--from", a.from, kernel::CivilDay::min());
  const auto until = DayOption("--until", a.until, kernel::CivilDay::max());
  for (const absl::Status& status : {resolution.status(), from.status(), until.status()}) {
    if (!status.ok()) return Fail(kName, std::string(status.message()), kUsage);
  }
  int code = kOk;
  const std::optional<sims::LoadedScenario> scenario =
      LoadScenarioArgument(kName, a.scenario, &code);
  if (!scenario) return code;

  sims::EnsembleOptions ensemble;
  ensemble.first_seed = parser.Has("seed") ? a.seed : scenario->proto.default_seed();
  ensemble.seeds = a.seeds;
  ensemble.threads = a.threads > 0
                         ? a.threads
                         : static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  ensemble.run.orders_per_day = *resolution;
  ensemble.run.until = *until;
  if (!a.trace.empty()) {
    sims::RunOptions run = ensemble.run;
    run.seed = ensemble.first_seed;
    const absl::StatusOr<std::string> digest = sims::TraceRun(*scenario, run, *detail, a.trace);
    if (!digest.ok()) return Fail(kName, std::string(digest.status().message()), kCantCreate);
    std::cerr << "trace of seed " << run.seed << " written to " << a.trace << " (" << *digest
              << ")\n";
  }
  if (a.seeds > 1 && isatty(STDERR_FILENO) != 0) {
    const int total = sims::TotalRuns(*scenario, ensemble);
    ensemble.progress = [total](int done) {
      std::fprintf(stderr, "\r%d of %d runs%s", done, total, done == total ? "\n" : "");
    };
  }
  const sims::Replay replay = sims::RunReplay(*scenario, ensemble, /*keep_closes=*/false);
  if (a.format == "json") {
    std::cout << ReplayJson(*scenario, replay);
  } else if (a.format == "csv") {
    std::cout << ReplayCsv(*scenario, replay);
  } else {
    Tell(*scenario, replay, a, *from, *until);
  }
  return kOk;
}

}  // namespace

extern const Command kReplayCommand = {
    kName, "replay a scenario's deals and hold the market's reaction against history",
    RunReplayCommand};

}  // namespace oneup::cli
