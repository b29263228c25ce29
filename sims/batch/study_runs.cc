#include "sims/batch/study_runs.h"

#include <cmath>
#include <filesystem>
#include <limits>

#include "absl/strings/str_cat.h"
#include "sims/batch/plan.h"
#include "sims/stats/csv.h"

namespace oneup::sims {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

StudyRuns EmptyRuns(const v1::BatchPlan& plan) {
  StudyRuns runs;
  runs.values.assign(static_cast<size_t>(plan.metrics_size()),
                     std::vector<double>(RunsOf(plan), kNaN));
  return runs;
}

void AddFailure(const std::string& error, StudyRuns& runs) {
  if (runs.failed++ == 0) runs.first_error = error;
}

}  // namespace

absl::StatusOr<StudyRuns> RunForStudy(const Experiment& experiment, const EngineOptions& options) {
  const absl::StatusOr<std::vector<v1::BatchRun>> rows = RunInMemory(experiment, options);
  if (!rows.ok()) return rows.status();
  StudyRuns runs = EmptyRuns(experiment.plan);
  for (const v1::BatchRun& row : *rows) {
    if (!row.error().empty()) AddFailure(row.error(), runs);
    for (int i = 0; i < row.values_size(); ++i) {
      runs.values[static_cast<size_t>(i)][row.run_id()] = row.values(i);
    }
  }
  return runs;
}

absl::StatusOr<StudyRuns> ReadForStudy(const v1::BatchPlan& plan, const std::string& folder) {
  const std::string path = folder + "/runs.csv";
  if (!std::filesystem::exists(path)) {
    return absl::NotFoundError(absl::StrCat(
        path, ": is not there: the batch is not whole; oneup batch --resume or oneup merge first"));
  }
  const absl::StatusOr<CsvTable> table = CsvTable::Read(path);
  if (!table.ok()) return table.status();
  if (table->rows().size() != RunsOf(plan)) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": has ", table->rows().size(), " runs; the plan has ", RunsOf(plan)));
  }
  std::vector<size_t> columns;
  for (const v1::PlannedMetric& metric : plan.metrics()) {
    const absl::StatusOr<size_t> column = table->Column(metric.name());
    if (!column.ok()) return column.status();
    columns.push_back(*column);
  }
  const absl::StatusOr<size_t> id = table->Column("run_id");
  const absl::StatusOr<size_t> error = table->Column("error");
  for (const absl::Status& status : {id.status(), error.status()}) {
    if (!status.ok()) return status;
  }
  StudyRuns runs = EmptyRuns(plan);
  for (size_t run = 0; run < table->rows().size(); ++run) {
    const CsvRow& row = table->rows()[run];
    if (row.fields[*id] != absl::StrCat(run)) {
      return table->Error(row, *id,
                          absl::StrCat(Quoted(row.fields[*id]), " where run ", run, " belongs"));
    }
    if (!row.fields[*error].empty()) AddFailure(row.fields[*error], runs);
    for (size_t i = 0; i < columns.size(); ++i) {
      const std::string& field = row.fields[columns[i]];
      if (field.empty()) continue;
      const double value = ParseDecimal(field);
      if (std::isnan(value)) {
        return table->Error(row, columns[i], Quoted(field) + " is no number");
      }
      runs.values[i][run] = value;
    }
  }
  return runs;
}

}  // namespace oneup::sims
