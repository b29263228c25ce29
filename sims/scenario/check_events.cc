// Checks of who acts, and of what happened when.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>

#include "sims/scenario/checks.h"
#include "sims/scenario/partial_date.h"

namespace oneup::sims {
namespace {

std::string At(const std::string& field, int i) { return field + "[" + std::to_string(i) + "]"; }

std::string Billions(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", value);
  return text;
}

const v1::Listing* FindListing(const v1::Scenario& scenario, const std::string& ticker) {
  for (const auto& listing : scenario.listings()) {
    if (listing.ticker() == ticker) return &listing;
  }
  return nullptr;
}

// The listing whose trading shows the exposure: the company's own, or that of a holder.
const v1::Listing* TradedListing(const v1::Scenario& scenario, const std::string& company) {
  if (const v1::Listing* listing = FindListing(scenario, company)) return listing;
  for (const auto& listing : scenario.listings()) {
    for (const auto& stake : listing.stakes()) {
      if (stake.company() == company) return &listing;
    }
  }
  return nullptr;
}

const kernel::TradingCalendar* FindCalendar(const v1::Scenario& scenario,
                                            const Calendars& calendars, const std::string& id) {
  for (int i = 0; i < scenario.calendars_size(); ++i) {
    if (scenario.calendars(i).id() == id && calendars[i]) return &*calendars[i];
  }
  return nullptr;
}

// The date as the announcement's own offset writes it.
std::string LocalDate(const v1::Announcement& announcement) {
  return announcement.at().substr(0, 10);
}

Time TimeOf(const v1::Event& event, kernel::CivilDay told) {
  if (event.has_announcement()) {
    if (const auto at = kernel::ParseInstant(event.announcement().at()); at.ok()) return *at;
  }
  return kernel::ToTime(told, {12, 0}, absl::UTCTimeZone());
}

void CheckDate(const CheckContext& context, const v1::Event& event, const std::string& path) {
  const size_t length = event.date().size();
  const auto need = [&](size_t expected, const char* form) {
    if (length != expected) {
      context.Report(path + ".date", "is '" + event.date() + "'; with " +
                                         v1::Precision_Name(event.precision()) + " it must be " +
                                         form);
      return false;
    }
    return true;
  };
  bool fits = true;
  switch (event.precision()) {
    case v1::PRECISION_INSTANT:
    case v1::PRECISION_DAY:
    case v1::PRECISION_APPROXIMATE:
      fits = need(10, "a day, 2025-09-10");
      break;
    case v1::PRECISION_MONTH:
    case v1::PRECISION_SEASON:
      fits = need(7, "a month, 2025-09");
      break;
    case v1::PRECISION_YEAR:
      fits = need(4, "a year, 2025");
      break;
    default:
      return;
  }
  if (event.precision() == v1::PRECISION_INSTANT && !event.has_announcement()) {
    context.Report(path + ".precision", "PRECISION_INSTANT needs an announcement with its instant");
  }
  const bool single_day = length == 10;
  if (fits && !single_day && event.told_on().empty()) {
    context.Report(path + ".told_on", "is missing; '" + event.date() +
                                          "' is no single day, so say on which a replay tells it");
  }
  const auto days = DaysOf(event);
  if (!days) return;
  if (!event.told_on().empty() && (days->told < days->first || days->told > days->last)) {
    context.Report(path + ".told_on", "is '" + event.told_on() + "'; it must lie from " +
                                          kernel::FormatDay(days->first) + " to " +
                                          kernel::FormatDay(days->last));
  }
  const auto end = kernel::ParseDay(context.scenario.end_date());
  if (end.ok() && days->told > *end) {
    context.Report(path + ".date", "lies after the scenario's end, " + context.scenario.end_date());
  }
}

void CheckFirstSession(const CheckContext& context, const Calendars& calendars,
                       const v1::Announcement& announcement, const std::string& path) {
  const auto at = kernel::ParseInstant(announcement.at());
  const auto first = kernel::ParseDay(announcement.first_session());
  if (!at.ok() || !first.ok() || announcement.exposures().empty()) return;
  const v1::Listing* listing = TradedListing(context.scenario, announcement.exposures(0).company());
  if (listing == nullptr) return;
  const auto* calendar = FindCalendar(context.scenario, calendars, listing->calendar());
  if (calendar == nullptr) return;
  const kernel::Session* session = calendar->SessionAtOrAfter(*at);
  if (session == nullptr) {
    context.Report(path + ".at", "is '" + announcement.at() + "'; calendar " + listing->calendar() +
                                     " knows no session after it");
    return;
  }
  if (session->day != *first) {
    context.Report(path + ".first_session", "is '" + announcement.first_session() +
                                                "'; the first session of " + listing->calendar() +
                                                " after " + announcement.at() + " is on " +
                                                kernel::FormatDay(session->day));
  }
}

bool HasClass(const v1::DealTerms& terms) {
  return terms.contract_class() != v1::CONTRACT_CLASS_UNSPECIFIED;
}

// Whether the exposure changes the company's revenue by a sum that is known.
bool EarnsOrLoses(const v1::Exposure& exposure, const v1::DealTerms& terms) {
  return exposure.role() == v1::EXPOSURE_ROLE_SUPPLIER || exposure.has_revenue_usd_bn() ||
         (exposure.role() == v1::EXPOSURE_ROLE_DISPLACED && terms.has_value_usd_bn());
}

// News about a company that is no listing is valued by the books of a holder's stake.
void CheckBooks(const CheckContext& context, const v1::Exposure& exposure, const std::string& at) {
  if (exposure.role() == v1::EXPOSURE_ROLE_PARTNER ||
      FindListing(context.scenario, exposure.company()) != nullptr) {
    return;
  }
  for (const auto& listing : context.scenario.listings()) {
    for (const auto& stake : listing.stakes()) {
      if (stake.company() != exposure.company() || stake.has_forward_revenue_usd_bn()) continue;
      context.Report(at + ".company", "'" + exposure.company() + "' is known by the stake of " +
                                          listing.ticker() +
                                          " only, which needs forward_revenue_usd_bn for it");
    }
  }
}

void CheckExposures(const CheckContext& context, const v1::Event& event, const std::string& path) {
  std::set<std::string> seen;
  for (int i = 0; i < event.announcement().exposures_size(); ++i) {
    const v1::Exposure& exposure = event.announcement().exposures(i);
    const std::string at = At(path + ".announcement.exposures", i);
    if (!exposure.company().empty() && !seen.insert(exposure.company()).second) {
      context.Report(at + ".company", "'" + exposure.company() + "' is exposed twice");
    }
    const v1::DealTerms& terms = event.terms();
    if (exposure.role() == v1::EXPOSURE_ROLE_SUPPLIER && !exposure.has_revenue_usd_bn() &&
        !terms.has_value_usd_bn()) {
      context.Report(at + ".revenue_usd_bn",
                     "is missing, and the terms have no value_usd_bn; a supplier whose revenue is "
                     "unknown is EXPOSURE_ROLE_PARTNER");
    }
    if (EarnsOrLoses(exposure, terms) && (!terms.has_term_years() || !HasClass(terms))) {
      context.Report(path + ".terms",
                     "need term_years and contract_class: " + exposure.company() +
                         (exposure.role() == v1::EXPOSURE_ROLE_SUPPLIER ? " is a supplier"
                                                                        : " earns or loses by it"));
    } else if (exposure.role() == v1::EXPOSURE_ROLE_FUNDER && !HasClass(terms)) {
      context.Report(path + ".terms.contract_class",
                     "is missing; what " + exposure.company() + " puts at risk counts by it");
    }
    CheckBooks(context, exposure, at);
    const v1::Listing* listing = FindListing(context.scenario, exposure.company());
    if (exposure.has_operating_margin() &&
        (listing == nullptr || listing->operating_margin() <= 0)) {
      context.Report(at + ".operating_margin",
                     "is relative to the company's own, but " + exposure.company() +
                         " is no listing with an operating_margin above 0");
    }
    if (exposure.role() == v1::EXPOSURE_ROLE_FUNDER && !exposure.has_capital_at_risk_usd_bn()) {
      context.Report(at + ".capital_at_risk_usd_bn", "is missing; a funder needs it");
    }
  }
}

void CheckAnnouncement(const CheckContext& context, const Calendars& calendars,
                       const v1::Event& event, const std::string& path) {
  const v1::Announcement& announcement = event.announcement();
  const auto at = kernel::ParseInstant(announcement.at());
  const auto days = DaysOf(event);
  if (at.ok() && days) {
    const auto local = kernel::ParseDay(LocalDate(announcement));
    // News can come out the evening before the day that the story gives, or a while after.
    if (local.ok() && *local < days->first - 1) {
      context.Report(path + ".announcement.at",
                     "is '" + announcement.at() + "'; it must not come before the event's date, " +
                         event.date());
    }
  }
  CheckFirstSession(context, calendars, announcement, path + ".announcement");
  CheckExposures(context, event, path);
  if (event.visibility().public_from().empty()) {
    context.Report(path + ".visibility.public_from",
                   "is missing; an event with an announcement is public");
  } else if (at.ok() && event.visibility().public_from() > LocalDate(announcement)) {
    context.Report(path + ".visibility.public_from", "is '" + event.visibility().public_from() +
                                                         "'; it must not come after the "
                                                         "announcement, " +
                                                         announcement.at());
  }
  const bool supplier_or_funder = std::any_of(
      announcement.exposures().begin(), announcement.exposures().end(), [](const auto& e) {
        return e.role() == v1::EXPOSURE_ROLE_SUPPLIER || e.role() == v1::EXPOSURE_ROLE_FUNDER;
      });
  if (supplier_or_funder && !announcement.has_surprise()) {
    context.Report(path + ".announcement.surprise",
                   "is missing; news with a supplier or a funder needs it");
  }
}

void CheckOrder(const CheckContext& context, const v1::Event& event, int index,
                const std::string& path) {
  const auto days = DaysOf(event);
  if (!days) return;
  const auto key = std::make_pair(TimeOf(event, days->told), index);
  for (int k = 0; k < event.after_size(); ++k) {
    for (int j = 0; j < context.scenario.events_size(); ++j) {
      const v1::Event& earlier = context.scenario.events(j);
      if (earlier.id() != event.after(k)) continue;
      const auto earlier_days = DaysOf(earlier);
      if (!earlier_days) break;
      if (j == index || std::make_pair(TimeOf(earlier, earlier_days->told), j) >= key) {
        context.Report(At(path + ".after", k), "'" + earlier.id() + "' (" +
                                                   kernel::FormatDay(earlier_days->told) +
                                                   ") does not come before '" + event.id() + "' (" +
                                                   kernel::FormatDay(days->told) + ")");
      }
      break;
    }
  }
}

}  // namespace

std::optional<EventDays> DaysOf(const v1::Event& event) {
  const auto range = ParsePartialDate(event.date());
  if (!range) return std::nullopt;
  EventDays days{range->first, range->last, range->first};
  if (event.precision() == v1::PRECISION_APPROXIMATE) {
    days.first -= 7;
    days.last += 7;
  } else if (event.precision() == v1::PRECISION_SEASON) {
    days.last = kernel::CivilDay(absl::CivilMonth(range->first) + 2);
  }
  if (!event.told_on().empty()) {
    const auto told = kernel::ParseDay(event.told_on());
    if (!told.ok()) return std::nullopt;
    days.told = *told;
  }
  return days;
}

void CheckActors(const CheckContext& context) {
  const v1::Scenario& scenario = context.scenario;
  CheckUnique(context, "actors", "id", scenario.actors_size(),
              [&](int i) -> const std::string& { return scenario.actors(i).id(); });
  for (int i = 0; i < scenario.actors_size(); ++i) {
    const v1::Actor& actor = scenario.actors(i);
    if (actor.kind() == v1::ACTOR_KIND_PERSON && !actor.ticker().empty()) {
      context.Report(At("actors", i) + ".ticker",
                     "a person has no share; name the organisation instead");
    }
    if (actor.organisation().empty()) continue;
    for (const auto& other : scenario.actors()) {
      if (other.id() == actor.organisation() && other.kind() == v1::ACTOR_KIND_PERSON) {
        context.Report(At("actors", i) + ".organisation",
                       "'" + actor.organisation() + "' is a person");
      }
    }
  }
}

void CheckTerms(const CheckContext& context, const v1::Event& event, const std::string& path) {
  constexpr double kTolerance = 0.01;
  const v1::DealTerms& terms = event.terms();
  const std::string at = path + ".terms";
  if (terms.has_capacity_gw() && terms.has_price_usd_bn_per_gw() && terms.has_value_usd_bn()) {
    const double product = terms.capacity_gw() * terms.price_usd_bn_per_gw();
    if (!(std::abs(product - terms.value_usd_bn()) <= kTolerance * terms.value_usd_bn())) {
      context.Report(at + ".value_usd_bn", "is " + Billions(terms.value_usd_bn()) +
                                               "; capacity times price is " + Billions(product));
    }
  }
  if (terms.has_vendor_equity()) {
    const v1::VendorEquity& equity = terms.vendor_equity();
    if (equity.upfront_usd_bn() > equity.total_usd_bn()) {
      context.Report(at + ".vendor_equity.upfront_usd_bn",
                     "is more than the total, " + Billions(equity.total_usd_bn()));
    }
    if (equity.upfront_usd_bn() + equity.usd_bn_per_gw() * terms.capacity_gw() >
        equity.total_usd_bn() * (1 + kTolerance)) {
      context.Report(at + ".vendor_equity.usd_bn_per_gw",
                     "the tranches of all the capacity come to more than the total, " +
                         Billions(equity.total_usd_bn()));
    }
  }
  if (terms.has_vendor_warrants()) {
    const v1::VendorWarrants& warrants = terms.vendor_warrants();
    double vesting = 0;
    for (const auto& tranche : warrants.vesting()) vesting += tranche.percent_of_shares();
    if (vesting > warrants.percent_of_shares() * (1 + kTolerance)) {
      context.Report(at + ".vendor_warrants.vesting",
                     "the tranches add up to " + Billions(vesting) + " percent, more than the " +
                         Billions(warrants.percent_of_shares()) + " of all warrants");
    }
  }
  double held = 0;
  for (const v1::Holding& holding : terms.holdings()) held += holding.percent();
  if (held > 100) {
    context.Report(at + ".holdings", "the parts add up to " + Billions(held) + " percent");
  }
  const bool committed = !event.committed_by().empty();
  if (committed && !terms.has_value_usd_bn() && !terms.has_capacity_gw()) {
    context.Report(path + ".committed_by",
                   "needs terms with a value_usd_bn or a capacity_gw to count");
  }
}

void CheckEvents(const CheckContext& context, const Calendars& calendars) {
  const v1::Scenario& scenario = context.scenario;
  CheckUnique(context, "events", "id", scenario.events_size(),
              [&](int i) -> const std::string& { return scenario.events(i).id(); });
  for (int i = 0; i < scenario.events_size(); ++i) {
    const v1::Event& event = scenario.events(i);
    const std::string path = At("events", i);
    CheckDate(context, event, path);
    CheckTerms(context, event, path);
    if (event.has_announcement()) CheckAnnouncement(context, calendars, event, path);
    CheckOrder(context, event, i, path);
    if (!event.committed_by().empty() && scenario.hub().empty()) {
      context.Report("hub", "is missing; event '" + event.id() + "' counts as a commitment");
    }
    for (int k = 0; k < event.visibility().witnesses_size(); ++k) {
      const std::string& since = event.visibility().witnesses(k).since();
      const std::string& known = event.visibility().public_from();
      if (!known.empty() && since > known) {
        context.Report(At(path + ".visibility.witnesses", k) + ".since",
                       "is '" + since + "'; the event is public from " + known);
      }
    }
  }
}

std::vector<ScheduledEvent> MakeSchedule(const v1::Scenario& scenario) {
  std::vector<ScheduledEvent> schedule;
  for (int i = 0; i < scenario.events_size(); ++i) {
    const auto days = DaysOf(scenario.events(i));
    if (!days) continue;
    schedule.push_back({i, days->told, TimeOf(scenario.events(i), days->told)});
  }
  std::stable_sort(schedule.begin(), schedule.end(),
                   [](const ScheduledEvent& a, const ScheduledEvent& b) { return a.at < b.at; });
  return schedule;
}

}  // namespace oneup::sims
