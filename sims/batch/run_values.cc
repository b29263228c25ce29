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

absl::Status RunValues::InOrderOfRuns(const v1::BatchPlan& plan, uint64_t scenario_id, int metric,
                                      const See& see) {
  return Visit(plan, scenario_id, metric, Order::kRuns, see);
}

absl::Status RunValues::Ascending(const v1::BatchPlan& plan, uint64_t scenario_id, int metric,
                                  const See& see) {
  return Visit(plan, scenario_id, metric, Order::kValues, see);
}

absl::Status RunValues::Visit(const v1::BatchPlan& plan, uint64_t scenario_id, int metric,
                              Order order, const See& see) {
  const std::string column = absl::StrCat("\"", plan.metrics(metric).name(), "\"");
  const uint64_t from = scenario_id * plan.replicates();
  const std::string query =
      absl::StrCat("SELECT ", column, " FROM runs WHERE run_id BETWEEN ", from, " AND ",
                   from + plan.replicates() - 1, " AND ", column, " IS NOT NULL ORDER BY ",
                   order == Order::kRuns ? "run_id" : column);
  sqlite3_stmt* select = nullptr;
  if (sqlite3_prepare_v2(database_, query.c_str(), -1, &select, nullptr) != SQLITE_OK) {
    return Error();
  }
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(select)) == SQLITE_ROW) see(sqlite3_column_double(select, 0));
  sqlite3_finalize(select);
  return code == SQLITE_DONE ? absl::OkStatus() : Error();
}

absl::Status RunValues::Error() const {
  return absl::UnavailableError(
      absl::StrCat("cannot read ", path_, ": ", sqlite3_errmsg(database_)));
}

}  // namespace oneup::sims
