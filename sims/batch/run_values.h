// The metrics of a batch's runs, read back from the table `runs` of its results.sqlite.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "oneup/v1/batch.pb.h"

struct sqlite3;

namespace oneup::sims {

// Not thread-safe.
class RunValues {
 public:
  // Errors name the file: Unavailable for one that cannot be read.
  static absl::StatusOr<std::unique_ptr<RunValues>> Open(const std::string& path);
  RunValues(const RunValues&) = delete;
  RunValues& operator=(const RunValues&) = delete;
  ~RunValues();

  // Of `count` metrics of the plan from `first` on, the values that exist in the runs of a
  // combination, in the order of the runs. Memory: 8 bytes for each value. Time: O(its runs).
  absl::StatusOr<std::vector<std::vector<double>>> Of(const v1::BatchPlan& plan,
                                                      uint64_t scenario_id, int first, int count);

 private:
  explicit RunValues(std::string path) : path_(std::move(path)) {}
  absl::Status Error() const;

  std::string path_;
  sqlite3* database_ = nullptr;
};

}  // namespace oneup::sims
