// What people read of a batch, made of its shards: scenarios.csv (each combination of values,
// once), runs.csv (a line a run), summary.csv (a line a combination and metric), results.sqlite
// (all of them), and manifest.json, which comes last and says that the rest is whole.
//
// Shards are read one after another: memory does not grow with the number of runs. The same shards
// give the same bytes (of the database, by one version of SQLite; the same rows by all). A value
// that does not exist is an empty field, and null in the database.
#pragma once

#include <cstdint>

#include "absl/status/statusor.h"
#include "oneup/v1/batch.pb.h"
#include "sims/batch/folder.h"

namespace oneup::sims {

struct BatchCounts {
  uint64_t runs = 0;
  uint64_t failed = 0;  // of these
};

// All shards are there. Errors: those of ReadShard, and of files that cannot be written.
absl::StatusOr<BatchCounts> WriteTables(const v1::BatchPlan& plan, const BatchFolder& folder);

}  // namespace oneup::sims
