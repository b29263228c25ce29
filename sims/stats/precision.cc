#include "sims/stats/precision.h"

#include <algorithm>
#include <cmath>

#include "sims/stats/intervals.h"

namespace oneup::sims {

PrecisionStep NextRuns(std::span<const double> values, const PrecisionGoal& goal) {
  const int runs = static_cast<int>(values.size());
  const MeanInterval interval = MeanWithInterval(values, goal.level);
  PrecisionStep step;
  step.half_width = (interval.high - interval.low) / 2;
  const int least = std::max(goal.min_runs, 2);
  step.reached = runs >= least && step.half_width <= goal.half_width;
  if (step.reached || runs >= goal.max_runs) return step;
  const double ratio = step.half_width / goal.half_width;
  const double estimate = std::ceil(runs * ratio * ratio);
  if (runs < least) {
    step.more = least - runs;
  } else if (estimate < 2.0 * runs) {
    step.more = std::max(1, static_cast<int>(estimate) - runs);
  } else {
    step.more = runs;
  }
  step.more = std::min(step.more, goal.max_runs - runs);
  return step;
}

}  // namespace oneup::sims
