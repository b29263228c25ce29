#include <iostream>
#include <optional>
#include <string>
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
#include "sims/report/progress.h"
#include "sims/world/emerged.h"
#include "tools/cli/command.h"
#include "tools/cli/options.h"
#include "tools/cli/run_arguments.h"
#include "tools/cli/run_data.h"
#include "tools/cli/run_tables.h"
#include "tools/cli/scenario_argument.h"
#include "tools/cli/story_output.h"
#include "tools/cli/telling.h"
#include "tools/cli/what_if_argument.h"

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
    "  oneup run --seed 7 --story mine.textproto keep it, for oneup replay, network and scenario\n"
    "\n"
    "With --seeds N the ensemble: for each supplier the probability of a deal, its day and\n"
    "size, total commitments and added value, and where what 2025 recorded lies among them.\n"
    "With --ablations the same seeds run again without FOMO, ego, leaks and stock feedback.";

struct Arguments : RunArguments {
  std::vector<std::string> off;
  std::string story;
  bool ablations = false;
};

void AddOptions(OptionParser& parser, Arguments& a) {
  namespace po = boost::program_options;
  AddRunOptions(parser, a, "an ensemble of N seeds", "tell events from this day on",
                "simulate up to this day");
  parser.Add()("off", po::value(&a.off)->value_name("NAME"),
               "switch off a rule (R06), a family of rules or a channel;\n"
               "may be given several times");
  parser.Add()("ablations", po::bool_switch(&a.ablations),
               "of an ensemble: the same seeds without FOMO, ego, leaks, stock feedback");
  parser.Add()("story", po::value(&a.story)->value_name("FILE.textproto"),
               "write what emerged as a scenario of its own");
  AddTellingOptions(parser, a, "draw prices, with a mark at each event");
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

absl::StatusOr<RunSettings> CheckArguments(const OptionParser& given, const Arguments& a) {
  absl::StatusOr<RunSettings> settings = CheckRunArguments(given, a, kMaxSeeds);
  if (!settings.ok()) return settings;
  const char* const telling = TellingOption(a) != nullptr ? TellingOption(a)
                              : !a.report.empty()         ? "--report"
                              : given.Has("story")        ? "--story"
                                                          : nullptr;
  if (a.seeds > 1 && telling != nullptr) {
    return absl::InvalidArgumentError(absl::StrCat(telling, " goes with one seed only"));
  }
  if (a.ablations && a.seeds == 1) {
    return absl::InvalidArgumentError("--ablations goes with --seeds 2 or more");
  }
  if (given.Has("story") && a.story.empty()) {
    return absl::InvalidArgumentError("--story: is empty");
  }
  if (given.Has("story") && (a.story == a.trace || a.story == a.report)) {
    return absl::InvalidArgumentError(absl::StrCat(
        "--story and ", a.story == a.trace ? "--trace" : "--report", " name the same file"));
  }
  const absl::Status off = CheckOff(a.off);
  if (!off.ok()) return off;
  return settings;
}

// The call that makes this run again.
std::string CallOf(const Arguments& a, uint64_t seed) {
  std::string command = absl::StrCat("oneup run ", Quoted(a.scenario), " --seed ", seed,
                                     " --resolution ", Quoted(a.resolution));
  for (const std::string& name : a.off) absl::StrAppend(&command, " --off ", name);
  absl::StrAppend(&command, WhatIfCall(a.what_if));
  if (!a.until.empty()) absl::StrAppend(&command, " --until ", a.until);
  return command;
}

// The call that makes its report again.
std::string ReportCallOf(const Arguments& a, uint64_t seed) {
  std::string command = CallOf(a, seed);
  if (!a.from.empty()) absl::StrAppend(&command, " --from ", a.from);
  if (!a.report.empty()) absl::StrAppend(&command, " --report ", Quoted(a.report));
  return command;
}

sims::StoryOrigin OriginOf(const Arguments& a, const sims::RunOptions& run) {
  return {.seed = run.seed, .until = run.until, .command = CallOf(a, run.seed)};
}

// One run, told.
int TellStory(const sims::LoadedScenario& scenario, const sims::RunOptions& run, const Arguments& a,
              const RunSettings& settings) {
  const sims::RunResult result = sims::World(scenario, run, nullptr).Run();
  const sims::LoadedScenario told = sims::EmergedScenario(scenario, result);
  if (!a.story.empty()) {
    if (const auto failed = WriteStory(kName, a.story, told, OriginOf(a, run))) return *failed;
  }
  return TellReplay(kName, a, settings, told, sims::ReactionsOf(told, result, run.seed),
                    ReportCallOf(a, run.seed));
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
  a.scenario = "autonomous";
  a.detail = "deals";
  OptionParser parser("run [SCENARIO] [OPTIONS]", kText);
  AddOptions(parser, a);
  if (const std::optional<int> code = parser.Parse(args)) return *code;
  const absl::StatusOr<RunSettings> settings = CheckArguments(parser, a);
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
  if (const std::optional<int> failed = CheckReport(kName, a)) return *failed;
  // Before the what-if, which may switch on again what is off here.
  *scenario = sims::Without(*scenario, a.off);
  if (const auto failed = ApplyWhatIf(kName, a.what_if, settings->until, &*scenario)) {
    return *failed;
  }
  sims::RunOptions run;
  run.seed = parser.Has("seed") ? a.seed.value : scenario->proto.default_seed();
  run.resolution = settings->resolution;
  run.until = settings->until;
  if (parser.Has("story")) {
    if (const auto failed = CheckStory(kName, a.story, *scenario, OriginOf(a, run))) return *failed;
  }
  if (const auto failed = RecordTrace(kName, a, *settings, *scenario, run)) return *failed;
  if (a.seeds == 1) return TellStory(*scenario, run, a, *settings);

  sims::EnsembleOptions options;
  options.first_seed = run.seed;
  options.seeds = a.seeds;
  options.threads = ThreadsOf(a.threads);
  options.run = run;
  return TellEnsemble(*scenario, options, a);
}

}  // namespace

extern const Command kRunCommand = {
    kName, "let the principals act for themselves, and see which deals emerge", RunCommand};

}  // namespace oneup::cli
