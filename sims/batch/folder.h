// The folder of a batch.
//
//   plan.binpb               what is to be run (BatchPlan)
//   shards/00017.binpb       consecutive runs; there and whole, or not there
//   traces/00000340.binpb.zst   a run that is recorded, by its id; there before its shard is
//   batch.lock               empty; whoever works on a part holds a lock on it
//   scenarios.csv runs.csv summary.csv results.sqlite manifest.json   once all shards are there
//
// Names with ".partial-" in them are what an interruption has left; the next start removes them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "oneup/v1/batch.pb.h"
#include "sims/batch/part_lock.h"
#include "sims/batch/plan.h"

namespace oneup::sims {

class BatchFolder {
 public:
  // Makes the folder ready for this part of the plan, and writes the plan if it is not there. What
  // is there of the part is gone on with if `resume`. Errors name the folder: AlreadyExists for
  // shards that are there without `resume`, and while another process is at work on the part, which
  // is this one's as long as the folder or a copy of it lives; FailedPrecondition for another
  // experiment, another version of the program, or what is no batch; the system's for one that
  // cannot be made.
  static absl::StatusOr<BatchFolder> Open(const std::string& path, const v1::BatchPlan& plan,
                                          BatchPart part, bool resume);
  // Reads nothing, writes nothing.
  explicit BatchFolder(std::string path) : path_(std::move(path)) {}

  const std::string& path() const { return path_; }
  std::string PlanPath() const { return path_ + "/plan.binpb"; }
  std::string ShardPath(uint64_t shard) const;
  std::string TracePath(uint64_t run_id) const;

  // Shards of the part that are still to be run, ascending; after Open.
  const std::vector<uint64_t>& missing() const { return missing_; }
  // Of those, why shards that are there are run again: a line each, of the shard or of the first
  // of its traces that is missing or damaged.
  const std::vector<std::string>& damaged() const { return damaged_; }

  // Empty, or one line: why the part could not be locked; after Open.
  std::string warning() const { return lock_ == nullptr ? "" : lock_->warning(); }

  // Whether all shards of the plan have their files. O(shards).
  bool HasAllShards(const v1::BatchPlan& plan) const;
  // Numbers of the shards that have files, ascending.
  std::vector<uint64_t> Shards() const;

 private:
  absl::Status CheckPlan(const v1::BatchPlan& plan, bool resume, BatchPart part) const;
  void RemoveLeftovers(const v1::BatchPlan& plan, BatchPart part) const;
  absl::Status FindMissing(const v1::BatchPlan& plan, BatchPart part);

  std::string path_;
  std::vector<uint64_t> missing_;
  std::vector<std::string> damaged_;
  std::shared_ptr<const PartLock> lock_;  // null without Open
};

// Reads the plan of a folder. Errors name it: NotFound if there is none, DataLoss if it cannot be
// read as one.
absl::StatusOr<v1::BatchPlan> ReadPlan(const std::string& folder);

// Whether the folder's plan is of this build of the program, whose runs alone may join its own.
// Error, one line: FailedPrecondition for another version, other sources or another format.
absl::Status CheckBuild(const std::string& folder, const v1::BatchPlan& plan);

}  // namespace oneup::sims
