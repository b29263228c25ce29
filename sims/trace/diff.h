// Where two traces part, and what had led there.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "oneup/v1/trace.pb.h"

namespace oneup::trace {

struct Difference {
  std::string what;  // "seed", "bar.close_ticks", "scenario file 2025.textproto, line 12"
  std::string a;
  std::string b;
};

// One side of a divergence.
struct Side {
  v1::Header header;
  // Causes first, the diverging record last; empty if the trace has ended before it.
  std::vector<v1::Record> chain;
  // The last news that reached the diverging record's listing before it, with its causes:
  // what a record without a cause of its own may have come from. Empty if it has one.
  std::vector<v1::Record> last_news;
};

struct TraceDifference {
  // Of what the traces were made from: scenario, seed, detail, settings, program.
  std::vector<Difference> header;
  // Records that both have, equal, before the first that differs.
  uint64_t equal_records = 0;
  bool diverges = false;
  // Which fields of the diverging records differ; empty if they are of different kinds or
  // one is missing.
  std::vector<Difference> fields;
  Side a;
  Side b;

  bool same() const { return header.empty() && !diverges; }
};

// Compares record by record, by their bytes. Both are read to their ends, so that a damaged
// trace is not compared. Neither can be standard input. Errors: those of reading.
absl::StatusOr<TraceDifference> CompareTraces(const std::string& a, const std::string& b);

}  // namespace oneup::trace
