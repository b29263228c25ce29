#include <algorithm>
#include <iostream>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "sims/replay/replay.h"
#include "sims/replay/trace_recorder.h"
#include "sims/report/html_report.h"
#include "sims/report/progress.h"
#include "sims/report/terminal.h"
#include "tools/cli/command.h"
#include "tools/cli/options.h"
#include "tools/cli/output_file.h"
#include "tools/cli/replay_charts.h"
#include "tools/cli/replay_data.h"
#include "tools/cli/replay_tables.h"
#include "tools/cli/run_arguments.h"
#include "tools/cli/scenario_argument.h"
#include "tools/cli/telling.h"

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

struct Arguments {
  std::string scenario = kDefaultScenario;
  Seed seed;
  int seeds = 1;
  int threads = 0;
  std::string resolution = "default";
  std::string from;
  std::string until;
  std::string format = "text";
  std::string trace;
  std::string detail = "market";
  std::string report;
  bool plot = false;
  bool step = false;
  double speed = 0;
};

// What the arguments mean, once they are known to be in range.
struct Settings {
  double orders_per_day = 0;
  kernel::CivilDay from;
  kernel::CivilDay until;
  v1::Detail detail = v1::DETAIL_MARKET;
};

void AddOptions(OptionParser& parser, Arguments& a) {
  namespace po = boost::program_options;
  parser.AddPositional("scenario", &a.scenario);
  const auto add = [&](const char* option, auto* value, const char* placeholder, const char* help) {
    parser.Add()(option, po::value(value)->value_name(placeholder), help);
  };
  add("seed", &a.seed, "N", "seed of the (first) run; without it the scenario's own");
  add("seeds", &a.seeds, "N", "runs with N seeds: medians and 90 % intervals");
  add("threads", &a.threads, "N", "threads; the results do not depend on it");
  add("resolution", &a.resolution, "R", "low, default, high, or orders a day and listing");
  add("from", &a.from, "DAY", "tell events from this day on; totals count from the first");
  add("until", &a.until, "DAY", "simulate and tell up to this day");
  parser.Add()("step", po::bool_switch(&a.step), "wait for a key after each event");
  add("speed", &a.speed, "X", "tell X events a second, 0.001 to 1000");
  parser.Add()("plot", po::bool_switch(&a.plot),
               "draw prices, simulated and recorded, with a mark at each event");
  add("report", &a.report, "FILE.html", "write a page with charts that needs no network");
  add("format", &a.format, "F", "text, json or csv");
  add("trace", &a.trace, "FILE", "record the (first) run in FILE, compressed if it ends in .zst");
  add("detail", &a.detail, "D", "of the trace: summary, deals, market or full");
}

absl::StatusOr<Settings> CheckArguments(const OptionParser& given, const Arguments& a) {
  const auto error = [](const std::string& message) { return absl::InvalidArgumentError(message); };
  const std::pair<const char*, const std::string&> texts[] = {
      {"from", a.from}, {"until", a.until}, {"trace", a.trace}, {"report", a.report}};
  for (const auto& [name, text] : texts) {
    if (given.Has(name) && text.empty()) return error(std::string("--") + name + ": is empty");
  }
  if (a.seeds < 1 || a.seeds > kMaxSeeds) {
    return error("--seeds " + std::to_string(a.seeds) + ": allowed are 1 to " +
                 std::to_string(kMaxSeeds));
  }
  if (given.Has("threads") && (a.threads < 1 || a.threads > 1024)) {
    return error("--threads " + std::to_string(a.threads) + ": allowed are 1 to 1024");
  }
  if (a.speed != 0 && !(a.speed >= 0.001 && a.speed <= 1000)) {
    return error("--speed: allowed are 0.001 to 1000 events a second, or 0 for no pause");
  }
  if (a.format != "text" && a.format != "json" && a.format != "csv") {
    return error("--format '" + a.format + "': allowed are text, json, csv");
  }
  if (a.format != "text" && (a.plot || a.step || a.speed != 0)) {
    return error(std::string(a.plot   ? "--plot"
                             : a.step ? "--step"
                                      : "--speed") +
                 " goes with --format text only");
  }
  if (given.Has("detail") && a.trace.empty()) return error("--detail goes with --trace only");
  if (!a.trace.empty() && a.trace == a.report) {
    return error("--trace and --report name the same file");
  }
  const std::optional<v1::Detail> detail = ParseDetail(a.detail);
  if (!detail) {
    return error("--detail '" + a.detail + "': allowed are summary, deals, market, full");
  }
  const absl::StatusOr<double> resolution = sims::ParseResolution(a.resolution);
  const auto from = DayOption("--from", a.from, kernel::CivilDay::min());
  const auto until = DayOption("--until", a.until, kernel::CivilDay::max());
  for (const absl::Status& status : {resolution.status(), from.status(), until.status()}) {
    if (!status.ok()) return status;
  }
  if (*from > *until) return error("--from " + a.from + " is after --until " + a.until);
  return Settings{*resolution, *from, *until, *detail};
}

// The call that makes the page of this replay again.
std::string CommandOf(const Arguments& a, uint64_t first_seed) {
  std::string command = "oneup replay " + Quoted(a.scenario) + " --seed " +
                        std::to_string(first_seed) + " --seeds " + std::to_string(a.seeds) +
                        " --resolution " + Quoted(a.resolution);
  if (!a.from.empty()) command += " --from " + a.from;
  if (!a.until.empty()) command += " --until " + a.until;
  return command + " --report " + Quoted(a.report);
}

void TellAll(const sims::LoadedScenario& scenario, const sims::Replay& replay,
             const Arguments& arguments, const Settings& settings) {
  const sims::TerminalStyle style = TellingStyle();
  if (!TellEvents(scenario, replay, settings.from, settings.until,
                  {arguments.step, arguments.speed}, style)) {
    return;
  }
  if (arguments.plot) std::cout << PlotPrices(scenario, replay, settings.from, style);
  std::cout << ClosingTables(scenario, replay, settings.from, style);
}

int RunReplayCommand(const std::vector<std::string>& args) {
  Arguments a;
  OptionParser parser("replay [SCENARIO] [OPTIONS]", kText);
  AddOptions(parser, a);
  if (const std::optional<int> code = parser.Parse(args)) return *code;
  const absl::StatusOr<Settings> settings = CheckArguments(parser, a);
  if (!settings.ok()) return Fail(kName, std::string(settings.status().message()), kUsage);
  int code = kOk;
  const std::optional<sims::LoadedScenario> scenario =
      LoadScenarioArgument(kName, a.scenario, &code);
  if (!scenario) return code;
  if (!a.report.empty()) {  // said before long work, not after it
    const absl::Status status = CheckWritable(a.report);
    if (!status.ok()) return Fail(kName, std::string(status.message()), kCantCreate);
  }

  sims::EnsembleOptions ensemble;
  ensemble.first_seed = parser.Has("seed") ? a.seed.value : scenario->proto.default_seed();
  ensemble.seeds = a.seeds;
  ensemble.threads = a.threads > 0
                         ? a.threads
                         : static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  ensemble.run.orders_per_day = settings->orders_per_day;
  ensemble.run.until = settings->until;
  if (!a.trace.empty()) {
    sims::RunOptions run = ensemble.run;
    run.seed = ensemble.first_seed;
    const absl::StatusOr<std::string> digest =
        sims::TraceRun(*scenario, run, settings->detail, a.trace);
    if (!digest.ok()) return Fail(kName, std::string(digest.status().message()), kCantCreate);
    std::cerr << "trace of seed " << run.seed << " written to " << a.trace << " (" << *digest
              << ")\n";
  }
  const bool show_progress = a.seeds > 1 && sims::IsTerminal(stderr);
  sims::Progress progress("runs", sims::TotalRuns(*scenario, ensemble),
                          show_progress ? sims::ProgressMode::kBar : sims::ProgressMode::kNone);
  ensemble.progress = [&progress](int) { progress.Advance(); };
  const bool charts = a.plot || !a.report.empty();
  const sims::Replay replay = sims::RunReplay(*scenario, ensemble, charts ? kChartedRuns : 0);
  progress.Finish();

  if (!a.report.empty()) {
    const sims::ReportData data = ReportOf(*scenario, replay, settings->from, settings->until,
                                           CommandOf(a, ensemble.first_seed));
    const absl::Status status = WriteFileAtomically(a.report, sims::RenderHtmlReport(data));
    if (!status.ok()) return Fail(kName, std::string(status.message()), kCantCreate);
    std::cerr << "report written to " << a.report << "\n";
  }
  if (a.format == "json") {
    std::cout << ReplayJson(*scenario, replay, settings->from);
  } else if (a.format == "csv") {
    std::cout << ReplayCsv(*scenario, replay, settings->from);
  } else {
    TellAll(*scenario, replay, a, *settings);
  }
  return kOk;
}

}  // namespace

extern const Command kReplayCommand = {
    kName, "replay a scenario's deals and hold the market's reaction against history",
    RunReplayCommand};

}  // namespace oneup::cli
