#include "sims/batch/run_values.h"

#include <sqlite3.h>

#include "absl/strings/str_cat.h"

namespace oneup::sims {

absl::StatusOr<std::unique_ptr<RunValues>> RunValues::Open(const std::string& path) {
  std::unique_ptr<RunValues> values(new RunValues(path));
  // Nobody writes it any more; a file system may know no locks.
  const int code =
      sqlite3_open_v2(path.c_str(), &values->database_, SQLITE_OPEN_READONLY, "unix-none");
  if (code != SQLITE_OK) return values->Error();
  return values;
}

RunValues::~RunValues() { sqlite3_close(database_); }

absl::StatusOr<std::vector<std::vector<double>>> RunValues::Of(const v1::BatchPlan& plan,
                                                               uint64_t scenario_id, int first,
                                                               int count) {
  std::string query = "SELECT ";
  for (int i = 0; i < count; ++i) {
    absl::StrAppend(&query, i > 0 ? ", " : "", "\"", plan.metrics(first + i).name(), "\"");
  }
  const uint64_t from = scenario_id * plan.replicates();
  absl::StrAppend(&query, " FROM runs WHERE run_id BETWEEN ", from, " AND ",
                  from + plan.replicates() - 1, " ORDER BY run_id");
  sqlite3_stmt* select = nullptr;
  if (sqlite3_prepare_v2(database_, query.c_str(), -1, &select, nullptr) != SQLITE_OK) {
    return Error();
  }
  std::vector<std::vector<double>> values(static_cast<size_t>(count));
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(select)) == SQLITE_ROW) {
    for (int i = 0; i < count; ++i) {
      if (sqlite3_column_type(select, i) == SQLITE_NULL) continue;
      values[static_cast<size_t>(i)].push_back(sqlite3_column_double(select, i));
    }
  }
  sqlite3_finalize(select);
  if (code != SQLITE_DONE) return Error();
  return values;
}

absl::Status RunValues::Error() const {
  return absl::UnavailableError(
      absl::StrCat("cannot read ", path_, ": ", sqlite3_errmsg(database_)));
}

}  // namespace oneup::sims
