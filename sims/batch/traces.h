// The traces of a batch held against its shards: each row knows the digest of its trace.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "oneup/v1/batch.pb.h"
#include "sims/batch/folder.h"

namespace oneup::sims {

struct TraceProblem {
  uint64_t run_id = 0;
  // One line that names the file: NotFound for one that is missing; DataLoss for one that is
  // damaged, or of another run; else the system's for one that cannot be read.
  absl::Status status;
};

// What is wrong with the traces of a shard that ReadShard took, in the order of its runs. Each is
// read whole: about a tenth of a run's time.
std::vector<TraceProblem> CheckTraces(const v1::Shard& shard, const BatchFolder& folder);

}  // namespace oneup::sims
