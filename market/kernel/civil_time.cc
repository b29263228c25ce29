#include "market/kernel/civil_time.h"

#include <absl/status/status.h>
#include <absl/strings/ascii.h>
#include <absl/strings/str_format.h>
#include <absl/strings/string_view.h>

#include <algorithm>
#include <chrono>

namespace oneup::kernel {
namespace {

constexpr int kFirstYear = 1700;
constexpr int kLastYear = 2200;

// Whether `text` looks like `form`, in which 0 stands for any digit and + for a sign.
bool HasForm(std::string_view text, std::string_view form) {
  if (text.size() != form.size()) return false;
  for (size_t i = 0; i < form.size(); ++i) {
    const char c = text[i];
    const bool fits = form[i] == '0'   ? c >= '0' && c <= '9'
                      : form[i] == '+' ? c == '+' || c == '-'
                                       : c == form[i];
    if (!fits) return false;
  }
  return true;
}

int Digits(std::string_view text, size_t from, size_t count) {
  int value = 0;
  for (const char c : text.substr(from, count)) value = value * 10 + (c - '0');
  return value;
}

absl::Status Invalid(std::string_view text, std::string_view what) {
  std::string message = "\"";
  message.append(text).append("\" is not ").append(what);
  return absl::InvalidArgumentError(message);
}

Time FromAbsl(absl::Time time) { return Time{absl::ToUnixNanos(time)}; }
absl::Time ToAbsl(Time time) { return absl::FromUnixNanos(time.ns); }

}  // namespace

absl::StatusOr<CivilDay> ParseDay(std::string_view text) {
  if (HasForm(text, "0000-00-00")) {
    const int year = Digits(text, 0, 4);
    const int month = Digits(text, 5, 2);
    const int day = Digits(text, 8, 2);
    const CivilDay result(year, month, day);  // normalises a day that does not exist
    if (year >= kFirstYear && year <= kLastYear && result.month() == month && result.day() == day) {
      return result;
    }
  }
  return Invalid(text, "a date (YYYY-MM-DD, years 1700 to 2200)");
}

std::string FormatDay(CivilDay day) {
  return absl::StrFormat("%04d-%02d-%02d", day.year(), day.month(), day.day());
}

absl::StatusOr<ClockTime> ParseClockTime(std::string_view text) {
  if (HasForm(text, "00:00")) {
    const ClockTime clock{Digits(text, 0, 2), Digits(text, 3, 2)};
    if (clock.hour < 24 && clock.minute < 60) return clock;
  }
  return Invalid(text, "a time of day (HH:MM, 00:00 to 23:59)");
}

std::string FormatClockTime(ClockTime clock) {
  return absl::StrFormat("%02d:%02d", clock.hour, clock.minute);
}

absl::StatusOr<Time> ParseInstant(std::string_view text) {
  constexpr size_t kDayChars = 10;
  constexpr size_t kMinuteChars = 16;  // 2025-01-21T17:00
  const absl::Status error =
      Invalid(text, "an instant (YYYY-MM-DDTHH:MM[:SS] and Z or an offset such as -05:00)");
  if (text.size() < kMinuteChars || text[kDayChars] != 'T') return error;
  const auto day = ParseDay(text.substr(0, kDayChars));
  const auto clock = ParseClockTime(text.substr(kDayChars + 1, 5));
  if (!day.ok() || !clock.ok()) return error;
  std::string_view rest = text.substr(kMinuteChars);
  int second = 0;
  if (rest.size() >= 3 && HasForm(rest.substr(0, 3), ":00")) {
    second = Digits(rest, 1, 2);
    rest.remove_prefix(3);
  }
  int offset_seconds = 0;
  if (HasForm(rest, "+00:00")) {
    const int hours = Digits(rest, 1, 2);
    const int minutes = Digits(rest, 4, 2);
    if (hours > 15 || minutes > 59) return error;
    offset_seconds = (rest[0] == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
  } else if (rest != "Z") {
    return error;
  }
  if (second > 59) return error;
  const absl::CivilSecond civil(day->year(), day->month(), day->day(), clock->hour, clock->minute,
                                second);
  return FromAbsl(absl::FromCivil(civil, absl::FixedTimeZone(offset_seconds)));
}

absl::StatusOr<absl::TimeZone> LoadZone(std::string_view name) {
  absl::TimeZone zone;
  // Neither the machine's zone nor a path: the library would open "file:/dev/stdin".
  const bool is_name = !name.empty() && name != "localtime" && name.front() != '/' &&
                       std::all_of(name.begin(), name.end(), [](char c) {
                         return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '/' ||
                                c == '_' || c == '+' || c == '-';
                       });
  if (!is_name || !absl::LoadTimeZone(absl::string_view(name.data(), name.size()), &zone)) {
    return Invalid(name,
                   "a zone of the time-zone database (such as America/New_York); is the package "
                   "tzdata installed?");
  }
  return zone;
}

std::string FormatMinute(Time time, const absl::TimeZone& zone) {
  return absl::FormatTime("%Y-%m-%d %H:%M", ToAbsl(time), zone);
}

std::string FormatInstant(Time time, const absl::TimeZone& zone) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E*S%Ez", ToAbsl(time), zone);
}

Time ToTime(CivilDay day, ClockTime clock, const absl::TimeZone& zone) {
  return FromAbsl(absl::FromCivil(
      absl::CivilMinute(day.year(), day.month(), day.day(), clock.hour, clock.minute), zone));
}

CivilDay DayAt(Time time, const absl::TimeZone& zone) {
  return absl::ToCivilDay(ToAbsl(time), zone);
}

CivilDay UtcDayAt(Time time) {
  const std::chrono::nanoseconds since_1970(time.ns);
  return CivilDay(1970, 1, 1) + std::chrono::floor<std::chrono::days>(since_1970).count();
}

}  // namespace oneup::kernel
