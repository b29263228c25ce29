// The metrics of a batch's runs, read back from the table `runs` of its results.sqlite.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "oneup/v1/batch.pb.h"

struct sqlite3;

namespace oneup::sims {

// Values come one by one, so that memory does not grow with their number: many are sorted in a
// temporary file, where SQLite keeps such (SQLITE_TMPDIR, TMPDIR). Those that do not exist are left
// out. Not thread-safe.
class RunValues {
 public:
  using See = std::function<void(double value)>;

  // Errors name the file: Unavailable for one that cannot be read.
  static absl::StatusOr<std::unique_ptr<RunValues>> Open(const std::string& path);
  RunValues(const RunValues&) = delete;
  RunValues& operator=(const RunValues&) = delete;
  ~RunValues();

  // Of a metric of the plan in the runs of a combination. O(n).
  absl::Status InOrderOfRuns(const v1::BatchPlan& plan, uint64_t scenario_id, int metric,
                             const See& see);
  // The same, the least first. O(n log n).
  absl::Status Ascending(const v1::BatchPlan& plan, uint64_t scenario_id, int metric,
                         const See& see);

 private:
  explicit RunValues(std::string path) : path_(std::move(path)) {}
  enum class Order { kRuns, kValues };
  absl::Status Visit(const v1::BatchPlan& plan, uint64_t scenario_id, int metric, Order order,
                     const See& see);
  absl::Status Error() const;

  std::string path_;
  sqlite3* database_ = nullptr;
};

}  // namespace oneup::sims
