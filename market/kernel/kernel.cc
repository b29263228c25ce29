#include "market/kernel/kernel.h"

#include <cinttypes>
#include <cstdio>
#include <cstdlib>

namespace oneup::kernel {

void Kernel::RunUntil(Time end) {
  if (end < now_) return;
  stopped_ = false;
  while (!queue_.empty() && queue_.Top().time <= end) {
    Handle(queue_.Pop());
    if (stopped_) return;
  }
  now_ = end;
}

void Kernel::Run() {
  stopped_ = false;
  while (!stopped_ && Step()) {
  }
}

bool Kernel::Step() {
  if (queue_.empty()) return false;
  Handle(queue_.Pop());
  return true;
}

void Kernel::FailSchedule(Time at, HandlerId handler) const {
  std::fprintf(stderr,
               "oneup kernel: event for handler %" PRIu32 " of %zu at %" PRId64
               " ns, but now is %" PRId64 " ns: %s\n",
               handler.index, handlers_.size(), at.ns, now_.ns,
               at < now_ ? "an event cannot lie in the past" : "no such handler");
  std::abort();
}

}  // namespace oneup::kernel
