// One thing that will happen: 32 bytes, trivially copyable, meaningful to its
// handler only.
#pragma once

#include <cstdint>
#include <type_traits>

#include "market/kernel/time.h"

namespace oneup::kernel {

// Who an event is for: an index into the kernel's table of handlers.
struct HandlerId {
  uint32_t index = 0;
  constexpr bool operator==(const HandlerId&) const = default;
};

// Events of one instant run in order of priority, the lowest number first, then
// in the order in which they were scheduled.
inline constexpr uint8_t kDefaultPriority = 128;

struct Event {
  Time time;
  // priority << 56 | sequence. The sequence counts scheduled events of a kernel, so
  // no two events compare equal and a run has one order only. 2^56 events last for
  // decades at any speed.
  uint64_t order = 0;
  uint32_t handler = 0;  // HandlerId::index
  uint32_t kind = 0;     // what happens: the handler's own enumeration
  uint64_t payload = 0;  // the handler's own data or index

  static constexpr int kSequenceBits = 56;
  static constexpr uint64_t OrderOf(uint8_t priority, uint64_t sequence) {
    return uint64_t{priority} << kSequenceBits | sequence;
  }
  constexpr uint8_t priority() const { return static_cast<uint8_t>(order >> kSequenceBits); }
  constexpr uint64_t sequence() const { return order & ((uint64_t{1} << kSequenceBits) - 1); }
};

static_assert(sizeof(Event) == 32 && std::is_trivially_copyable_v<Event>);

// Whether a runs before b: by (time, priority, sequence). One comparison of 128
// bits, because a branch on the time alone is mispredicted among ties.
constexpr bool Before(const Event& a, const Event& b) {
  __extension__ using Key = __int128;
  const Key key_a = static_cast<Key>(a.time.ns) << 64 | static_cast<Key>(a.order);
  const Key key_b = static_cast<Key>(b.time.ns) << 64 | static_cast<Key>(b.order);
  return key_a < key_b;
}

}  // namespace oneup::kernel
