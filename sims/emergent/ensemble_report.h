// What many runs of one emergent scenario say together, beside what happened: who signs, when and
// for how much, in which order, and what else is done on the way.
//
// Billion USD, GW, percent of a supplier's shares, days; NaN is what does not exist: a figure of a
// deal that no run has, or of which the record tells nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sims/emergent/outcome.h"
#include "sims/emergent/recorded_outcome.h"
#include "sims/stats/descriptive.h"

namespace oneup::sims {

// A headline from which a deal counts as a mega-project.
inline constexpr double kMegaProjectUsdBn = 100;

// So many of the runs.
struct RunShare {
  int count = 0;
  double share = 0;
  Interval interval;  // Wilson's, of 95 %
};

// A figure over runs beside the recorded one. 80 % of the runs lie between low and high.
struct Distribution {
  double median = 0;
  double low = 0;   // 10 %
  double high = 0;  // 90 %
  double recorded = 0;
  double rank = 0;  // of the recorded one among the runs, 0-1: see RankOf
};

// The same of days.
struct DayDistribution {
  std::optional<kernel::CivilDay> median;  // the earlier of two in the middle
  std::optional<kernel::CivilDay> low;
  std::optional<kernel::CivilDay> high;
  std::optional<kernel::CivilDay> recorded;
  double rank = 0;
};

// A supplier's first deal. Figures are over the runs that have it.
struct SupplierRow {
  SupplierName supplier;
  RunShare announced;
  double deals_a_run = 0;  // mean number, later ones too
  DayDistribution day;
  Distribution usd_bn;  // contract value
  Distribution headline_usd_bn;
  Distribution capacity_gw;
  Distribution equity_usd_bn;
  Distribution warrants_percent;
  Distribution guarantee_usd_bn;
  // Of the runs with the deal, those in which the supplier gives such a thing.
  RunShare with_equity;
  RunShare with_warrants;
  RunShare with_guarantee;
};

// Of a whole run: what is not known of a deal adds nothing.
struct Totals {
  double deals = 0;         // all
  double usd_bn = 0;        // purchases: deals of suppliers that are no funders
  double capacity_gw = 0;   // of these
  double added_usd_bn = 0;  // first-day changes of market value, of all deals
};
Totals TotalsOf(const StoryOutcome& outcome);

// Suppliers in the order of their first deals.
struct OrderRow {
  std::vector<std::string> suppliers;  // names; empty: no deal
  RunShare runs;
};

// A supplier that does something, or to whom the hub or the press does.
struct FactRow {
  v1::EventKind kind = v1::EVENT_KIND_UNSPECIFIED;
  SupplierName supplier;
  bool by_hub = false;  // the hub refuses, or phones; a leak, a stall have no doer
  RunShare runs;
  DayDistribution day;  // the first
};

struct EnsembleReport {
  std::string title;
  uint64_t first_seed = 0;
  std::vector<StoryOutcome> runs;  // as given
  std::vector<SupplierRow> suppliers;
  Distribution deals;
  Distribution usd_bn;
  Distribution capacity_gw;
  Distribution added_usd_bn;
  // Most frequent first; at most ten.
  std::vector<OrderRow> orders;
  std::vector<std::string> recorded_order;
  RunShare as_recorded;  // runs in exactly that order
  // Who has the first mega-project, most frequent first; one name each, none for no such project.
  std::vector<OrderRow> leaders;
  std::string recorded_leader;
  // Refusals, waivers, stalls, leaks, calls and counter-programmes of runs or record; by kind, then
  // most frequent first.
  std::vector<FactRow> facts;
};

struct EnsembleReportOptions {
  std::string title;
  std::vector<SupplierName> suppliers;
  // What the record tells after this day is left out, as the runs end then.
  kernel::CivilDay until = kernel::CivilDay::max();
};

// outcomes: at least one, by the same scenario.
EnsembleReport MakeEnsembleReport(std::vector<StoryOutcome> outcomes, const StoryOutcome& recorded,
                                  const EnsembleReportOptions& options);

}  // namespace oneup::sims
