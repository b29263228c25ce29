// The arithmetic of a plan: which runs there are, and in which shard each is. A function of the
// plan alone, never of threads or machines: results do not depend on how the work was cut.
#pragma once

#include <cstdint>
#include <string>

#include "oneup/v1/batch.pb.h"

namespace oneup::sims {

inline constexpr uint32_t kBatchFormat = 1;
inline constexpr uint64_t kMaxRuns = 1'000'000'000;
// The greatest whole number of an SQLite database.
inline constexpr uint64_t kMaxSeed = (uint64_t{1} << 63) - 1;

// One run of a plan.
struct PlannedRun {
  uint64_t run_id = 0;
  uint64_t scenario_id = 0;  // into plan.points()
  uint64_t replicate = 0;
  uint64_t seed = 0;
};

// Consecutive runs.
struct RunRange {
  uint64_t first = 0;
  uint64_t count = 0;
};

uint64_t RunsOf(const v1::BatchPlan& plan);
uint64_t ShardsOf(const v1::BatchPlan& plan);
PlannedRun RunAt(const v1::BatchPlan& plan, uint64_t run_id);
RunRange RangeOf(const v1::BatchPlan& plan, uint64_t shard);
// Whether this run is recorded.
bool IsTraced(const v1::BatchPlan& plan, uint64_t run_id);

// A plan's runs in a shard when it does not say: a hundredth, at least 4 and at most 1000.
uint64_t DefaultRunsPerShard(uint64_t runs);

// One of the `of` parts in which a batch is run: the shards s with s % of == index.
struct BatchPart {
  uint64_t index = 0;
  uint64_t of = 1;

  bool Has(uint64_t shard) const { return shard % of == index; }
};

}  // namespace oneup::sims
