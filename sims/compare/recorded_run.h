// A run with its record in memory.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "oneup/v1/trace.pb.h"
#include "sims/scenario/scenario.h"
#include "sims/world/world.h"

namespace oneup::sims {

struct RecordedRun {
  v1::Header header;
  std::vector<v1::Record> records;  // record i has the id i + 1
  // By the ids of events: the records of happenings, in order.
  const v1::Record* Happening(const std::string& event) const;
};

// At detail "deals": what happened and how it came about, without the market's orders.
absl::StatusOr<RecordedRun> RunAndRecord(const LoadedScenario& scenario, const RunOptions& options);

}  // namespace oneup::sims
