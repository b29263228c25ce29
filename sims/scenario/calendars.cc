#include "sims/scenario/calendars.h"

#include <string>

#include "market/kernel/civil_time.h"

namespace oneup::sims {
namespace {

// Parses texts and keeps what went wrong.
class Reader {
 public:
  kernel::CivilDay Day(const std::string& text) {
    return Take(kernel::ParseDay(text), kernel::CivilDay());
  }
  kernel::ClockTime Clock(const std::string& text) {
    return Take(kernel::ParseClockTime(text), kernel::ClockTime());
  }
  const std::string& problems() const { return problems_; }

 private:
  template <typename T>
  T Take(const absl::StatusOr<T>& value, T otherwise) {
    if (value.ok()) return *value;
    if (!problems_.empty()) problems_ += "; ";
    problems_ += std::string(value.status().message());
    return otherwise;
  }

  std::string problems_;
};

}  // namespace

absl::StatusOr<kernel::TradingCalendarSpec> ToCalendarSpec(const v1::TradingCalendar& calendar) {
  Reader read;
  kernel::TradingCalendarSpec spec;
  spec.id = calendar.id();
  spec.zone = calendar.zone();
  spec.first_day = read.Day(calendar.first_date());
  spec.last_day = read.Day(calendar.last_date());
  for (const v1::SessionRule& from : calendar.session_rules()) {
    kernel::TradingCalendarSpec::SessionRule rule;
    rule.effective_from = read.Day(from.effective_from());
    rule.pre_open = read.Clock(from.preopen());
    rule.open = read.Clock(from.open());
    for (const v1::SessionBreak& b : from.breaks()) {
      rule.breaks.push_back({read.Clock(b.start()), read.Clock(b.end())});
    }
    if (!from.closing_auction().empty()) rule.closing_call = read.Clock(from.closing_auction());
    rule.close = read.Clock(from.close());
    spec.rules.push_back(std::move(rule));
  }
  for (const v1::Holiday& holiday : calendar.holidays()) {
    spec.holidays.push_back(read.Day(holiday.date()));
  }
  for (const v1::HalfDay& half : calendar.half_days()) {
    spec.half_days.push_back({read.Day(half.date()), read.Clock(half.close())});
  }
  if (!read.problems().empty()) return absl::InvalidArgumentError(read.problems());
  return spec;
}

}  // namespace oneup::sims
