// Mean, spread and range of each metric over the runs of one combination, as they come.
#pragma once

#include <cstdint>
#include <vector>

#include "oneup/v1/batch.pb.h"

namespace oneup::sims {

// Of finite values; all are NaN without any.
struct MetricSummary {
  uint64_t n = 0;
  double mean = 0;
  double sd = 0;  // unbiased; NaN below two values
  double min = 0;
  double max = 0;
};

// B. P. Welford (1962): one pass, no value is kept. Depends on the order of the values only in the
// last digits, and runs come in one order.
class RunningSummary {
 public:
  explicit RunningSummary(size_t metrics) : cells_(metrics) {}

  // Values in the order of the metrics; a failed run has none.
  void Add(const v1::BatchRun& run);
  std::vector<MetricSummary> Take();

 private:
  struct Cell {
    uint64_t n = 0;
    double mean = 0;
    double squares = 0;  // sum of squared distances from the mean
    double min = 0;
    double max = 0;
  };
  std::vector<Cell> cells_;
};

}  // namespace oneup::sims
