// The trading time of one session: nanoseconds of continuous trading since the open,
// breaks left out.
#pragma once

#include <cstdint>

#include "market/kernel/time.h"
#include "market/kernel/trading_calendar.h"

namespace oneup::traders {

class SessionClock {
 public:
  SessionClock() = default;
  // Continuous trading begins `delay` after the session's open.
  SessionClock(const kernel::Session& session, Duration delay);

  // Length of the continuous session; positive.
  int64_t length_ns() const { return length_ns_; }
  // When that much of it has passed; 0 <= active_ns <= length_ns().
  Time At(int64_t active_ns) const;
  // Whether continuous trading is under way, and no break.
  bool Trading(Time time) const;

 private:
  const kernel::Session* session_ = nullptr;  // of the calendar, which outlives the clock
  Time start_;
  int64_t length_ns_ = 1;
};

}  // namespace oneup::traders
