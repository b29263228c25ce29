#include <algorithm>
#include <iostream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "sims/batch/experiment.h"
#include "sims/batch/folder.h"
#include "sims/batch/points.h"
#include "sims/batch/study_runs.h"
#include "sims/report/progress.h"
#include "tools/cli/command.h"
#include "tools/cli/interrupt.h"
#include "tools/cli/options.h"
#include "tools/cli/sensitivity_output.h"
#include "tools/cli/telling.h"

namespace oneup::cli {
namespace {

constexpr char kName[] = "sensitivity";
constexpr int kMaxResamples = 100'000;

constexpr char kText[] =
    "Tells what each factor of an experiment does to each of its metrics, and what seeds alone\n"
    "do. EXPERIMENT is a name (morris_minds, sobol_minds) or a file whose design is morris or\n"
    "sobol_indices (docs/batch.md).\n"
    "\n"
    "  oneup sensitivity morris_minds            which of eight parameters matter at all\n"
    "  oneup sensitivity sobol_minds             how much of the variance is due to which of four\n"
    "  oneup sensitivity --from out              of a batch that is done, without running "
    "anything\n"
    "  oneup sensitivity sobol_minds --metric deals --format csv\n"
    "\n"
    "A point's outcome is the average over its seeds. A metric that does not exist in some runs\n"
    "(the day of a deal that was never made) is averaged over those in which it does; a\n"
    "trajectory or row of the design with a point that has none at all is left out, and the\n"
    "table says how many are used. A run that failed counts as one without any metric.\n"
    "Exit code 1: no metric said anything, or runs failed.";

struct Arguments {
  std::string experiment;
  std::string from;
  std::vector<std::string> metrics;
  int threads = 0;
  int resamples = 1000;
  std::string format = "text";
};

void AddOptions(OptionParser& parser, Arguments& a) {
  namespace po = boost::program_options;
  parser.AddPositional("experiment", &a.experiment);
  parser.Add()("from", po::value(&a.from)->value_name("DIR"),
               "a finished batch's folder, in place of EXPERIMENT");
  parser.Add()("metric", po::value(&a.metrics)->value_name("NAME"),
               "of the experiment's metrics only this; may be given several times");
  parser.Add()("threads,j", po::value(&a.threads)->value_name("N"),
               "runs at a time (default: processors)");
  parser.Add()("bootstrap", po::value(&a.resamples)->value_name("N"),
               "resamples for the 95 % intervals (1000)");
  parser.Add()("format", po::value(&a.format)->value_name("F"), "text, json or csv");
}

absl::Status CheckArguments(const OptionParser& given, const Arguments& a) {
  if (a.experiment.empty() == a.from.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("needs either an experiment: a file, or one of the program's own (",
                     absl::StrJoin(sims::BuiltinExperiments(), ", "), "); or --from"));
  }
  if (const absl::Status status = CheckThreads(given, a.threads); !status.ok()) return status;
  if (a.resamples < 1 || a.resamples > kMaxResamples) {
    return absl::InvalidArgumentError(
        absl::StrCat("--bootstrap ", a.resamples, ": allowed are 1 to ", kMaxResamples));
  }
  if (const absl::Status status = CheckFormat(a.format); !status.ok()) return status;
  return absl::OkStatus();
}

int Failed(const absl::Status& status) {
  return Fail(kName, std::string(status.message()), CodeOf(status));
}

// Places in the plan of the metrics that were asked for.
absl::StatusOr<std::vector<size_t>> ChooseMetrics(const v1::BatchPlan& plan,
                                                  const std::vector<std::string>& names) {
  std::vector<std::string> known;
  for (const v1::PlannedMetric& metric : plan.metrics()) known.push_back(metric.name());
  std::vector<size_t> chosen;
  for (const std::string& name : names.empty() ? known : names) {
    const auto found = std::ranges::find(known, name);
    if (found == known.end()) {
      return absl::InvalidArgumentError(absl::StrCat("--metric '", name, "': ", plan.name(),
                                                     " measures ", absl::StrJoin(known, ", ")));
    }
    chosen.push_back(static_cast<size_t>(found - known.begin()));
  }
  return chosen;
}

// Runs the experiment; a value: it ends with that exit code.
std::optional<int> RunNow(const sims::Experiment& experiment, const Arguments& a,
                          sims::StudyRuns* runs) {
  sims::Progress progress(
      "runs", static_cast<int64_t>(sims::RunsOf(experiment.plan)),
      sims::IsTerminal(stderr) ? sims::ProgressMode::kBar : sims::ProgressMode::kNone);
  const Interrupt interrupt;
  absl::StatusOr<sims::StudyRuns> made = sims::RunForStudy(
      experiment, {.threads = ThreadsOf(a.threads), .stop = &interrupt.asked(), .progress = [&] {
                     progress.Advance();
                   }});
  progress.Finish();
  if (!made.ok()) {
    return Fail(kName, "stopped; nothing is kept. A batch can be resumed: oneup batch, then --from",
                interrupt.exit_code());
  }
  *runs = *std::move(made);
  return std::nullopt;
}

int Tell(SensitivityReport report, const std::vector<size_t>& metrics, const sims::StudyRuns& runs,
         const std::string& format) {
  const uint64_t replicates = report.plan.replicates();
  bool any = false;
  for (const size_t m : metrics) {
    report.metrics.push_back(report.plan.metrics(static_cast<int>(m)));
    report.studies.push_back(sims::RunStudy(
        report.design, replicates,
        [&](size_t point, size_t replicate) {
          return runs.values[m][point * replicates + replicate];
        },
        report.options));
    any = any || report.studies.back().ok();
  }
  if (runs.failed > 0) {
    std::cerr << "oneup " << kName << ": " << runs.failed << " of " << sims::RunsOf(report.plan)
              << " runs failed; the first: " << runs.first_error << "\n";
  }
  if (!any) {
    return Fail(kName,
                absl::StrCat("no metric says anything; ", report.metrics[0].name(), ": ",
                             std::string(report.studies[0].status().message())),
                kFailed);
  }
  if (format == "json") {
    std::cout << SensitivityJson(report);
  } else if (format == "csv") {
    std::cout << SensitivityCsv(report);
  } else {
    std::cout << SensitivityText(report, TellingStyle());
  }
  return runs.failed > 0 ? kFailed : kOk;
}

int RunSensitivity(const std::vector<std::string>& args) {
  Arguments a;
  OptionParser parser("sensitivity [EXPERIMENT] [OPTIONS]", kText);
  AddOptions(parser, a);
  if (const std::optional<int> code = parser.Parse(args)) return *code;
  if (const absl::Status status = CheckArguments(parser, a); !status.ok()) {
    return Fail(kName, std::string(status.message()), kUsage);
  }
  std::optional<sims::Experiment> experiment;
  SensitivityReport report;
  if (a.from.empty()) {
    absl::StatusOr<sims::Experiment> loaded = sims::LoadExperiment(a.experiment);
    if (!loaded.ok()) return Failed(loaded.status());
    experiment = *std::move(loaded);
    report.plan = experiment->plan;
  } else {
    absl::StatusOr<v1::BatchPlan> plan = sims::ReadPlan(a.from);
    if (!plan.ok()) return Failed(plan.status());
    report.plan = *std::move(plan);
  }
  absl::StatusOr<sims::StudyDesign> design = sims::StudyDesignOf(report.plan);
  if (!design.ok()) return Failed(design.status());
  report.design = *std::move(design);
  const absl::StatusOr<std::vector<size_t>> metrics = ChooseMetrics(report.plan, a.metrics);
  if (!metrics.ok()) return Fail(kName, std::string(metrics.status().message()), kUsage);
  report.options.resamples = a.resamples;
  report.options.common_seeds = report.plan.common_random_numbers();
  sims::StudyRuns runs;
  if (experiment) {
    if (const std::optional<int> ended = RunNow(*experiment, a, &runs)) return *ended;
  } else {
    absl::StatusOr<sims::StudyRuns> read = sims::ReadForStudy(report.plan, a.from);
    if (!read.ok()) return Failed(read.status());
    runs = *std::move(read);
  }
  return Tell(std::move(report), *metrics, runs, a.format);
}

}  // namespace

extern const Command kSensitivityCommand = {
    kName, "tell what each factor of an experiment does, and what seeds alone do", RunSensitivity};

}  // namespace oneup::cli
