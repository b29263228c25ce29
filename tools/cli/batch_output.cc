#include "tools/cli/batch_output.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "sims/batch/plan.h"
#include "sims/report/json.h"
#include "tools/cli/run_arguments.h"

namespace oneup::cli {
namespace {

std::string Bytes(double bytes) {
  const char* const units[] = {"B", "kB", "MB", "GB", "TB"};
  size_t unit = 0;
  while (bytes >= 1000 && unit + 1 < std::size(units)) {
    bytes /= 1000;
    ++unit;
  }
  return absl::StrFormat("%.3g %s", bytes, units[unit]);
}

std::string Time(double seconds) {
  if (seconds < 120) return absl::StrFormat("%.2g s", seconds);
  if (seconds < 7200) return absl::StrFormat("%.0f min", seconds / 60);
  return absl::StrFormat("%.1f h", seconds / 3600);
}

std::string Line(const std::string& name, const std::string& text) {
  return absl::StrFormat("%-12s%s\n", name, text);
}

}  // namespace

std::string PlanText(const sims::Experiment& experiment, const sims::Estimate& estimate,
                     int threads) {
  const v1::BatchPlan& plan = experiment.plan;
  const auto runs = static_cast<double>(sims::RunsOf(plan));
  const double traces =
      plan.trace_every() > 0 ? std::ceil(runs / static_cast<double>(plan.trace_every())) : 0;
  const double seconds = runs * estimate.seconds_per_run / threads;
  std::string text = Line("experiment", absl::StrCat(plan.name(), ": ", plan.title()));
  absl::StrAppend(
      &text, Line("scenario", absl::StrCat(plan.scenario(), ", resolution ", plan.resolution())),
      Line("runs", absl::StrCat(sims::RunsOf(plan), ": ", plan.points_size(),
                                plan.points_size() == 1 ? " combination" : " combinations", " of ",
                                plan.factors_size(), " factors, ", plan.replicates(), " times")),
      Line("shards", absl::StrCat(sims::ShardsOf(plan), " of ", plan.runs_per_shard(), " runs")),
      Line("metrics", absl::StrCat(plan.metrics_size())),
      Line("time", absl::StrCat("about ", Time(seconds), " on ", threads,
                                threads == 1 ? " thread" : " threads", " (", estimate.runs,
                                " runs tried, ", Time(estimate.seconds_per_run), " each)")),
      Line("disk", absl::StrCat(
                       "about ", Bytes(runs * estimate.bytes_per_run),
                       traces > 0 ? absl::StrCat(", and ", Bytes(traces * estimate.bytes_per_trace),
                                                 " for ", traces, " traces")
                                  : "")));
  return text;
}

std::string RunText(const sims::Experiment& experiment, const v1::BatchRun& run) {
  const v1::BatchPlan& plan = experiment.plan;
  std::string text = absl::StrCat("run ", run.run_id(), ": scenario ", run.scenario_id(),
                                  ", replicate ", run.replicate(), ", seed ", run.seed(), "\n");
  size_t width = 0;
  for (const auto& factor : plan.factors()) width = std::max(width, factor.name().size());
  for (const auto& metric : plan.metrics()) width = std::max(width, metric.name().size());
  const auto line = [&](const std::string& name, double value, const std::string& unit) {
    absl::StrAppendFormat(&text, "  %-*s  %s%s%s\n", static_cast<int>(width), name,
                          std::isnan(value) ? "-" : sims::FormatNumber(value),
                          unit.empty() ? "" : " ", unit);
  };
  const v1::PlannedPoint& point = plan.points(static_cast<int>(run.scenario_id()));
  for (int i = 0; i < plan.factors_size(); ++i) {
    line(plan.factors(i).name(), point.values(i), "");
  }
  for (int i = 0; i < run.values_size(); ++i) {
    line(plan.metrics(i).name(), run.values(i), plan.metrics(i).unit());
  }
  return text;
}

std::string DoneText(const v1::BatchPlan& plan, const sims::BatchCounts& counts,
                     const std::string& folder) {
  return absl::StrCat(counts.runs, " runs of ", plan.name(), ", ", counts.failed, " failed, in ",
                      folder,
                      ": runs.csv, scenarios.csv, summary.csv, results.sqlite, manifest.json\nany "
                      "run again: oneup batch ",
                      Quoted(folder), " --run 0 --trace run0.binpb\n");
}

}  // namespace oneup::cli
