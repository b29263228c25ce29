#include <algorithm>
#include <cmath>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "sims/compare/carriers.h"
#include "sims/compare/comparison.h"
#include "sims/compare/explanation.h"
#include "sims/report/progress.h"
#include "sims/scenario/intervene.h"
#include "sims/world/idle_events.h"
#include "tools/cli/command.h"
#include "tools/cli/compare_arguments.h"
#include "tools/cli/compare_output.h"
#include "tools/cli/compare_page.h"
#include "tools/cli/compare_words.h"
#include "tools/cli/interrupt.h"
#include "tools/cli/options.h"
#include "tools/cli/output_file.h"
#include "tools/cli/run_arguments.h"
#include "tools/cli/scenario_argument.h"
#include "tools/cli/telling.h"
#include "tools/cli/what_if_argument.h"

namespace oneup::cli {
namespace {

constexpr char kName[] = "compare";

constexpr char kText[] =
    "What if? Runs a scenario with and without interventions over the same seeds and reports\n"
    "the paired difference of each outcome. SCENARIO is a name (autonomous, 2025) or a file.\n"
    "\n"
    "  oneup compare --do no_leak                       a what-if of the program (--list)\n"
    "  oneup compare --do 'pin huang.fomo 0' --explain  a line of the grammar; and why\n"
    "  oneup compare 2025 --do 2025_no_doubt --resolution default --seeds 50\n"
    "  oneup compare --do 'force nadella.accept' --metric deals --precision 0.05\n"
    "\n"
    "Lines of the grammar; all but move may end in 'from DAY' (docs/counterfactuals.md):\n"
    "  drop EVENT [and what follows]    move EVENT to DAY\n"
    "  set PATH VALUE                   scale PATH FACTOR\n"
    "  pin WHO.STATE VALUE              force WHO.accept|refuse [EVENT]\n"
    "  rule off NAME                    rule on NAME";

int List() {
  for (const std::string& name : sims::WhatIfs()) {
    const auto what_if = sims::LoadWhatIf(name);
    if (!what_if.ok()) return Fail(kName, std::string(what_if.status().message()), kInternal);
    std::cout << name << ": " << what_if->title << "\n    " << what_if->description << "\n";
    for (const std::string& line : LinesOf(*what_if)) std::cout << "    " << line << "\n";
  }
  return kOk;
}

// The first seed of which outcomes of deals differ, else the first of which any does, else the
// first of all.
uint64_t TellingSeed(const sims::Comparison& comparison, const std::vector<sims::Metric>& metrics) {
  for (const bool only_deals : {true, false}) {
    for (size_t i = 0; i < comparison.baseline.size(); ++i) {
      for (size_t m = 0; m < metrics.size(); ++m) {
        if (only_deals && !metrics[m].name.starts_with("deal")) continue;
        const double a = comparison.baseline[i][m];
        const double b = comparison.changed[i][m];
        if (a != b && !(std::isnan(a) && std::isnan(b))) return comparison.first_seed + i;
      }
    }
  }
  return comparison.first_seed;
}

// Which rules carried the effects on the first outcomes; at most three.
std::vector<sims::Metric> Leading(const std::vector<sims::Metric>& metrics) {
  return {metrics.begin(),
          metrics.begin() + static_cast<std::ptrdiff_t>(std::min<size_t>(3, metrics.size()))};
}

// Says beforehand which lines will change nothing.
void TellIdle(const sims::LoadedScenario& scenario, const sims::WhatIf& what_if) {
  const std::vector<std::string> lines = LinesOf(what_if);
  for (const size_t i : sims::IdleInterventions(scenario, what_if.interventions)) {
    std::cerr << "oneup " << kName << ": '" << lines[i]
              << "' has no effect of its own: in a replay people act as recorded, and this moves "
                 "no stock and promises nothing\n";
  }
}

int CompareCommand(const std::vector<std::string>& args) {
  CompareArguments a;
  OptionParser parser("compare [SCENARIO] --do WHAT [OPTIONS]", kText);
  AddCompareOptions(parser, a);
  if (const std::optional<int> code = parser.Parse(args)) return *code;
  if (a.list) return List();
  absl::StatusOr<sims::CompareOptions> options = CheckCompareArguments(parser, a);
  if (!options.ok()) return Fail(kName, std::string(options.status().message()), kUsage);
  absl::StatusOr<sims::WhatIf> what_if = ReadWhatIf(a.what_if);
  if (!what_if.ok()) {
    return Fail(kName, std::string(what_if.status().message()), CodeOf(what_if.status()));
  }
  int code = kOk;
  const std::optional<sims::LoadedScenario> scenario =
      LoadScenarioArgument(kName, a.scenario, &code);
  if (!scenario) return code;
  const std::optional<sims::LoadedScenario> changed =
      ApplyWhatIf(kName, *scenario, options->runs.run.until, &*what_if, &code);
  if (!changed) return code;
  TellIdle(*scenario, *what_if);
  const auto metrics =
      sims::SelectMetrics(*scenario, a.metrics.empty() ? sims::UsualOutcomes() : a.metrics);
  if (!metrics.ok()) {
    return Fail(kName, absl::StrCat("--metric ", std::string(metrics.status().message())), kUsage);
  }
  if (a.explain && scenario->proto.principals().empty()) {
    return Fail(kName, "--explain goes with a scenario whose principals act, such as autonomous",
                kUsage);
  }
  if (!a.report.empty()) {
    const absl::Status writable = CheckWritable(a.report);
    if (!writable.ok()) return Fail(kName, std::string(writable.message()), kCantCreate);
  }

  options->precise = a.metrics.empty() ? 1 : metrics->size();
  options->runs.threads = ThreadsOf(a.threads);
  options->runs.first_seed = parser.Has("seed") ? a.seed.value : scenario->proto.default_seed();
  // How long --precision takes nobody knows beforehand: a log tells how far it is.
  const auto mode = sims::IsTerminal(stderr)  ? sims::ProgressMode::kBar
                    : parser.Has("precision") ? sims::ProgressMode::kPlain
                                              : sims::ProgressMode::kNone;
  const Interrupt interrupt;
  options->runs.stop = &interrupt.asked();
  sims::CompareResult result;
  result.scenario_title = scenario->proto.title();
  result.what_if = *what_if;
  {
    auto progress = std::make_unique<sims::Progress>("pairs", a.seeds, mode);
    options->runs.progress = [&](int) { progress->Advance(); };
    int before = a.seeds;
    options->more = [&](int seeds) {
      progress->Finish();
      progress = std::make_unique<sims::Progress>("pairs", seeds - before, mode);
      before = seeds;
    };
    result.comparison = sims::Compare(*scenario, *changed, *metrics, *options);
    progress->Finish();
    if (result.comparison.stopped) {
      return Fail(kName,
                  absl::StrCat("stopped after ", result.comparison.seeds, " of ", before,
                               " pairs; nothing is written"),
                  interrupt.exit_code());
    }
  }
  sims::RunOptions run = options->runs.run;
  run.seed = TellingSeed(result.comparison, *metrics);
  if (a.explain) {
    auto explanation = sims::Explain(*scenario, *changed, run);
    if (!explanation.ok()) {
      return Fail(kName, std::string(explanation.status().message()), kInternal);
    }
    result.explanation = *std::move(explanation);
    sims::EnsembleOptions runs = options->runs;
    runs.seeds = a.explain_seeds;
    sims::Progress progress("pairs of coalitions", a.explain_seeds * sims::PairsASeed(), mode);
    runs.progress = [&](int) { progress.Advance(); };
    auto carriers = sims::CarriersOf(*scenario, *changed, Leading(*metrics), runs);
    progress.Finish();
    if (absl::IsCancelled(carriers.status())) {
      return Fail(kName,
                  absl::StrCat("stopped after all ", result.comparison.seeds,
                               " pairs, while explaining; nothing is written"),
                  interrupt.exit_code());
    }
    if (!carriers.ok()) return Fail(kName, std::string(carriers.status().message()), kInternal);
    result.carriers = *std::move(carriers);
  }
  if (!a.report.empty()) {
    const auto page = ComparePage(
        result, *scenario, *changed, run,
        absl::StrCat(CallOf(a, options->runs.first_seed), " --report ", Quoted(a.report)));
    if (!page.ok()) return Fail(kName, std::string(page.status().message()), kFailed);
    const absl::Status written = WriteFileAtomically(a.report, *page);
    if (!written.ok()) return Fail(kName, std::string(written.message()), kCantCreate);
    std::cerr << "report written to " << a.report << "\n";
  }
  if (a.format == "json") {
    std::cout << CompareJson(result);
  } else if (a.format == "csv") {
    std::cout << CompareCsv(result);
  } else {
    std::cout << CompareText(result, TellingStyle());
  }
  return kOk;
}

}  // namespace

extern const Command kCompareCommand = {
    kName, "what if? paired runs with and without interventions", CompareCommand};

}  // namespace oneup::cli
