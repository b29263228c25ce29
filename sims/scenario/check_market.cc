// Checks of what is traded, where and when.
#include <algorithm>
#include <cmath>

#include "sims/scenario/calendars.h"
#include "sims/scenario/checks.h"
#include "sims/scenario/partial_date.h"
#include "sims/scenario/suggest.h"

namespace oneup::sims {
namespace {

std::string At(const std::string& field, int i) { return field + "[" + std::to_string(i) + "]"; }

// Reports dates of a list that do not ascend.
template <typename List>
void CheckAscending(const CheckContext& context, const std::string& path, const List& list,
                    const std::string& (*date_of)(const typename List::value_type&),
                    const char* key) {
  for (int i = 1; i < list.size(); ++i) {
    const std::string& before = date_of(list[i - 1]);
    const std::string& date = date_of(list[i]);
    // Dates compare as texts.
    if (before.size() == date.size() && date <= before) {
      context.Report(At(path, i) + "." + key,
                     "is '" + date + "'; it must come after the one before, '" + before + "'");
    }
  }
}

template <typename T>
const std::string& DateOf(const T& value) {
  return value.date();
}

void CheckIndex(const CheckContext& context) {
  int first = -1;
  for (int i = 0; i < context.scenario.listings_size(); ++i) {
    if (!context.scenario.listings(i).is_index()) continue;
    if (first >= 0) {
      context.Report(At("listings", i) + ".is_index",
                     "only one listing can be the index; " +
                         context.scenario.listings(first).ticker() + " already is");
    } else {
      first = i;
    }
  }
  if (first < 0) context.Report("listings", "one listing must be the index (is_index: true)");
}

// Fields that only an ordinary listing needs.
void CheckModelFields(const CheckContext& context, const v1::Listing& listing,
                      const std::string& path) {
  const auto require = [&](bool present, const char* field) {
    if (!present) {
      context.Report(path + "." + field, "is missing; every listing but the index needs it");
    }
  };
  require(listing.has_beta_to_market(), "beta_to_market");
  require(listing.has_daily_idiosyncratic_volatility(), "daily_idiosyncratic_volatility");
  require(listing.has_daily_turnover(), "daily_turnover");
  require(listing.has_forward_revenue_usd_bn(), "forward_revenue_usd_bn");
  require(listing.has_operating_margin(), "operating_margin");
  require(!listing.sector().empty(), "sector");
  require(!listing.layer().empty(), "layer");
  require(listing.capitalisations_size() > 0, "capitalisations");
}

void CheckStakes(const CheckContext& context, const v1::Listing& listing, const std::string& path) {
  for (int i = 0; i < listing.stakes_size(); ++i) {
    const v1::Stake& stake = listing.stakes(i);
    const std::string at = At(path + ".stakes", i);
    if (stake.company() == listing.ticker()) {
      context.Report(at + ".company", "a listing cannot hold a stake in itself");
    }
    bool listed = false;
    for (const auto& other : context.scenario.listings()) {
      listed = listed || other.ticker() == stake.company();
    }
    if (!listed && !stake.has_company_value_usd_bn()) {
      context.Report(at + ".company_value_usd_bn",
                     "is missing; '" + stake.company() + "' is no listing that has one");
    }
  }
}

}  // namespace

Calendars CheckCalendars(const CheckContext& context) {
  const v1::Scenario& scenario = context.scenario;
  CheckUnique(context, "calendars", "id", scenario.calendars_size(),
              [&](int i) -> const std::string& { return scenario.calendars(i).id(); });
  Calendars calendars;
  for (int i = 0; i < scenario.calendars_size(); ++i) {
    const v1::TradingCalendar& calendar = scenario.calendars(i);
    const std::string path = At("calendars", i);
    CheckAscending(context, path + ".holidays", calendar.holidays(), DateOf<v1::Holiday>, "date");
    CheckAscending(context, path + ".half_days", calendar.half_days(), DateOf<v1::HalfDay>, "date");
    calendars.emplace_back();
    const auto spec = ToCalendarSpec(calendar);
    if (!spec.ok()) continue;  // the fields' rules reported it
    auto built = kernel::TradingCalendar::Create(*spec);
    if (!built.ok()) {
      context.Report(path, std::string(built.status().message()));
      continue;
    }
    const auto start = kernel::ParseDay(scenario.start_date());
    const auto end = kernel::ParseDay(scenario.end_date());
    if (start.ok() && end.ok() && (*start < built->first_day() || *end > built->last_day())) {
      context.Report(path + ".first_date", "the calendar must cover the scenario, " +
                                               scenario.start_date() + " to " +
                                               scenario.end_date());
    }
    calendars.back() = *std::move(built);
  }
  return calendars;
}

void CheckListings(const CheckContext& context) {
  const v1::Scenario& scenario = context.scenario;
  CheckUnique(context, "listings", "ticker", scenario.listings_size(),
              [&](int i) -> const std::string& { return scenario.listings(i).ticker(); });
  CheckIndex(context);
  for (int i = 0; i < scenario.listings_size(); ++i) {
    const v1::Listing& listing = scenario.listings(i);
    const std::string path = At("listings", i);
    CheckAscending(context, path + ".capitalisations", listing.capitalisations(),
                   DateOf<v1::Capitalisation>, "date");
    if (!listing.is_index()) CheckModelFields(context, listing, path);
    CheckStakes(context, listing, path);
  }
}

void CheckPrices(const CheckContext& context, const Calendars& calendars,
                 const std::map<std::string, RecordedPrices>& prices) {
  constexpr int kMostDays = 5;  // days named in one message
  // Capitalisation over price x shares: dividends and shares issued since then move it.
  constexpr double kLeastRatio = 0.8, kGreatestRatio = 1.25;
  const v1::Scenario& scenario = context.scenario;
  std::vector<std::string> tickers;
  for (const auto& listing : scenario.listings()) tickers.push_back(listing.ticker());
  for (const auto& [ticker, recorded] : prices) {
    if (std::find(tickers.begin(), tickers.end(), ticker) == tickers.end()) {
      context.Report("histories", "prices of '" + ticker +
                                      "', which is no listing of this scenario" +
                                      DidYouMean(ticker, tickers));
    }
  }
  for (int i = 0; i < scenario.listings_size(); ++i) {
    const v1::Listing& listing = scenario.listings(i);
    const auto recorded = prices.find(listing.ticker());
    if (recorded == prices.end()) {
      if (listing.is_index()) {
        context.Report(At("listings", i), "the index needs recorded prices in a history");
      }
      continue;
    }
    const kernel::TradingCalendar* calendar = nullptr;
    for (int c = 0; c < scenario.calendars_size(); ++c) {
      if (scenario.calendars(c).id() == listing.calendar() && calendars[c]) {
        calendar = &*calendars[c];
      }
    }
    int closed = 0;
    std::string days;
    for (const DailyBar& bar : recorded->second.bars) {
      if (calendar == nullptr || calendar->IsTradingDay(bar.day)) continue;
      if (++closed <= kMostDays) days += (days.empty() ? "" : ", ") + kernel::FormatDay(bar.day);
    }
    if (closed > 0) {
      context.Report(At("listings", i) + ".calendar",
                     std::to_string(closed) + " recorded days of " + listing.ticker() +
                         " are no sessions of " + listing.calendar() + ": " + days +
                         (closed > kMostDays ? ", ..." : ""));
    }
    if (listing.currency() != "USD") continue;
    for (int k = 0; k < listing.capitalisations_size(); ++k) {
      const auto day = kernel::ParseDay(listing.capitalisations(k).date());
      const DailyBar* bar = day.ok() ? recorded->second.Find(*day) : nullptr;
      if (bar == nullptr || listing.capitalisations(k).simulated()) continue;
      const double from_price = bar->close * listing.shares_outstanding_bn();
      const double ratio = listing.capitalisations(k).usd_bn() / from_price;
      if (ratio < kLeastRatio || ratio > kGreatestRatio) {
        context.Report(At(At("listings", i) + ".capitalisations", k) + ".usd_bn",
                       "does not fit the recorded close times the shares, which is " +
                           std::to_string(std::lround(from_price)) + " billion USD");
      }
    }
  }
}

}  // namespace oneup::sims
