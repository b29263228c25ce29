#include <algorithm>
#include <iostream>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "agents/mind/rules/rules.h"
#include "sims/emergent/ablation.h"
#include "sims/emergent/ensemble_report.h"
#include "sims/emergent/forecast.h"
#include "sims/emergent/gates.h"
#include "sims/emergent/reactions.h"
#include "sims/emergent/recorded_outcome.h"
#include "sims/emergent/stories.h"
#include "sims/replay/trace_recorder.h"
#include "sims/report/html_report.h"
#include "sims/report/progress.h"
#include "sims/world/emerged.h"
#include "sims/world/resolution.h"
#include "tools/cli/command.h"
#include "tools/cli/options.h"
#include "tools/cli/output_file.h"
#include "tools/cli/replay_charts.h"
#include "tools/cli/replay_data.h"
#include "tools/cli/replay_tables.h"
#include "tools/cli/run_arguments.h"
#include "tools/cli/run_data.h"
#include "tools/cli/run_tables.h"
#include "tools/cli/scenario_argument.h"
#include "tools/cli/telling.h"

namespace oneup::cli {
namespace {

constexpr char kName[] = "run";
constexpr int kMaxSeeds = 10'000'000;

constexpr char kText[] =
    "Lets a story unfold: the principals of the scenario act for themselves from its first\n"
    "day on, and the market reacts. No deal is given; what emerged is told as in a replay,\n"
    "and what the scenario made happen is marked. SCENARIO is a name (autonomous) or a file.\n"
    "\n"
    "  oneup run --seed 7 --step                 one event at a time\n"
    "  oneup run --seeds 500 --resolution low    what emerges how often, beside 2025\n"
    "  oneup run --off fomo --off ego            without them (oneup rules lists what can be off)\n"
    "\n"
    "With --seeds N the ensemble: for each supplier the probability of a deal, its day and\n"
    "size, total commitments and added value, and where what 2025 recorded lies among them.\n"
    "With --ablations the same seeds run again without FOMO, ego, leaks and stock feedback.";

struct Arguments {
  std::string scenario = "autonomous";
  Seed seed;
  int seeds = 1;
  int threads = 0;
  std::string resolution = "default";
  std::string from;
  std::string until;
  std::vector<std::string> off;
  std::string format = "text";
  std::string trace;
  std::string detail = "deals";
  std::string report;
  bool ablations = false;
  bool plot = false;
  bool step = false;
  double speed = 0;
};

// What the arguments mean, once they are known to be in range.
struct Settings {
  double orders_per_day = 0;
  kernel::CivilDay from;
  kernel::CivilDay until;
  v1::Detail detail = v1::DETAIL_DEALS;
};

void AddOptions(OptionParser& parser, Arguments& a) {
  namespace po = boost::program_options;
  parser.AddPositional("scenario", &a.scenario);
  const auto add = [&](const char* option, auto* value, const char* placeholder, const char* help) {
    parser.Add()(option, po::value(value)->value_name(placeholder), help);
  };
  add("seed", &a.seed, "N", "seed of the (first) run; without it the scenario's own");
  add("seeds", &a.seeds, "N", "an ensemble of N seeds");
  add("threads", &a.threads, "N", "threads; the results do not depend on it");
  add("resolution", &a.resolution, "R", "low, default, high, or orders a day and listing");
  add("from", &a.from, "DAY", "tell events from this day on");
  add("until", &a.until, "DAY", "simulate up to this day");
  add("off", &a.off, "NAME",
      "switch off a rule (R06), a family of rules or a channel;\n"
      "may be given several times");
  parser.Add()("ablations", po::bool_switch(&a.ablations),
               "of an ensemble: the same seeds without FOMO, ego, leaks, stock feedback");
  parser.Add()("step", po::bool_switch(&a.step), "wait for a key after each event");
  add("speed", &a.speed, "X", "tell X events a second, 0.001 to 1000");
  parser.Add()("plot", po::bool_switch(&a.plot), "draw prices, with a mark at each event");
  add("report", &a.report, "FILE.html", "write a page with charts that needs no network");
  add("format", &a.format, "F", "text, json or csv");
  add("trace", &a.trace, "FILE", "record the (first) run in FILE, compressed if it ends in .zst");
  add("detail", &a.detail, "D", "of the trace: summary, deals, market or full");
}

absl::Status CheckOff(const std::vector<std::string>& off) {
  for (const std::string& name : off) {
    if (mind::IsSwitch(name)) continue;
    return absl::InvalidArgumentError(absl::StrCat("--off '", name,
                                                   "': allowed are ids of rules (oneup rules) and ",
                                                   absl::StrJoin(mind::Switches(), ", ")));
  }
  return absl::OkStatus();
}

absl::StatusOr<Settings> CheckArguments(const OptionParser& given, const Arguments& a) {
  const auto error = [](const std::string& message) { return absl::InvalidArgumentError(message); };
  const std::pair<const char*, const std::string&> texts[] = {
      {"from", a.from}, {"until", a.until}, {"trace", a.trace}, {"report", a.report}};
  for (const auto& [name, text] : texts) {
    if (given.Has(name) && text.empty()) return error(absl::StrCat("--", name, ": is empty"));
  }
  if (a.seeds < 1 || a.seeds > kMaxSeeds) {
    return error(absl::StrCat("--seeds ", a.seeds, ": allowed are 1 to ", kMaxSeeds));
  }
  if (given.Has("threads") && (a.threads < 1 || a.threads > 1024)) {
    return error(absl::StrCat("--threads ", a.threads, ": allowed are 1 to 1024"));
  }
  if (a.speed != 0 && !(a.speed >= 0.001 && a.speed <= 1000)) {
    return error("--speed: allowed are 0.001 to 1000 events a second, or 0 for no pause");
  }
  if (a.format != "text" && a.format != "json" && a.format != "csv") {
    return error(absl::StrCat("--format '", a.format, "': allowed are text, json, csv"));
  }
  const bool tells = a.plot || a.step || a.speed != 0 || !a.report.empty();
  const char* const telling = a.plot         ? "--plot"
                              : a.step       ? "--step"
                              : a.speed != 0 ? "--speed"
                                             : "--report";
  if (a.seeds > 1 && tells) return error(absl::StrCat(telling, " goes with one seed only"));
  if (a.ablations && a.seeds == 1) return error("--ablations goes with --seeds 2 or more");
  if (a.format != "text" && (a.plot || a.step || a.speed != 0)) {
    return error(absl::StrCat(telling, " goes with --format text only"));
  }
  if (given.Has("detail") && a.trace.empty()) return error("--detail goes with --trace only");
  if (!a.trace.empty() && a.trace == a.report) {
    return error("--trace and --report name the same file");
  }
  const std::optional<v1::Detail> detail = ParseDetail(a.detail);
  if (!detail) {
    return error(
        absl::StrCat("--detail '", a.detail, "': allowed are summary, deals, market, full"));
  }
  const absl::StatusOr<double> resolution = sims::ParseResolution(a.resolution);
  const auto from = DayOption("--from", a.from, kernel::CivilDay::min());
  const auto until = DayOption("--until", a.until, kernel::CivilDay::max());
  for (const absl::Status& status :
       {resolution.status(), from.status(), until.status(), CheckOff(a.off)}) {
    if (!status.ok()) return status;
  }
  if (*from > *until) return error(absl::StrCat("--from ", a.from, " is after --until ", a.until));
  return Settings{*resolution, *from, *until, *detail};
}

// The call that makes this run again.
std::string CommandOf(const Arguments& a, uint64_t seed) {
  std::string command = absl::StrCat("oneup run ", Quoted(a.scenario), " --seed ", seed,
                                     " --resolution ", Quoted(a.resolution));
  for (const std::string& name : a.off) absl::StrAppend(&command, " --off ", name);
  if (!a.from.empty()) absl::StrAppend(&command, " --from ", a.from);
  if (!a.until.empty()) absl::StrAppend(&command, " --until ", a.until);
  if (!a.report.empty()) absl::StrAppend(&command, " --report ", Quoted(a.report));
  return command;
}

// One run, told.
int TellStory(const sims::LoadedScenario& scenario, const sims::RunOptions& run, const Arguments& a,
              const Settings& settings) {
  const sims::RunResult result = sims::World(scenario, run, nullptr).Run();
  const sims::LoadedScenario told = sims::EmergedScenario(scenario, result);
  const sims::Replay replay = sims::ReactionsOf(told, result, run.seed);
  if (!a.report.empty()) {
    const sims::ReportData data =
        ReportOf(told, replay, settings.from, settings.until, CommandOf(a, run.seed));
    const absl::Status status = WriteFileAtomically(a.report, sims::RenderHtmlReport(data));
    if (!status.ok()) return Fail(kName, std::string(status.message()), kCantCreate);
    std::cerr << "report written to " << a.report << "\n";
  }
  if (a.format == "json") {
    std::cout << ReplayJson(told, replay, settings.from);
    return kOk;
  }
  if (a.format == "csv") {
    std::cout << ReplayCsv(told, replay, settings.from);
    return kOk;
  }
  const sims::TerminalStyle style = TellingStyle();
  if (!TellEvents(told, replay, settings.from, settings.until, {a.step, a.speed}, style)) {
    return kOk;
  }
  if (a.plot) std::cout << PlotPrices(told, replay, settings.from, style);
  std::cout << ClosingTables(told, replay, settings.from, style);
  return kOk;
}

// Many runs, beside what 2025 recorded.
int TellEnsemble(const sims::LoadedScenario& scenario, const sims::EnsembleOptions& options,
                 const Arguments& a) {
  int code = kOk;
  const std::optional<sims::LoadedScenario> record =
      LoadScenarioArgument(kName, kDefaultScenario, &code);
  if (!record) return code;
  const int arms = a.ablations ? 1 + static_cast<int>(sims::DefaultAblations().size()) : 1;
  sims::Progress progress(
      "runs", arms * options.seeds,
      sims::IsTerminal(stderr) ? sims::ProgressMode::kBar : sims::ProgressMode::kNone);
  sims::EnsembleOptions counted = options;
  counted.progress = [&progress](int) { progress.Advance(); };
  const std::vector<sims::StoryOutcome> outcomes = sims::RunStories(scenario, counted);
  sims::AblationReport ablations;
  if (a.ablations) {
    ablations = sims::RunAblations(scenario, counted, outcomes, sims::DefaultAblations());
  }
  progress.Finish();

  const std::vector<sims::SupplierName> suppliers = sims::SuppliersOf(scenario);
  const sims::StoryOutcome recorded = sims::RecordedOutcome(*record);
  const sims::EnsembleReport report = sims::MakeEnsembleReport(
      outcomes, recorded,
      {.title = scenario.proto.title(), .suppliers = suppliers, .until = options.run.until});
  if (a.format == "json") {
    std::cout << (a.ablations ? AblationJson(ablations) : EnsembleJson(report));
    return kOk;
  }
  if (a.format == "csv") {
    std::cout << (a.ablations ? AblationCsv(ablations) : EnsembleCsv(report));
    return kOk;
  }
  const sims::TerminalStyle style = TellingStyle();
  std::cout << EnsembleTables(report, style);
  const sims::ForecastOptions window;
  if (options.run.until >= window.to) {
    std::cout << "\n"
              << ForecastTable(sims::MakeForecast(outcomes, recorded, suppliers, window), style);
  }
  if (a.ablations) std::cout << "\n" << AblationTable(ablations, style);
  const sims::AblationRow* without = nullptr;
  for (const sims::AblationRow& row : ablations.rows) {
    if (row.ablation.name == "fomo+ego") without = &row;
  }
  std::cout << "\n" << GatesTable(sims::EvaluateGates(outcomes, without), style);
  return kOk;
}

int RunCommand(const std::vector<std::string>& args) {
  Arguments a;
  OptionParser parser("run [SCENARIO] [OPTIONS]", kText);
  AddOptions(parser, a);
  if (const std::optional<int> code = parser.Parse(args)) return *code;
  const absl::StatusOr<Settings> settings = CheckArguments(parser, a);
  if (!settings.ok()) return Fail(kName, std::string(settings.status().message()), kUsage);
  int code = kOk;
  std::optional<sims::LoadedScenario> scenario = LoadScenarioArgument(kName, a.scenario, &code);
  if (!scenario) return code;
  if (scenario->proto.principals().empty()) {
    return Fail(kName,
                absl::StrCat("scenario '", a.scenario,
                             "' has no principals who could act; oneup replay tells it"),
                kBadInput);
  }
  if (!a.report.empty()) {  // said before long work, not after it
    const absl::Status status = CheckWritable(a.report);
    if (!status.ok()) return Fail(kName, std::string(status.message()), kCantCreate);
  }
  *scenario = sims::Without(*scenario, a.off);
  sims::RunOptions run;
  run.seed = parser.Has("seed") ? a.seed.value : scenario->proto.default_seed();
  run.orders_per_day = settings->orders_per_day;
  run.until = settings->until;
  if (!a.trace.empty()) {
    const absl::StatusOr<std::string> digest =
        sims::TraceRun(*scenario, run, settings->detail, a.trace);
    if (!digest.ok()) return Fail(kName, std::string(digest.status().message()), kCantCreate);
    std::cerr << "trace of seed " << run.seed << " written to " << a.trace << " (" << *digest
              << ")\n";
  }
  if (a.seeds == 1) return TellStory(*scenario, run, a, *settings);

  sims::EnsembleOptions options;
  options.first_seed = run.seed;
  options.seeds = a.seeds;
  options.threads = a.threads > 0
                        ? a.threads
                        : static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  options.run = run;
  return TellEnsemble(*scenario, options, a);
}

}  // namespace

extern const Command kRunCommand = {
    kName, "let the principals act for themselves, and see which deals emerge", RunCommand};

}  // namespace oneup::cli
