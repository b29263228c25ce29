// Simulated time: int64 nanoseconds since 1970-01-01T00:00:00 UTC, as strong
// types, so that an instant and a span cannot be mixed up. Range: years 1678 to
// 2262. No wall clock exists in a simulation.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>

namespace oneup {

// A span of simulated time in nanoseconds; may be negative.
struct Duration {
  int64_t ns = 0;

  static constexpr Duration Nanos(int64_t n) { return {n}; }
  static constexpr Duration Micros(int64_t n) { return {n * 1'000}; }
  static constexpr Duration Millis(int64_t n) { return {n * 1'000'000}; }
  static constexpr Duration Seconds(int64_t n) { return {n * 1'000'000'000}; }
  static constexpr Duration Minutes(int64_t n) { return Seconds(60 * n); }
  static constexpr Duration Hours(int64_t n) { return Minutes(60 * n); }
  // 24-hour days; calendar days across a clock change need a TradingCalendar.
  static constexpr Duration Days(int64_t n) { return Hours(24 * n); }

  constexpr double seconds() const { return static_cast<double>(ns) * 1e-9; }
  constexpr double days() const { return seconds() / 86400; }
  constexpr auto operator<=>(const Duration&) const = default;
};

// An instant in nanoseconds since the Unix epoch, UTC.
struct Time {
  int64_t ns = 0;

  static constexpr Time Max() { return {std::numeric_limits<int64_t>::max()}; }
  constexpr auto operator<=>(const Time&) const = default;
};

constexpr Duration operator+(Duration a, Duration b) { return {a.ns + b.ns}; }
constexpr Duration operator-(Duration a, Duration b) { return {a.ns - b.ns}; }
constexpr Duration operator*(Duration a, int64_t n) { return {a.ns * n}; }
constexpr Time operator+(Time t, Duration d) { return {t.ns + d.ns}; }
constexpr Time operator-(Time t, Duration d) { return {t.ns - d.ns}; }
constexpr Duration operator-(Time a, Time b) { return {a.ns - b.ns}; }

}  // namespace oneup
