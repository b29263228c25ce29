#include "sims/batch/points.h"

#include <cmath>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "market/kernel/math.h"
#include "sims/batch/plan.h"
#include "sims/stats/csv.h"

namespace oneup::sims {
namespace {

using Points = std::vector<std::vector<double>>;

absl::Status Wrong(const std::string& what) { return absl::InvalidArgumentError(what); }

// `levels` values from least to greatest, ends exact, evenly spread or on a scale of logs.
std::vector<double> Spread(const v1::Factor& factor, uint32_t levels) {
  std::vector<double> values;
  for (uint32_t i = 0; i < levels; ++i) {
    const double part = levels == 1 ? 0 : static_cast<double>(i) / (levels - 1);
    values.push_back(i == 0            ? factor.min()
                     : i + 1 == levels ? factor.max()
                     : factor.log()
                         ? factor.min() * math::Exp(part * math::Log(factor.max() / factor.min()))
                         : factor.min() + part * (factor.max() - factor.min()));
  }
  return values;
}

std::vector<double> LevelsOf(const v1::Factor& factor, uint32_t levels) {
  if (!factor.values().empty()) return {factor.values().begin(), factor.values().end()};
  if (factor.alternatives().empty()) return Spread(factor, levels);
  std::vector<double> places;
  for (int i = 0; i < factor.alternatives_size(); ++i) places.push_back(i);
  return places;
}

absl::StatusOr<Points> GridOf(const v1::Experiment& experiment) {
  Points levels;
  uint64_t count = 1;
  for (const v1::Factor& factor : experiment.factors()) {
    levels.push_back(LevelsOf(factor, experiment.design().grid().levels()));
    if (levels.back().empty()) {
      return Wrong(absl::StrCat("grid: needs levels for ", factor.name(),
                                ", which has neither values nor alternatives"));
    }
    count *= levels.back().size();
    if (count > kMaxPoints) return Wrong(absl::StrCat("grid: more than ", kMaxPoints, " points"));
  }
  Points points(count);
  for (uint64_t p = 0; p < count; ++p) {
    uint64_t rest = p;
    points[p].resize(levels.size());
    for (size_t f = levels.size(); f-- > 0;) {
      points[p][f] = levels[f][rest % levels[f].size()];
      rest /= levels[f].size();
    }
  }
  return points;
}

absl::StatusOr<Points> TableOf(const v1::Experiment& experiment, const SourceText& text) {
  const absl::StatusOr<CsvTable> table = CsvTable::Parse(text.text, text.name);
  if (!table.ok()) return table.status();
  std::vector<size_t> columns;
  for (const v1::Factor& factor : experiment.factors()) {
    const absl::StatusOr<size_t> column = table->Column(factor.name());
    if (!column.ok()) return column.status();
    columns.push_back(*column);
  }
  Points points;
  for (const CsvRow& row : table->rows()) {
    std::vector<double>& point = points.emplace_back();
    for (const size_t column : columns) {
      double value = 0;
      const std::string& field = row.fields[column];
      if (!absl::SimpleAtod(field, &value) || !std::isfinite(value)) {
        return table->Error(row, column, absl::StrCat(Quoted(field), " is no number"));
      }
      point.push_back(value);
    }
  }
  return points;
}

absl::StatusOr<Points> ListOf(const v1::Experiment& experiment, const SourceText* table) {
  if (table != nullptr) return TableOf(experiment, *table);
  Points points;
  for (const v1::Row& row : experiment.design().list().rows()) {
    if (row.values_size() != experiment.factors_size()) {
      return Wrong(absl::StrCat("list: row ", points.size(), " has ", row.values_size(),
                                " values for ", experiment.factors_size(), " factors"));
    }
    points.emplace_back(row.values().begin(), row.values().end());
  }
  return points;
}

}  // namespace

absl::StatusOr<Points> PointsOf(const v1::Experiment& experiment, const SourceText* table) {
  if (experiment.factors().empty()) return Points(1);
  absl::StatusOr<Points> points = Wrong("is missing; factors need one");
  if (experiment.design().has_grid()) points = GridOf(experiment);
  if (experiment.design().has_list()) points = ListOf(experiment, table);
  if (!points.ok()) return points;
  if (points->empty()) return Wrong("list: has no points");
  if (points->size() > kMaxPoints) return Wrong(absl::StrCat("more than ", kMaxPoints, " points"));
  return points;
}

}  // namespace oneup::sims
