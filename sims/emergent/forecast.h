// The forecast of a window of days by runs that know nothing of it: with whom will the hub announce
// a deal, and is that worth more than guessing?
//
// P(supplier) is the share of runs in which a deal of this supplier is announced in the window,
// whatever the run did before: no run is chosen for being like history. Of n runs with k such deals
//   p = (k + .5) / (n + 1)
// (Krichevsky and Trofimov 1981), so that no forecast is certain.
//
// The score is I. J. Good's (1952), "Rational decisions", JRSS B 14, 107-114: the sum over
// suppliers of ln p if the deal was announced and ln(1 - p) if not, in nats; 0 is perfect. A
// supplier counts once, however many deals it announces. Days after the record's end are not
// scored, so the window must not go beyond it.
//
// Two baselines that know as much as the runs:
//   rate     Announcements arrive as a Poisson process at the rate of the deals recorded in the
//            days before the window, rate_from up to the eve, and each is equally likely to be any
//            of the K suppliers': p = 1 - exp(-rate x days / K). What was to be expected if
//            nothing but the pace of the past were known. Half a deal if none was recorded.
//   equal    Every supplier is as likely as any other, and the expected number of suppliers with a
//            deal is that of the runs: p = sum of the runs' p / K. What the runs know of who,
//            beyond how many, is the difference of their score to this one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sims/emergent/outcome.h"
#include "sims/emergent/recorded_outcome.h"
#include "sims/stats/descriptive.h"

namespace oneup::sims {

struct ForecastOptions {
  kernel::CivilDay rate_from = kernel::CivilDay(2025, 1, 1);
  kernel::CivilDay from = kernel::CivilDay(2025, 7, 1);  // of the window
  kernel::CivilDay to = kernel::CivilDay(2025, 10, 31);  // included
  // Persons whom the forecast is about; the others count in `all` only.
  std::vector<std::string> named = {"ellison", "huang", "su", "tan"};
};

struct ForecastRow {
  SupplierName supplier;
  bool named = false;
  int count = 0;                               // runs with a deal in the window
  double share = 0;                            // count / n
  Interval interval;                           // Wilson's of the share, 95 %
  double probability = 0;                      // p
  std::optional<kernel::CivilDay> median_day;  // of the first deal in the window
  bool announced = false;                      // as recorded
  std::optional<kernel::CivilDay> recorded_day;
  double log_score = 0;
};

struct LogScores {
  int suppliers = 0;
  double runs = 0;
  double rate = 0;
  double equal = 0;
};

struct ForecastReport {
  ForecastOptions window;
  int runs = 0;
  std::vector<ForecastRow> rows;  // in the order of the suppliers
  int deals_before = 0;           // recorded from rate_from up to the eve
  int days_before = 0;
  int days = 0;  // of the window
  double rate_probability = 0;
  double equal_probability = 0;
  double expected = 0;  // number of suppliers with a deal, by the runs: sum of p
  LogScores all;
  LogScores named;
};

// ln p, or ln(1 - p) of what did not happen.
double LogScore(double probability, bool happened);

// outcomes: at least one, of runs that reach `to`. suppliers: at least one. The record reaches
// `to` (RecordedUntil), and rate_from < from <= to.
ForecastReport MakeForecast(const std::vector<StoryOutcome>& outcomes, const StoryOutcome& recorded,
                            const std::vector<SupplierName>& suppliers,
                            const ForecastOptions& options = {});

}  // namespace oneup::sims
