// Between simulated time (UTC nanoseconds) and what people write: days, clock
// times, zones. All conversions but the day in UTC are made by Abseil with the
// system's time-zone database (Debian's tzdata), never by hand.
#pragma once

#include <absl/status/statusor.h>
#include <absl/time/civil_time.h>
#include <absl/time/time.h>

#include <compare>
#include <string>
#include <string_view>

#include "market/kernel/time.h"

namespace oneup::kernel {

// A day of the (proleptic Gregorian) calendar, in no zone; arithmetic counts days.
using CivilDay = absl::CivilDay;

// A time of day on the clock on the wall, 00:00 to 23:59.
struct ClockTime {
  int hour = 0;
  int minute = 0;
  constexpr auto operator<=>(const ClockTime&) const = default;
};

// "2025-01-21". Exactly that form, and a day that exists; years 1700 to 2200.
absl::StatusOr<CivilDay> ParseDay(std::string_view text);
std::string FormatDay(CivilDay day);

// "09:30".
absl::StatusOr<ClockTime> ParseClockTime(std::string_view text);
std::string FormatClockTime(ClockTime clock);

// ISO 8601 with an offset from UTC: "2025-01-21T17:00-05:00", "...T17:00:30-05:00"
// or "...T22:00Z". Years 1700 to 2200.
absl::StatusOr<Time> ParseInstant(std::string_view text);

// The zone with a name of the time-zone database, "America/New_York" or "UTC". Not
// the machine's local zone: a run must not depend on where it is made.
absl::StatusOr<absl::TimeZone> LoadZone(std::string_view name);

// "2025-01-21 17:00", rounded down to the minute, as a clock in the zone shows it.
std::string FormatMinute(Time time, const absl::TimeZone& zone);

// "2025-01-21T17:00:00-05:00", with as many decimals of a second as needed; what
// ParseInstant reads.
std::string FormatInstant(Time time, const absl::TimeZone& zone);

// The instant at which a clock in the zone shows `clock` on `day`. Of a clock time
// that is skipped when clocks go forward, the instant of the change; of one that
// comes twice, the first.
Time ToTime(CivilDay day, ClockTime clock, const absl::TimeZone& zone);

// The day it is in the zone at an instant.
CivilDay DayAt(Time time, const absl::TimeZone& zone);
// The same in UTC, which has days of one length and so needs no database.
CivilDay UtcDayAt(Time time);

}  // namespace oneup::kernel
