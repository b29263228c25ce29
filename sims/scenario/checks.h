// What a scenario must satisfy beyond the rule of each field: names are unique, dates are
// in order, a calendar makes sense, a news item reached the market when it could. These
// checks suppose nothing: they run also when the fields' own rules are broken, and stay
// silent about what those already reported.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "market/kernel/trading_calendar.h"
#include "sims/scenario/problem.h"
#include "sims/scenario/scenario.h"
#include "sims/scenario/text_format.h"

namespace oneup::sims {

// The scenario under check and where problems go.
struct CheckContext {
  const v1::Scenario& scenario;
  const LocationMap& locations;
  std::vector<Problem>* problems;

  void Report(const std::string& path, std::string message) const {
    AddProblem(problems, locations.Find(path), path, std::move(message));
  }
};

// Reports each id that was already used, with the place of its first use.
// id_of(i) is the id of the i-th value of the repeated field `field`, `key` its name.
template <typename IdOf>
void CheckUnique(const CheckContext& context, const std::string& field, const std::string& key,
                 int size, IdOf id_of) {
  std::map<std::string, int> first;
  for (int i = 0; i < size; ++i) {
    const std::string& id = id_of(i);
    if (id.empty()) continue;
    const auto [it, is_new] = first.emplace(id, i);
    if (is_new) continue;
    const std::string earlier = field + "[" + std::to_string(it->second) + "]." + key;
    const SourceLocation place = context.locations.Find(earlier);
    context.Report(
        field + "[" + std::to_string(i) + "]." + key,
        "'" + id + "' is already used at " + place.file + ":" + std::to_string(place.line));
  }
}

// In the order of scenario.calendars(); empty where the calendar has problems.
using Calendars = std::vector<std::optional<kernel::TradingCalendar>>;
Calendars CheckCalendars(const CheckContext& context);

void CheckListings(const CheckContext& context);

// Recorded prices: of known listings, on days that their calendars know as sessions.
void CheckPrices(const CheckContext& context, const Calendars& calendars,
                 const std::map<std::string, RecordedPrices>& prices);

void CheckActors(const CheckContext& context);

// Terms agree with themselves: value = capacity x price, tranches within totals.
void CheckTerms(const CheckContext& context, const v1::Event& event, const std::string& path);

// Dates, order, and how each event reached the market.
void CheckEvents(const CheckContext& context, const Calendars& calendars);

// Principals, as far as there are any.
void CheckPrincipals(const CheckContext& context);

// All of the above but recorded prices.
Calendars CheckParts(const CheckContext& context);

// Every event in order of (at, index). Needs a scenario without problems.
std::vector<ScheduledEvent> MakeSchedule(const v1::Scenario& scenario);

// The days on which an event may have happened; nothing if its date cannot be read.
// Approximate: a week to both sides; a season: from the first to two months later.
struct EventDays {
  kernel::CivilDay first;
  kernel::CivilDay last;
  // The day on which a replay tells it.
  kernel::CivilDay told;
};
std::optional<EventDays> DaysOf(const v1::Event& event);

}  // namespace oneup::sims
