// The index's own course as traders of the index see it: given opens and closes
// (an input), and within a session a Brownian bridge between them.
#pragma once

#include <vector>

#include "market/kernel/random.h"

namespace oneup::traders {

struct IndexDay {
  double open = 0;   // money
  double close = 0;  // money
};

class IndexPath {
 public:
  // days: one a session, in order. session_volatility: sd of the log price within
  // a session around the straight line.
  IndexPath(std::vector<IndexDay> days, double session_volatility, int steps_per_day,
            kernel::Stream stream);

  // Goes on to the next session's open. Past the last day the value stays.
  void NextDay();
  // The next step of the session; after steps_per_day of them the value is the close.
  void Step();
  double value() const { return value_; }  // money

 private:
  std::vector<IndexDay> days_;
  double step_sd_;
  int steps_;
  size_t next_day_ = 0;
  int step_ = 0;
  double bridge_ = 0;
  double value_ = 0;
  kernel::Stream stream_;
};

}  // namespace oneup::traders
