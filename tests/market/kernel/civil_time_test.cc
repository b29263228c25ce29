// What is read and written of days, clocks and instants, and what is refused.
#include "market/kernel/civil_time.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>

namespace oneup::kernel {
namespace {

TEST(CivilTime, DaysReadBackAsWritten) {
  for (const char* text : {"1700-01-01", "1970-01-01", "2024-02-29", "2025-12-31", "2200-12-31"}) {
    const auto day = ParseDay(text);
    ASSERT_TRUE(day.ok()) << text;
    EXPECT_EQ(FormatDay(*day), text);
  }
  for (const char* text : {"", "2025-1-21", "2025-02-29", "2025-13-01", "2025-00-10", "2025-01-00",
                           "2025/01/21", " 2025-01-21", "2025-01-21 ", "20250121", "21-01-2025",
                           "1699-12-31", "2201-01-01", "202a-01-01", "2025-01-32"}) {
    EXPECT_FALSE(ParseDay(text).ok()) << text;
  }
}

TEST(CivilTime, TheDayInUtcIsTheOneOfTheDatabase) {
  constexpr int64_t kDayNs = Duration::Days(1).ns;
  for (const int64_t day : {-99'000, -366, -1, 0, 1, 59, 11'016, 20'000, 84'000}) {
    for (const int64_t ns : {int64_t{0}, int64_t{1}, kDayNs / 2, kDayNs - 1}) {
      const Time time{day * kDayNs + ns};
      EXPECT_EQ(UtcDayAt(time), DayAt(time, absl::UTCTimeZone())) << day << " " << ns;
      EXPECT_EQ(UtcDayAt(time), CivilDay(1970, 1, 1) + day) << day << " " << ns;
    }
  }
  EXPECT_EQ(UtcDayAt({std::numeric_limits<int64_t>::min()}), CivilDay(1677, 9, 21));
  EXPECT_EQ(UtcDayAt(Time::Max()), CivilDay(2262, 4, 11));
}

TEST(CivilTime, ClockTimes) {
  for (const char* text : {"00:00", "09:30", "23:59"}) {
    EXPECT_EQ(FormatClockTime(ParseClockTime(text).value()), text);
  }
  for (const char* text : {"", "9:30", "24:00", "12:60", "12:3", "12.30", "-1:00", "12:30:00"}) {
    EXPECT_FALSE(ParseClockTime(text).ok()) << text;
  }
}

TEST(CivilTime, InstantsCarryTheirOffset) {
  constexpr int64_t kSecond = 1'000'000'000;
  struct Case {
    const char* text;
    int64_t unix_seconds;
  };
  for (const Case& c :
       {Case{"1970-01-01T00:00Z", 0}, Case{"1970-01-01T00:00:01Z", 1},
        Case{"2025-01-21T17:00-05:00", 1'737'496'800},
        Case{"2025-01-22T07:00:00+09:00", 1'737'496'800}, Case{"2025-01-21T22:00Z", 1'737'496'800},
        Case{"1969-12-31T18:29+00:30", -21'660}}) {
    const auto time = ParseInstant(c.text);
    ASSERT_TRUE(time.ok()) << c.text;
    EXPECT_EQ(time->ns, c.unix_seconds * kSecond) << c.text;
  }
  for (const char* text :
       {"", "2025-01-21", "2025-01-21T17:00", "2025-01-21 17:00Z", "2025-01-21T17:00-5:00",
        "2025-01-21T17:00EST", "2025-01-21T17:00:60Z", "2025-02-30T17:00Z", "2025-01-21T24:00Z",
        "2025-01-21T17:00-05:60", "2025-01-21T17:00+16:00", "2025-01-21T17:00Z ",
        "2025-01-21T17:00:Z", "2025-01-21T17:00:0Z", "2025-01-21T17:00:00"}) {
    EXPECT_FALSE(ParseInstant(text).ok()) << text;
  }
}

TEST(CivilTime, InstantsReadBackAsWritten) {
  const auto zone = LoadZone("America/New_York").value();
  for (const char* text : {"2025-01-21T17:00:00-05:00", "2025-07-21T17:00:30-04:00"}) {
    EXPECT_EQ(FormatInstant(ParseInstant(text).value(), zone), text);
  }
  const Time half{ParseInstant("2025-01-21T22:00Z").value().ns + 500'000'000};
  EXPECT_EQ(FormatInstant(half, zone), "2025-01-21T17:00:00.5-05:00");
}

TEST(CivilTime, AClockChangeMovesTheInstant) {
  const auto zone = LoadZone("America/New_York").value();
  const auto utc = [&](CivilDay day, ClockTime clock) {
    return FormatMinute(ToTime(day, clock, zone), absl::UTCTimeZone());
  };
  EXPECT_EQ(utc(CivilDay(2025, 3, 8), {9, 30}), "2025-03-08 14:30");
  EXPECT_EQ(utc(CivilDay(2025, 3, 9), {9, 30}), "2025-03-09 13:30");
  EXPECT_EQ(utc(CivilDay(2025, 3, 9), {2, 30}), "2025-03-09 07:00");   // skipped: the change
  EXPECT_EQ(utc(CivilDay(2025, 11, 2), {1, 30}), "2025-11-02 05:30");  // twice: the first
  EXPECT_EQ(utc(CivilDay(2025, 11, 2), {9, 30}), "2025-11-02 14:30");
  const Time evening = ParseInstant("2025-01-22T03:00Z").value();
  EXPECT_EQ(DayAt(evening, zone), CivilDay(2025, 1, 21));
  EXPECT_EQ(DayAt(evening, LoadZone("Asia/Tokyo").value()), CivilDay(2025, 1, 22));
}

TEST(CivilTime, ZonesAreThoseOfTheDatabaseOnly) {
  EXPECT_TRUE(LoadZone("UTC").ok());
  for (const char* name : {"", "localtime", "/etc/localtime", "America/Gotham", "EST5EDT7"}) {
    EXPECT_FALSE(LoadZone(name).ok()) << name;
  }
}

}  // namespace
}  // namespace oneup::kernel
