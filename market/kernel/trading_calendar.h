// When an exchange trades: sessions in UTC, worked out once from rules in local
// time, so that clock changes, holidays, half days and changes of the rules are
// data (see TradingCalendarSpec) and a query is a look-up.
//
//   auto calendar = TradingCalendar::Create(spec);
//   if (!calendar.ok()) ...
//   const Session* session = calendar->SessionOn(CivilDay(2025, 1, 21));
//   kernel.Schedule(session->open, venue, kOpen);
#pragma once

#include <absl/status/statusor.h>
#include <absl/time/time.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "market/kernel/civil_time.h"
#include "market/kernel/time.h"

namespace oneup::kernel {

// A calendar as data. All clock times are local to `zone`.
struct TradingCalendarSpec {
  struct Break {
    ClockTime start;
    ClockTime end;
  };
  // The hours of an ordinary day from a day on. Times must increase in the order
  // pre_open <= open < breaks < closing_call <= close.
  struct SessionRule {
    CivilDay effective_from;
    ClockTime pre_open;  // orders for the opening auction are taken from here
    ClockTime open;      // the opening auction clears, continuous trading begins
    std::vector<Break> breaks;
    // Continuous trading ends and only the closing auction takes orders; without it
    // continuous trading goes on to the close.
    std::optional<ClockTime> closing_call;
    ClockTime close;  // the closing auction clears
  };
  // A day that closes early; its closing call moves with the close, and a break
  // that would begin at the close or later is dropped.
  struct HalfDay {
    CivilDay day;
    ClockTime close;
  };

  std::string id;    // for messages: "XNYS"
  std::string zone;  // of the time-zone database: "America/New_York"
  // The days that the calendar knows, both included.
  CivilDay first_day;
  CivilDay last_day;
  std::vector<SessionRule> rules;  // by effective_from, ascending; the last in effect holds
  std::vector<CivilDay> holidays;  // Saturdays and Sundays are never sessions anyhow
  std::vector<HalfDay> half_days;
};

// One day's trading, in UTC. Continuous trading is [open, closing_call) without the
// breaks, each of which is [start, end).
struct Session {
  struct Break {
    Time start;
    Time end;
    bool operator==(const Break&) const = default;
  };
  CivilDay day;
  Time pre_open;
  Time open;
  std::vector<Break> breaks;
  Time closing_call;  // equals close if there is no separate call
  Time close;
  bool half_day = false;

  bool operator==(const Session&) const = default;
};

// Immutable; copies share nothing. Queries cost O(log n) of the number of sessions.
// Days outside [first_day, last_day] are unknown: no session, no next day.
class TradingCalendar {
 public:
  // An error names all problems of the specification at once, separated by "; ".
  static absl::StatusOr<TradingCalendar> Create(const TradingCalendarSpec& spec);

  const std::string& id() const { return id_; }
  const absl::TimeZone& zone() const { return zone_; }
  CivilDay first_day() const { return first_day_; }
  CivilDay last_day() const { return last_day_; }

  // All sessions, the earliest first. A session's index counts trading days, so
  // the fifth after index i is i + 5.
  const std::vector<Session>& sessions() const { return sessions_; }

  bool IsTradingDay(CivilDay day) const { return SessionOn(day) != nullptr; }

  // The session of a day, or null if there is none. Valid as long as the calendar.
  const Session* SessionOn(CivilDay day) const;

  // The session that has not closed at `time`: the one under way (its pre-opening
  // and breaks included) or the next one. Null after the last.
  const Session* SessionAtOrAfter(Time time) const;

  // The index in sessions() of the first session on `day` or later;
  // sessions().size() after the last.
  size_t IndexOnOrAfter(CivilDay day) const;

  // The nearest trading day strictly after or before `day`, itself not necessarily
  // a trading day.
  std::optional<CivilDay> NextTradingDay(CivilDay day) const;
  std::optional<CivilDay> PreviousTradingDay(CivilDay day) const;

  // How many trading days lie in (from, to]; negative if `to` lies before `from`.
  // Between two trading days: the number of closes from one to the other.
  int64_t TradingDaysBetween(CivilDay from, CivilDay to) const;

 private:
  TradingCalendar() = default;

  std::string id_;
  absl::TimeZone zone_;
  CivilDay first_day_;
  CivilDay last_day_;
  std::vector<Session> sessions_;
};

}  // namespace oneup::kernel
