#include "sims/batch/plan.h"

#include <algorithm>

namespace oneup::sims {

uint64_t RunsOf(const v1::BatchPlan& plan) {
  return static_cast<uint64_t>(plan.points_size()) * plan.replicates();
}

uint64_t ShardsOf(const v1::BatchPlan& plan) {
  return (RunsOf(plan) + plan.runs_per_shard() - 1) / plan.runs_per_shard();
}

PlannedRun RunAt(const v1::BatchPlan& plan, uint64_t run_id) {
  PlannedRun run;
  run.run_id = run_id;
  run.scenario_id = run_id / plan.replicates();
  run.replicate = run_id % plan.replicates();
  run.seed = plan.first_seed() + (plan.common_random_numbers() ? run.replicate : run_id);
  return run;
}

RunRange RangeOf(const v1::BatchPlan& plan, uint64_t shard) {
  const uint64_t first = shard * plan.runs_per_shard();
  return {first, std::min(plan.runs_per_shard(), RunsOf(plan) - first)};
}

bool IsTraced(const v1::BatchPlan& plan, uint64_t run_id) {
  return plan.trace_every() > 0 && run_id % plan.trace_every() == 0;
}

uint64_t DefaultRunsPerShard(uint64_t runs) {
  return std::clamp<uint64_t>((runs + 99) / 100, 4, 1000);
}

}  // namespace oneup::sims
