#include "sims/batch/summary.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace oneup::sims {

void RunningSummary::Add(const v1::BatchRun& run) {
  for (int i = 0; i < run.values_size(); ++i) {
    const double value = run.values(i);
    if (!std::isfinite(value)) continue;
    Cell& cell = cells_[static_cast<size_t>(i)];
    cell.min = cell.n == 0 ? value : std::min(cell.min, value);
    cell.max = cell.n == 0 ? value : std::max(cell.max, value);
    ++cell.n;
    const double before = value - cell.mean;
    cell.mean += before / static_cast<double>(cell.n);
    cell.squares += before * (value - cell.mean);
  }
}

std::vector<MetricSummary> RunningSummary::Take() {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  std::vector<MetricSummary> summaries;
  for (Cell& cell : cells_) {
    MetricSummary summary{cell.n, cell.mean, kNaN, cell.min, cell.max};
    if (cell.n == 0) summary = {0, kNaN, kNaN, kNaN, kNaN};
    if (cell.n > 1) summary.sd = std::sqrt(cell.squares / static_cast<double>(cell.n - 1));
    summaries.push_back(summary);
    cell = {};
  }
  return summaries;
}

}  // namespace oneup::sims
