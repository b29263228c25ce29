#include "market/kernel/trading_calendar.h"

#include <absl/status/status.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace oneup::kernel {
namespace {

using Spec = TradingCalendarSpec;

// A calendar longer than this is a mistake in a date.
constexpr int64_t kMaxDays = int64_t{366} * 200;

bool IsWeekend(CivilDay day) {
  const absl::Weekday weekday = absl::GetWeekday(day);
  return weekday == absl::Weekday::saturday || weekday == absl::Weekday::sunday;
}

bool IsClock(ClockTime c) { return c.hour >= 0 && c.hour < 24 && c.minute >= 0 && c.minute < 60; }

int Minutes(ClockTime c) { return c.hour * 60 + c.minute; }
ClockTime FromMinutes(int minutes) { return {minutes / 60, minutes % 60}; }

// The rule in effect on a day; rules are sorted and the first is in effect.
const Spec::SessionRule& RuleOn(const Spec& spec, CivilDay day) {
  const Spec::SessionRule* rule = &spec.rules.front();
  for (const Spec::SessionRule& r : spec.rules) {
    if (r.effective_from <= day) rule = &r;
  }
  return *rule;
}

class Problems {
 public:
  explicit Problems(const std::string& id) : prefix_("calendar " + id + ": ") {}

  void Add(const std::string& problem) {
    if (!text_.empty()) text_ += "; ";
    text_ += prefix_ + problem;
  }
  bool none() const { return text_.empty(); }
  absl::Status ToStatus() const { return absl::InvalidArgumentError(text_); }

 private:
  std::string prefix_;
  std::string text_;
};

void CheckRule(const Spec::SessionRule& rule, Problems* problems) {
  // Each time with its name, in the order in which they must come.
  struct Moment {
    std::string name;
    ClockTime clock;
    bool may_equal_previous;
  };
  std::vector<Moment> moments = {{"pre-open", rule.pre_open, false}, {"open", rule.open, true}};
  for (const Spec::Break& b : rule.breaks) {
    moments.push_back({"break start", b.start, false});
    moments.push_back({"break end", b.end, false});
  }
  if (rule.closing_call) moments.push_back({"closing call", *rule.closing_call, false});
  moments.push_back({"close", rule.close, rule.closing_call.has_value()});

  const std::string where = "rule from " + FormatDay(rule.effective_from) + ": ";
  for (size_t i = 0; i < moments.size(); ++i) {
    const Moment& m = moments[i];
    if (!IsClock(m.clock)) {
      problems->Add(where + m.name + " " + FormatClockTime(m.clock) + " is no time of day");
    } else if (i > 0 && IsClock(moments[i - 1].clock) &&
               (m.may_equal_previous ? m.clock < moments[i - 1].clock
                                     : m.clock <= moments[i - 1].clock)) {
      problems->Add(where + m.name + " " + FormatClockTime(m.clock) + " must come after " +
                    moments[i - 1].name + " " + FormatClockTime(moments[i - 1].clock));
    }
  }
}

void CheckHalfDay(const Spec& spec, const Spec::HalfDay& half, Problems* problems) {
  const std::string where = "half day " + FormatDay(half.day) + ": ";
  const Spec::SessionRule& rule = RuleOn(spec, half.day);
  const auto refuse = [&](const std::string& why) {
    problems->Add(where + "close " + FormatClockTime(half.close) + " " + why);
  };
  if (!IsClock(half.close)) return refuse("is no time of day");
  if (half.close >= rule.close) {
    return refuse("must come before the ordinary close " + FormatClockTime(rule.close));
  }
  const int call = rule.closing_call ? Minutes(rule.close) - Minutes(*rule.closing_call) : 0;
  if (Minutes(half.close) - call <= Minutes(rule.open)) {
    return refuse("leaves no trading after the open " + FormatClockTime(rule.open));
  }
  for (const Spec::Break& b : rule.breaks) {
    if (b.start < half.close && Minutes(half.close) - call <= Minutes(b.end)) {
      return refuse("falls into the break from " + FormatClockTime(b.start));
    }
  }
}

void CheckSpec(const Spec& spec, Problems* problems) {
  if (spec.last_day < spec.first_day) {
    problems->Add("last day " + FormatDay(spec.last_day) + " lies before first day " +
                  FormatDay(spec.first_day));
  } else if (spec.last_day - spec.first_day > kMaxDays) {
    problems->Add("more than 200 years from " + FormatDay(spec.first_day) + " to " +
                  FormatDay(spec.last_day));
  }
  if (spec.first_day.year() < 1700 || spec.last_day.year() > 2200) {
    problems->Add("days must lie in the years 1700 to 2200");
  }
  if (spec.rules.empty()) {
    problems->Add("no session rule");
  } else if (spec.rules.front().effective_from > spec.first_day) {
    problems->Add("no session rule on the first day " + FormatDay(spec.first_day) +
                  ", the first takes effect on " + FormatDay(spec.rules.front().effective_from));
  }
  for (size_t i = 0; i < spec.rules.size(); ++i) {
    CheckRule(spec.rules[i], problems);
    if (i > 0 && spec.rules[i].effective_from <= spec.rules[i - 1].effective_from) {
      problems->Add("rule from " + FormatDay(spec.rules[i].effective_from) +
                    " must take effect after the one before it");
    }
  }
  const auto inside = [&](CivilDay day) { return day >= spec.first_day && day <= spec.last_day; };
  std::set<CivilDay> closed;
  for (const CivilDay day : spec.holidays) {
    if (!inside(day)) problems->Add("holiday " + FormatDay(day) + " lies outside the calendar");
    if (!closed.insert(day).second) problems->Add("holiday " + FormatDay(day) + " is given twice");
  }
  std::set<CivilDay> early;
  for (const Spec::HalfDay& half : spec.half_days) {
    const std::string name = "half day " + FormatDay(half.day);
    if (!inside(half.day)) problems->Add(name + " lies outside the calendar");
    if (IsWeekend(half.day)) problems->Add(name + " is a weekend");
    if (closed.contains(half.day)) problems->Add(name + " is also a holiday");
    if (!early.insert(half.day).second) problems->Add(name + " is given twice");
    if (!spec.rules.empty()) CheckHalfDay(spec, half, problems);
  }
}

// The session of an ordinary day or, with `early_close`, of a half day.
Session MakeSession(CivilDay day, const Spec::SessionRule& rule,
                    std::optional<ClockTime> early_close, const absl::TimeZone& zone) {
  const auto at = [&](ClockTime clock) { return ToTime(day, clock, zone); };
  const ClockTime close = early_close.value_or(rule.close);
  const ClockTime ordinary_call = rule.closing_call.value_or(rule.close);
  const int call_minutes = Minutes(rule.close) - Minutes(ordinary_call);
  Session session;
  session.day = day;
  session.pre_open = at(rule.pre_open);
  session.open = at(rule.open);
  for (const Spec::Break& b : rule.breaks) {
    if (b.start < close) session.breaks.push_back({at(b.start), at(b.end)});
  }
  session.closing_call = at(FromMinutes(Minutes(close) - call_minutes));
  session.close = at(close);
  session.half_day = early_close.has_value();
  return session;
}

}  // namespace

absl::StatusOr<TradingCalendar> TradingCalendar::Create(const TradingCalendarSpec& spec) {
  Problems problems(spec.id);
  const absl::StatusOr<absl::TimeZone> zone = LoadZone(spec.zone);
  if (!zone.ok()) problems.Add(std::string(zone.status().message()));
  CheckSpec(spec, &problems);
  if (!problems.none()) return problems.ToStatus();

  TradingCalendar calendar;
  calendar.id_ = spec.id;
  calendar.zone_ = *zone;
  calendar.first_day_ = spec.first_day;
  calendar.last_day_ = spec.last_day;
  const std::set<CivilDay> holidays(spec.holidays.begin(), spec.holidays.end());
  std::map<CivilDay, ClockTime> early_closes;
  for (const Spec::HalfDay& half : spec.half_days) early_closes[half.day] = half.close;
  for (CivilDay day = spec.first_day; day <= spec.last_day; ++day) {
    if (IsWeekend(day) || holidays.contains(day)) continue;
    const auto early = early_closes.find(day);
    calendar.sessions_.push_back(MakeSession(
        day, RuleOn(spec, day),
        early == early_closes.end() ? std::nullopt : std::optional<ClockTime>(early->second),
        *zone));
  }
  return calendar;
}

size_t TradingCalendar::IndexOnOrAfter(CivilDay day) const {
  const auto it =
      std::lower_bound(sessions_.begin(), sessions_.end(), day,
                       [](const Session& session, CivilDay d) { return session.day < d; });
  return static_cast<size_t>(it - sessions_.begin());
}

const Session* TradingCalendar::SessionOn(CivilDay day) const {
  const size_t i = IndexOnOrAfter(day);
  return i < sessions_.size() && sessions_[i].day == day ? &sessions_[i] : nullptr;
}

const Session* TradingCalendar::SessionAtOrAfter(Time time) const {
  const auto it =
      std::upper_bound(sessions_.begin(), sessions_.end(), time,
                       [](Time t, const Session& session) { return t < session.close; });
  return it == sessions_.end() ? nullptr : &*it;
}

std::optional<CivilDay> TradingCalendar::NextTradingDay(CivilDay day) const {
  const size_t i = IndexOnOrAfter(day + 1);
  if (i == sessions_.size()) return std::nullopt;
  return sessions_[i].day;
}

std::optional<CivilDay> TradingCalendar::PreviousTradingDay(CivilDay day) const {
  const size_t i = IndexOnOrAfter(day);
  if (i == 0) return std::nullopt;
  return sessions_[i - 1].day;
}

int64_t TradingCalendar::TradingDaysBetween(CivilDay from, CivilDay to) const {
  return static_cast<int64_t>(IndexOnOrAfter(to + 1)) -
         static_cast<int64_t>(IndexOnOrAfter(from + 1));
}

}  // namespace oneup::kernel
