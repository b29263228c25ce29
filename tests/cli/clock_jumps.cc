// Loaded before the program (LD_PRELOAD): every clock that it asks jumps by up to a day, forwards
// and backwards, at each call.
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>

namespace {

std::atomic<uint64_t> calls{0};

// -86400 .. 86400 s, another at each call.
time_t Jump() {
  const uint64_t mixed = (++calls * 0x9E3779B97F4A7C15u) >> 32;
  return static_cast<time_t>(mixed % 172801) - 86400;
}

int Now(clockid_t clock, timespec* now) {
  const auto code = static_cast<int>(::syscall(SYS_clock_gettime, clock, now));
  if (code == 0) now->tv_sec += Jump();
  return code;
}

}  // namespace

extern "C" {

int clock_gettime(clockid_t clock, timespec* now) noexcept { return Now(clock, now); }

int gettimeofday(timeval* now, void* /*zone*/) noexcept {
  timespec at{};
  Now(CLOCK_REALTIME, &at);
  now->tv_sec = at.tv_sec;
  now->tv_usec = at.tv_nsec / 1000;
  return 0;
}

time_t time(time_t* to) noexcept {
  timespec at{};
  Now(CLOCK_REALTIME, &at);
  if (to != nullptr) *to = at.tv_sec;
  return at.tv_sec;
}

}  // extern "C"
