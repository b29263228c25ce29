#include "sims/sensitivity/design_table.h"

#include <absl/strings/ascii.h>
#include <absl/strings/str_cat.h>
#include <absl/strings/str_join.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "sims/sensitivity/design.h"

namespace oneup::sims {
namespace {

// What is wrong with a value of a factor, or nothing.
std::string Problem(const Factor& factor, double value) {
  if (!factor.levels.empty()) {
    if (std::ranges::find(factor.levels, value) != factor.levels.end()) return "";
    return absl::StrCat("is no level; must be one of ", absl::StrJoin(factor.levels, ", "));
  }
  if (value >= factor.min && value <= factor.max) return "";
  return absl::StrCat("must be ", factor.min, " to ", factor.max);
}

absl::StatusOr<std::vector<size_t>> ColumnsOf(const CsvTable& table,
                                              std::span<const Factor> factors) {
  std::vector<size_t> columns;
  for (const Factor& factor : factors) {
    const absl::StatusOr<size_t> column = table.Column(factor.name);
    if (!column.ok()) return column.status();
    columns.push_back(*column);
  }
  for (size_t c = 0; c < table.columns().size(); ++c) {
    if (std::ranges::find(columns, c) == columns.end()) {
      return absl::InvalidArgumentError(
          absl::StrCat(table.name(), ":1: column ", Quoted(table.columns()[c]), " is no factor"));
    }
  }
  return columns;
}

}  // namespace

absl::StatusOr<Points> ToPoints(const CsvTable& table, std::span<const Factor> factors) {
  if (const absl::Status status = CheckFactors(factors); !status.ok()) return status;
  const absl::StatusOr<std::vector<size_t>> columns = ColumnsOf(table, factors);
  if (!columns.ok()) return columns.status();
  const absl::Status size = CheckSize(table.name() + ": a design", std::ssize(table.rows()));
  if (!size.ok()) return size;
  Points points;
  for (const CsvRow& row : table.rows()) {
    std::vector<double>& point = points.emplace_back();
    for (size_t f = 0; f < factors.size(); ++f) {
      const size_t column = (*columns)[f];
      const double value = ParseDecimal(row.fields[column]);
      if (!std::isfinite(value)) return table.Error(row, column, "is no number");
      const std::string problem = Problem(factors[f], value);
      if (!problem.empty()) return table.Error(row, column, problem);
      point.push_back(value);
    }
  }
  return points;
}

}  // namespace oneup::sims
