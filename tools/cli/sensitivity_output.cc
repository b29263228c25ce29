#include "tools/cli/sensitivity_output.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "sims/report/json.h"
#include "sims/report/terminal_table.h"
#include "tools/cli/format.h"

namespace oneup::cli {
namespace {

using sims::Interval;
using sims::StudyKind;
using sims::StudyResult;

// One figure of a factor, with its name and interval.
struct Estimated {
  const char* name;
  double value;
  Interval interval;
};

std::vector<Estimated> FiguresOf(const StudyResult& study, size_t factor) {
  if (!study.morris.empty()) {
    const sims::MorrisEffect& effect = study.morris[factor];
    return {{"mu", effect.mu, effect.mu_interval},
            {"mu_star", effect.mu_star, effect.mu_star_interval},
            {"sigma", effect.sigma, effect.sigma_interval}};
  }
  const sims::SobolIndex& index = study.sobol[factor];
  return {{"first", index.first, index.first_interval},
          {"total", index.total, index.total_interval}};
}

// What orders factors, and is held against the floor: mu_star, or the total index.
constexpr size_t kWeight = 1;

std::string PartText(double share) {
  return std::isnan(share) ? "n/a" : absl::StrFormat("%.2g %%", 100 * share);
}

std::string Heading(const v1::PlannedMetric& metric, const StudyResult& study, bool morris) {
  std::string text = absl::StrCat(
      "mean ", Short(study.mean), metric.unit().empty() ? "" : " ", metric.unit(),
      ", standard deviation of the points ", Short(study.deviation), "; seeds alone make ",
      PartText(study.seeds), " of a run's variance, ", PartText(study.noise), " of the points'");
  if (study.missing > 0) {
    absl::StrAppend(&text, "; missing in ", study.missing, " of ", study.runs, " runs, ",
                    study.used, " of ", study.blocks, morris ? " trajectories" : " rows", " used");
  }
  return text + "\n";
}

std::string TableOf(const SensitivityReport& report, const StudyResult& study,
                    const sims::TerminalStyle& style) {
  const bool morris = report.design.kind == StudyKind::kMorris;
  const std::string level = absl::StrFormat("[%g %%]", 100 * report.options.level);
  std::vector<sims::TableColumn> columns = {{"factor"}};
  const std::vector<const char*> names = morris ? std::vector<const char*>{"mu", "mu*", "sigma"}
                                                : std::vector<const char*>{"first order", "total"};
  for (const char* name : names) {
    columns.push_back({name, sims::Align::kRight});
    columns.push_back({level});
  }
  std::vector<size_t> order(report.design.factors.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::stable_sort(order, [&](size_t a, size_t b) {
    return FiguresOf(study, a)[kWeight].value > FiguresOf(study, b)[kWeight].value;
  });
  std::vector<sims::TableRow> rows;
  for (const size_t f : order) {
    std::vector<std::string>& cells = rows.emplace_back().cells;
    cells.push_back(report.design.factors[f]);
    for (const Estimated& figure : FiguresOf(study, f)) {
      cells.push_back(Short(figure.value));
      cells.push_back(
          absl::StrCat("[", Short(figure.interval.low), ", ", Short(figure.interval.high), "]"));
    }
  }
  rows.push_back({.cells = {"seeds alone", "", "", Short(study.floor)}, .rule_above = true});
  if (!morris) {
    rows.push_back({.cells = {"sum", Short(study.first_sum)}});
  }
  return sims::RenderTable(columns, rows, style);
}

// A number as a field of CSV.
std::string Field(double value) { return std::isnan(value) ? "" : sims::FormatNumber(value); }

}  // namespace

std::string SensitivityText(const SensitivityReport& report, const sims::TerminalStyle& style) {
  const v1::BatchPlan& plan = report.plan;
  const bool morris = report.design.kind == StudyKind::kMorris;
  std::string text = absl::StrCat(plan.title(), "\n", plan.points_size(), " points of ",
                                  plan.factors_size(), " factors, ", plan.replicates(),
                                  plan.replicates() == 1 ? " seed each" : " seeds each",
                                  plan.replicates() == 1 ? ": what seeds alone do cannot be told\n"
                                  : plan.common_random_numbers() ? ", the same at all points\n"
                                                                 : ", others at every point\n");
  for (size_t m = 0; m < report.metrics.size(); ++m) {
    const v1::PlannedMetric& metric = report.metrics[m];
    absl::StrAppend(&text, "\n", sims::Paint(style, sims::Color::kBold, metric.name()), ": ");
    const absl::StatusOr<StudyResult>& study = report.studies[m];
    if (!study.ok()) {
      absl::StrAppend(&text, std::string(study.status().message()), "\n");
      continue;
    }
    absl::StrAppend(&text, Heading(metric, *study, morris));
    if (!(study->deviation > 0)) {
      absl::StrAppend(&text, "  the same at all points: no factor does anything\n");
      continue;
    }
    absl::StrAppend(&text, TableOf(report, *study, style));
  }
  absl::StrAppend(&text,
                  morris ? "\nmu: mean change of the metric over the factor's whole range; mu*: of "
                           "its size; sigma: its spread, 0\nfor a straight line. "
                         : "\nfirst order: share of the points' variance that a factor explains by "
                           "itself; total: with all that it does\ntogether with others. ",
                  morris ? "mu*" : "total", " near that of seeds alone, or below, says nothing.\n");
  return text;
}

std::string SensitivityJson(const SensitivityReport& report) {
  sims::JsonWriter json(2);
  const auto pair = [&json](const Interval& interval) {
    json.Array().Value(interval.low).Value(interval.high).EndArray();
  };
  json.Object();
  json.Key("experiment").Value(report.plan.name());
  json.Key("design").Value(report.design.kind == StudyKind::kMorris ? "morris" : "sobol_indices");
  json.Key("points").Value(report.plan.points_size());
  json.Key("replicates").Value(report.plan.replicates());
  json.Key("common_random_numbers").Value(report.plan.common_random_numbers());
  json.Key("level").Value(report.options.level);
  json.Key("resamples").Value(report.options.resamples);
  json.Key("metrics").Array();
  for (size_t m = 0; m < report.metrics.size(); ++m) {
    json.Object();
    json.Key("metric").Value(report.metrics[m].name());
    json.Key("unit").Value(report.metrics[m].unit());
    const absl::StatusOr<StudyResult>& study = report.studies[m];
    if (!study.ok()) {
      json.Key("error").Value(std::string(study.status().message()));
      json.EndObject();
      continue;
    }
    json.Key("runs").Value(study->runs).Key("missing").Value(study->missing);
    json.Key("blocks").Value(study->blocks).Key("used").Value(study->used);
    json.Key("mean").Value(study->mean).Key("deviation").Value(study->deviation);
    json.Key("seed_share_of_a_run").Value(study->seeds);
    json.Key("seed_share_of_the_points").Value(study->noise);
    json.Key("floor").Value(study->floor);
    if (!study->sobol.empty()) json.Key("first_sum").Value(study->first_sum);
    json.Key("factors").Array();
    for (size_t f = 0; f < report.design.factors.size(); ++f) {
      json.Object().Key("factor").Value(report.design.factors[f]);
      for (const Estimated& figure : FiguresOf(*study, f)) {
        json.Key(figure.name).Value(figure.value);
        json.Key(absl::StrCat(figure.name, "_interval"));
        pair(figure.interval);
      }
      json.EndObject();
    }
    json.EndArray().EndObject();
  }
  json.EndArray().EndObject();
  return json.text() + "\n";
}

std::string SensitivityCsv(const SensitivityReport& report) {
  const bool morris = report.design.kind == StudyKind::kMorris;
  std::string text = "metric,factor";
  for (const char* name : morris ? std::vector<const char*>{"mu", "mu_star", "sigma"}
                                 : std::vector<const char*>{"first", "total"}) {
    absl::StrAppend(&text, ",", name, ",", name, "_low,", name, "_high");
  }
  text += ",floor,seed_share_of_a_run,seed_share_of_the_points,used,blocks,missing,runs\n";
  for (size_t m = 0; m < report.metrics.size(); ++m) {
    const absl::StatusOr<StudyResult>& study = report.studies[m];
    if (!study.ok()) continue;
    for (size_t f = 0; f < report.design.factors.size(); ++f) {
      absl::StrAppend(&text, report.metrics[m].name(), ",", report.design.factors[f]);
      for (const Estimated& figure : FiguresOf(*study, f)) {
        absl::StrAppend(&text, ",", Field(figure.value), ",", Field(figure.interval.low), ",",
                        Field(figure.interval.high));
      }
      absl::StrAppend(&text, ",", Field(study->floor), ",", Field(study->seeds), ",",
                      Field(study->noise), ",", study->used, ",", study->blocks, ",",
                      study->missing, ",", study->runs, "\n");
    }
  }
  return text;
}

}  // namespace oneup::cli
