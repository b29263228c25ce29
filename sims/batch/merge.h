// Joins the shards of one batch that were run in parts, in one folder or in several.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "sims/batch/tables.h"

namespace oneup::sims {

struct MergeOutcome {
  // What keeps the batch from being whole, a line each: shards and traces that are missing or
  // damaged, shards of another experiment or version, or there twice with different runs. Nothing
  // is written then.
  std::vector<std::string> problems;
  std::string warning;  // empty, or one line: why `out` could not be locked
  BatchCounts counts;
  uint64_t shards = 0;
};

// folders: at least one, each with a plan; out: one of them, or an empty or new folder, which gets
// copies of all shards and traces. Writes the tables there, byte for byte those of a batch that was
// run at once. Errors: a folder without a plan, one of another build (CheckBuild), one that cannot
// be read or written, and `out` while another process is at work on it.
absl::StatusOr<MergeOutcome> MergeBatch(const std::vector<std::string>& folders,
                                        const std::string& out);

}  // namespace oneup::sims
