#include "tools/cli/calibrate_output.h"

#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "sims/report/terminal_table.h"
#include "sims/stats/intervals.h"
#include "tools/cli/format.h"

namespace oneup::cli {
namespace {

using sims::Align;

std::string Two(double value) {
  return std::isnan(value) ? "n/a" : WithoutSignOfZero(absl::StrFormat("%.2f", value));
}

std::string Generations(const sims::AbcResult& result, const sims::TerminalStyle& style) {
  std::vector<sims::TableRow> rows;
  for (size_t g = 0; g < result.generations.size(); ++g) {
    const sims::AbcGeneration& each = result.generations[g];
    rows.push_back({.cells = {absl::StrCat(g), g == 0 ? "any" : Short(each.tolerance),
                              absl::StrCat(each.simulations),
                              absl::StrFormat("%.0f", each.effective_sample_size)}});
  }
  return sims::RenderTable({{"generation", Align::kRight},
                            {"tolerance", Align::kRight},
                            {"simulations", Align::kRight},
                            {"effective particles", Align::kRight}},
                           rows, style) +
         absl::StrCat("ended: ", std::string(sims::AbcStopText(result.stop)), "\n");
}

}  // namespace

std::string PosteriorText(const v1::StoryCalibration& specification, const sims::AbcResult& result,
                          const sims::TerminalStyle& style) {
  std::string text = Generations(result, style);
  std::vector<sims::TableColumn> columns = {{"parameter"}};
  for (const char* group : {"prior", "posterior"}) {
    columns.push_back({"mean", Align::kRight, group});
    columns.push_back({"sd", Align::kRight, group});
  }
  columns.push_back({"90 %", Align::kLeft, "posterior"});
  columns.push_back({"contraction", Align::kRight});
  std::vector<sims::TableRow> rows;
  const auto posteriors = sims::PosteriorsOf(sims::PriorsOf(specification), result);
  for (size_t i = 0; i < posteriors.size(); ++i) {
    const sims::ParameterPosterior& each = posteriors[i];
    rows.push_back(
        {.cells = {absl::StrCat(i + 1, " ", specification.parameters(static_cast<int>(i)).path()),
                   Short(each.prior_mean), Short(each.prior_deviation), Short(each.posterior.mean),
                   Short(each.posterior.deviation),
                   absl::StrCat("[", Short(each.posterior.interval.low), ", ",
                                Short(each.posterior.interval.high), "]"),
                   Two(each.contraction)}});
  }
  absl::StrAppend(&text, "\n", sims::RenderTable(columns, rows, style),
                  "contraction: 1 - variance of the log after over before; near 0 the targets tell "
                  "nothing of it\n");
  if (posteriors.size() < 2) return text;
  columns = {{"correlation", Align::kRight}};
  rows.clear();
  const auto correlations = sims::PosteriorCorrelations(result);
  for (size_t i = 0; i < correlations.size(); ++i) {
    columns.push_back({absl::StrCat(i + 1), Align::kRight});
    std::vector<std::string>& cells = rows.emplace_back().cells;
    cells.push_back(absl::StrCat(i + 1));
    for (size_t j = 0; j < i; ++j) cells.push_back(Two(correlations[i][j]));
  }
  columns.pop_back();
  rows.erase(rows.begin());
  return absl::StrCat(text, "\n", sims::RenderTable(columns, rows, style));
}

std::string RecoveryText(const std::vector<sims::ParameterRecovery>& recoveries,
                         const sims::RecoveryOptions& options, const sims::TerminalStyle& style) {
  std::vector<sims::TableColumn> columns = {{"parameter"}, {"prior's error", Align::kRight}};
  for (const char* group : {"fit", "posterior mean"}) {
    for (const char* name : {"bias", "error", "corr."}) {
      columns.push_back({name, Align::kRight, group});
    }
  }
  for (const char* name : {"50 %", "90 %"}) {
    columns.push_back({name, Align::kRight, "held"});
    columns.push_back({"share", Align::kLeft, "held"});
  }
  columns.push_back({"p", Align::kRight, "ranks uniform"});
  std::vector<sims::TableRow> rows;
  std::string ranks;
  for (const sims::ParameterRecovery& each : recoveries) {
    std::vector<std::string>& cells = rows.emplace_back().cells;
    cells = {each.path, Two(each.prior_error)};
    for (const sims::Recovery* recovery : {&each.fit, &each.mean}) {
      cells.insert(cells.end(),
                   {Two(recovery->bias), Two(recovery->error), Two(recovery->correlation)});
    }
    for (const int held : {each.held_50, each.held_90}) {
      const auto of = static_cast<int>(each.truths.size());
      const sims::Interval share = sims::WilsonInterval(held, of);
      cells.push_back(absl::StrCat(held, "/", of));
      cells.push_back(absl::StrCat("[", Two(share.low), ", ", Two(share.high), "]"));
    }
    cells.push_back(each.uniformity ? Short(each.uniformity->p) : "n/a");
    absl::StrAppend(&ranks, "ranks of ", each.path, ": ", absl::StrJoin(each.ranks, " "), "\n");
  }
  return absl::StrCat(
      sims::RenderTable(columns, rows, style),
      "bias, error (root mean square) and correlation of logs; prior's error: of its median, "
      "without data\n",
      "held: intervals of the posterior with the truth inside, and where the share may lie "
      "(Wilson, "
      "95 %)\nranks: of the truth among ",
      options.draws, " draws\n", ranks);
}

}  // namespace oneup::cli
