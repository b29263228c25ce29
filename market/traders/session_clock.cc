#include "market/traders/session_clock.h"

namespace oneup::traders {

SessionClock::SessionClock(const kernel::Session& session, Duration delay)
    : session_(&session), start_(session.open + delay) {
  length_ns_ = (session.closing_call - start_).ns;
  for (const kernel::Session::Break& pause : session.breaks) {
    length_ns_ -= (pause.end - pause.start).ns;
  }
}

Time SessionClock::At(int64_t active_ns) const {
  Time time = start_ + Duration{active_ns};
  for (const kernel::Session::Break& pause : session_->breaks) {
    if (time >= pause.start) time = time + (pause.end - pause.start);
  }
  return time;
}

bool SessionClock::Trading(Time time) const {
  if (session_ == nullptr || time < start_ || time >= session_->closing_call) return false;
  for (const kernel::Session::Break& pause : session_->breaks) {
    if (time >= pause.start && time < pause.end) return false;
  }
  return true;
}

}  // namespace oneup::traders
