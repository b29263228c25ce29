#include "sims/batch/experiment.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "oneup/v1/experiment.pb.h"
#include "oneup/version.h"
#include "sims/batch/plan.h"
#include "sims/batch/points.h"
#include "sims/batch/summary.h"
#include "sims/batch/variant.h"
#include "sims/provenance/build.h"
#include "sims/scenario/files.h"
#include "sims/scenario/rules_check.h"
#include "sims/scenario/sha256.h"
#include "sims/scenario/text_format.h"

namespace oneup::sims {
namespace {

constexpr std::string_view kFolder = "experiments/";

// Reads one experiment and gathers what is wrong with it.
class Reader {
 public:
  // plan: made of the same text before, in place of the files that it names; may be null.
  explicit Reader(const SourceText& source, const v1::BatchPlan* plan = nullptr)
      : source_(source), plan_(plan) {
    locations_.set_default_file(source.name);
  }

  absl::StatusOr<Experiment> Read() {
    const std::unique_ptr<ParsedText> parsed = ParseText(source_, &proto_, &problems_);
    LocateFields(source_, proto_, *parsed, v1::Experiment(), &locations_, &problems_);
    if (!problems_.empty()) return Problems();
    CheckRules(proto_, locations_, &problems_);
    for (int i = 0; i < proto_.factors_size(); ++i) CheckFactor(i);
    if (!problems_.empty()) return Problems();
    if (const absl::Status status = ReadScenario(); !status.ok()) return status;
    Settle();
    AddMetrics();
    AddFactors();
    AddPoints();
    if (!problems_.empty()) return Problems();
    CheckExtremes();
    CheckSize();
    if (!problems_.empty()) return Problems();
    Sign();
    return std::move(experiment_);
  }

 private:
  absl::Status Problems() { return ProblemsToStatus(std::move(problems_)); }
  void Report(const std::string& path, std::string message) {
    AddProblem(&problems_, locations_.Find(path), path, std::move(message));
  }

  void CheckFactor(int i) {
    const v1::Factor& factor = proto_.factors(i);
    const std::string path = absl::StrCat("factors[", i, "]");
    if (!names_.insert(factor.name()).second) {
      Report(path + ".name", absl::StrCat("'", factor.name(), "' is already used"));
    }
    // Columns of the tables.
    constexpr std::string_view kTaken[] = {"scenario_id", "metric", "n",  "mean",
                                           "sd",          "min",    "max"};
    if (std::ranges::find(kTaken, factor.name()) != std::end(kTaken) ||
        std::ranges::find(kSummaryQuantileNames, factor.name()) != kSummaryQuantileNames.end()) {
      Report(path + ".name", absl::StrCat("'", factor.name(), "' is a column of the results"));
    }
    const bool ranged = factor.has_min() || factor.has_max();
    const int ways = (ranged ? 1 : 0) + (factor.values().empty() ? 0 : 1) +
                     (factor.alternatives().empty() ? 0 : 1);
    if (ways != 1) {
      Report(path, "needs one of: min and max, values, alternatives");
    } else if (ranged && !(factor.has_min() && factor.has_max() && factor.min() < factor.max())) {
      Report(path, "needs min below max");
    } else if (factor.log() && !(factor.min() > 0)) {
      Report(path + ".log", "needs min above 0");
    }
    const bool targeted = factor.target_case() != v1::Factor::TARGET_NOT_SET;
    if (targeted == !factor.alternatives().empty()) {
      Report(path, targeted ? "alternatives say what they do: path and do have no place beside them"
                            : "needs path or do");
    }
    if (factor.has_do_() && factor.do_().find("{}") == std::string::npos) {
      Report(path + ".do", "needs {} where the value goes");
    }
  }

  absl::Status ReadScenario() {
    std::string name = proto_.scenario();
    if (IsPath(name) && plan_ != nullptr) return ReadPlannedScenario();
    const size_t slash = source_.name.find_last_of('/');
    if (IsPath(name) && name.front() != '/' && slash != std::string::npos) {
      name = source_.name.substr(0, slash + 1) + name;
    }
    absl::StatusOr<LoadedScenario> scenario = LoadScenario(name);
    if (scenario.ok()) {
      experiment_.scenario = *std::move(scenario);
      if (IsPath(name)) AddScenarioFiles();
    } else if (absl::IsNotFound(scenario.status())) {
      Report("scenario", std::string(scenario.status().message()));
      return Problems();
    }
    return scenario.status();
  }

  // Names from the scenario's folder on: plans, and traces, which hold the files, are the same
  // wherever the folder is and however it was typed.
  void AddScenarioFiles() {
    std::vector<SourceText>& sources = experiment_.scenario.sources;
    const size_t folder = sources[0].name.find_last_of('/') + 1;
    for (SourceText& source : sources) {
      if (BuiltinPath(source.name)) continue;
      source.name.erase(0, folder);
      v1::SourceFile& file = *experiment_.plan.add_scenario_files();
      file.set_name(source.name);
      file.set_content(source.text);
    }
  }

  absl::Status ReadPlannedScenario() {
    std::vector<SourceText> files;
    for (const v1::SourceFile& file : plan_->scenario_files()) {
      files.push_back({file.name(), file.content()});
    }
    absl::StatusOr<LoadedScenario> scenario = LoadScenarioOrBuiltins(files);
    if (!scenario.ok()) return scenario.status();
    experiment_.scenario = *std::move(scenario);
    AddScenarioFiles();
    return absl::OkStatus();
  }

  void Settle() {
    v1::BatchPlan& plan = experiment_.plan;
    plan.set_format_version(kBatchFormat);
    plan.set_program_version(kVersion);
    plan.set_source_digest(std::string(SourceDigest()));
    plan.set_experiment(source_.text);
    plan.set_name(proto_.name());
    plan.set_title(proto_.title());
    plan.set_scenario(proto_.scenario());
    plan.set_scenario_digest(experiment_.scenario.digest);
    plan.set_resolution(proto_.resolution().empty() ? "low" : proto_.resolution());
    plan.set_until(proto_.until());
    plan.set_replicates(proto_.replicates());
    plan.set_first_seed(proto_.has_first_seed() ? proto_.first_seed() : 1);
    plan.set_common_random_numbers(!proto_.has_common_random_numbers() ||
                                   proto_.common_random_numbers());
    const bool traced = proto_.traces().detail() != v1::DETAIL_UNSPECIFIED;
    if (traced != (proto_.traces().every() > 0)) {
      Report("traces", "needs both detail and every");
    } else if (traced) {
      plan.set_trace_detail(proto_.traces().detail());
      plan.set_trace_every(proto_.traces().every());
    }
    const auto resolution = ParseResolution(plan.resolution());
    if (resolution.ok()) {
      experiment_.run.resolution = *resolution;
    } else {
      Report("resolution", std::string(resolution.status().message()));
    }
    if (proto_.until().empty()) return;
    experiment_.run.until = *kernel::ParseDay(proto_.until());
    const v1::Scenario& scenario = experiment_.scenario.proto;
    if (experiment_.run.until < *kernel::ParseDay(scenario.start_date()) ||
        experiment_.run.until > *kernel::ParseDay(scenario.end_date())) {
      Report("until", absl::StrCat("is ", proto_.until(), "; the scenario goes from ",
                                   scenario.start_date(), " to ", scenario.end_date()));
    }
  }

  void AddMetrics() {
    for (int i = 0; i < proto_.metrics_size(); ++i) {
      const auto metric = SelectMetrics(experiment_.scenario, {proto_.metrics(i)});
      if (metric.ok()) continue;
      Report(absl::StrCat("metrics[", i, "]"), std::string(metric.status().message()));
    }
    auto metrics =
        SelectMetrics(experiment_.scenario, {proto_.metrics().begin(), proto_.metrics().end()});
    if (!metrics.ok()) return;  // reported
    experiment_.metrics = *std::move(metrics);
    for (const Metric& metric : experiment_.metrics) {
      v1::PlannedMetric& planned = *experiment_.plan.add_metrics();
      planned.set_name(metric.name);
      planned.set_unit(metric.unit);
      planned.set_description(metric.description);
    }
  }

  void AddFactors() {
    std::map<std::string, std::string> varied;  // what, and by which factor
    for (int i = 0; i < proto_.factors_size(); ++i) {
      const v1::Factor& factor = proto_.factors(i);
      v1::PlannedFactor& planned = *experiment_.plan.add_factors();
      planned.set_name(factor.name());
      if (factor.has_path()) planned.set_line(absl::StrCat("set ", factor.path(), " {}"));
      if (factor.has_do_()) planned.set_line(factor.do_());
      *planned.mutable_alternatives() = factor.alternatives();
      for (const std::string& target : TargetsOf(planned, experiment_.scenario.proto)) {
        const auto [by, is_new] = varied.emplace(target, factor.name());
        if (is_new) continue;
        Report(absl::StrCat("factors[", i, "]"),
               absl::StrCat("varies ", target, ", as factor '", by->second, "' does"));
        break;
      }
    }
  }

  void AddPoints() {
    if (plan_ != nullptr) {
      *experiment_.plan.mutable_points() = plan_->points();
      return;
    }
    std::optional<SourceText> table;
    if (const std::string& file = proto_.design().list().file(); !file.empty()) {
      absl::StatusOr<SourceText> found = FindOnDiskOrBuiltin(source_.name, file);
      if (!found.ok()) {
        return Report("design.list.file", std::string(found.status().message()));
      }
      table = *std::move(found);
    }
    const auto points = PointsOf(proto_, table ? &*table : nullptr);
    if (!points.ok()) return Report("design", std::string(points.status().message()));
    for (const std::vector<double>& point : *points) {
      experiment_.plan.add_points()->mutable_values()->Add(point.begin(), point.end());
    }
  }

  // Each factor's least and greatest value in the design fits the scenario, the others being as in
  // the first point: what would else show only after hours.
  void CheckExtremes() {
    const auto& points = experiment_.plan.points();
    for (int f = 0; f < proto_.factors_size(); ++f) {
      const auto less = [f](const v1::PlannedPoint& a, const v1::PlannedPoint& b) {
        return a.values(f) < b.values(f);
      };
      std::set<double> values;
      const auto [least, greatest] = std::minmax_element(points.begin(), points.end(), less);
      values = {least->values(f), greatest->values(f)};
      for (int i = 0; i < proto_.factors(f).alternatives_size(); ++i) values.insert(i);
      for (const double value : values) {
        v1::PlannedPoint point = points[0];
        point.set_values(f, value);
        const auto variant = VariantOf(experiment_.scenario, experiment_.plan, point);
        if (variant.ok()) continue;
        Report(absl::StrCat("factors[", f, "]"), std::string(variant.status().message()));
        break;
      }
    }
  }

  void CheckSize() {
    v1::BatchPlan& plan = experiment_.plan;
    const uint64_t runs = RunsOf(plan);
    if (runs > kMaxRuns) {
      Report("replicates", absl::StrCat("makes ", runs, " runs; allowed are ", kMaxRuns));
    }
    const uint64_t seeds = plan.common_random_numbers() ? plan.replicates() : runs;
    if (plan.first_seed() > kMaxSeed - (seeds - 1)) {
      Report("first_seed", absl::StrCat("is ", plan.first_seed(), "; with ", seeds,
                                        " seeds from it on, at most ", kMaxSeed - (seeds - 1)));
    }
    plan.set_runs_per_shard(proto_.runs_per_shard() > 0 ? proto_.runs_per_shard()
                                                        : DefaultRunsPerShard(runs));
  }

  void Sign() {
    v1::BatchPlan& plan = experiment_.plan;
    std::string all = absl::StrCat(source_.text, "\n", experiment_.scenario.digest, "\n");
    for (const v1::PlannedPoint& point : plan.points()) all += point.SerializeAsString();
    plan.set_experiment_digest(Sha256Hex(all));
  }

  const SourceText& source_;
  const v1::BatchPlan* plan_;
  v1::Experiment proto_;
  Experiment experiment_;
  LocationMap locations_;
  std::set<std::string> names_;
  std::vector<Problem> problems_;
};

}  // namespace

std::vector<std::string> BuiltinExperiments() { return BuiltinsIn(kFolder); }

absl::StatusOr<Experiment> ReadExperiment(const SourceText& source) {
  return Reader(source).Read();
}

absl::StatusOr<Experiment> ExperimentOf(const v1::BatchPlan& plan) {
  const SourceText source{plan.name() + ".textproto", plan.experiment()};
  absl::StatusOr<Experiment> experiment = Reader(source, &plan).Read();
  if (experiment.ok() && experiment->plan.SerializeAsString() == plan.SerializeAsString()) {
    return experiment;
  }
  return absl::FailedPreconditionError(
      absl::StrCat("'", plan.name(), "': its plan is not what this program makes of it"));
}

absl::StatusOr<Experiment> LoadExperiment(std::string_view path_or_name) {
  const absl::StatusOr<SourceText> source =
      ReadPathOrBuiltin(path_or_name, kFolder, "experiment", BuiltinExperiments());
  if (!source.ok()) return source.status();
  return ReadExperiment(*source);
}

}  // namespace oneup::sims
