// The discrete-event kernel: a clock and the pending events. It knows handlers
// and times, nothing of markets.
//
//   struct Server {
//     void OnEvent(const Event& event) { kernel->Schedule(kernel->now() + Duration::Seconds(1), id,
//     0); } Kernel* kernel; HandlerId id;
//   };
//   Kernel kernel(start);
//   Server server{&kernel};
//   server.id = kernel.Register(&server);
//   kernel.Schedule(start, server.id, 0);
//   kernel.RunUntil(end);
//
// Order: by (time, priority, sequence of scheduling), so a run has one order only;
// no wall clock, address or hash takes part. Events are 32 bytes and handlers are
// called through a table by index: nothing is allocated for an event.
//
// Cancelling: an event, once scheduled, happens. A handler that may change its
// mind keeps a generation number, puts it into the payload, and ignores an event
// of an older generation. That costs nothing to those who never cancel, and a
// stale event costs one comparison.
//
// Not thread-safe: one run, one kernel, one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "market/kernel/event.h"
#include "market/kernel/event_queue.h"
#include "market/kernel/time.h"

namespace oneup::kernel {

class Kernel {
 public:
  explicit Kernel(Time start = Time{}) : now_(start) {}

  // Adds a handler, any object with `void OnEvent(const Event&)`, not owned; it
  // must outlive the kernel's last event. Ids count from 0 in order of calls.
  template <typename T>
  HandlerId Register(T* handler) {
    handlers_.push_back(
        {handler, [](void* self, const Event& event) { static_cast<T*>(self)->OnEvent(event); }});
    return HandlerId{static_cast<uint32_t>(handlers_.size() - 1)};
  }

  // Schedules an event at `at`, now or later; at now() it runs after all events of
  // this instant and priority that were scheduled before it (a lower priority
  // number still runs first). Amortised O(1). Scheduling in the past or for an id
  // that was never registered is a programming error and ends the program with a
  // message, in every build: it would break causality.
  void Schedule(Time at, HandlerId handler, uint32_t kind, uint64_t payload = 0,
                uint8_t priority = kDefaultPriority) {
    if (at < now_ || handler.index >= handlers_.size()) [[unlikely]]
      FailSchedule(at, handler);
    queue_.Push({at, Event::OrderOf(priority, sequence_++), handler.index, kind, payload});
  }

  // The time of the event being handled or, between runs, the end of the last run.
  Time now() const { return now_; }

  // Handles all events up to and including `end`, also those scheduled meanwhile,
  // then moves the clock to `end`. If a handler calls Stop(), returns after that
  // event with the clock at it. An `end` in the past does nothing.
  void RunUntil(Time end);

  // Handles events until none is left or Stop() is called; the clock stays at the
  // last event.
  void Run();

  // Handles the next event, if there is one.
  bool Step();

  // To be called by a handler: ends RunUntil or Run after the present event.
  void Stop() { stopped_ = true; }

  size_t pending() const { return queue_.size(); }
  uint64_t processed() const { return processed_; }

 private:
  struct Handler {
    void* self;
    void (*on_event)(void* self, const Event& event);
  };

  [[noreturn, gnu::cold]] void FailSchedule(Time at, HandlerId handler) const;
  void Handle(const Event& event) {
    now_ = event.time;
    ++processed_;
    const Handler& handler = handlers_[event.handler];
    handler.on_event(handler.self, event);
  }

  EventQueue queue_;
  std::vector<Handler> handlers_;
  Time now_;
  uint64_t sequence_ = 0;
  uint64_t processed_ = 0;
  bool stopped_ = false;
};

}  // namespace oneup::kernel
