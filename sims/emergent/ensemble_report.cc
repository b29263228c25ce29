#include "sims/emergent/ensemble_report.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

#include "sims/stats/intervals.h"

namespace oneup::sims {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr kernel::CivilDay kEpoch(1970, 1, 1);
constexpr size_t kMaxOrders = 10;
const char kNobody[] = "none";

double Number(kernel::CivilDay day) { return static_cast<double>(day - kEpoch); }

RunShare ShareOf(int count, int runs) {
  if (runs == 0) return {0, kNaN, {kNaN, kNaN}};
  return {count, static_cast<double>(count) / runs, WilsonInterval(count, runs)};
}

Distribution DistributionOf(const std::vector<double>& values, double recorded) {
  return {Quantile(values, 0.5), Quantile(values, 0.1), Quantile(values, 0.9), recorded,
          RankOf(recorded, values)};
}

DayDistribution DaysOf(const std::vector<double>& days,
                       const std::optional<kernel::CivilDay>& recorded) {
  DayDistribution result;
  result.recorded = recorded;
  result.rank = RankOf(recorded ? Number(*recorded) : kNaN, days);
  if (days.empty()) return result;
  const auto day = [&](double p) { return kEpoch + static_cast<int64_t>(Quantile(days, p)); };
  result.median = day(0.5);
  result.low = day(0.1);
  result.high = day(0.9);
  return result;
}

StoryOutcome UpTo(const StoryOutcome& outcome, kernel::CivilDay until) {
  StoryOutcome part = outcome;
  std::erase_if(part.deals, [until](const DealOutcome& deal) { return deal.day > until; });
  std::erase_if(part.facts, [until](const StoryFact& fact) { return fact.day > until; });
  return part;
}

// Names in the order of first deals.
std::vector<std::string> OrderOf(const StoryOutcome& outcome,
                                 const std::vector<SupplierName>& suppliers) {
  std::vector<std::string> order;
  for (const DealOutcome& deal : outcome.deals) {
    const auto it = std::ranges::find(suppliers, deal.supplier, &SupplierName::id);
    const std::string& name = it == suppliers.end() ? deal.supplier : it->name;
    if (std::ranges::find(order, name) == order.end()) order.push_back(name);
  }
  return order;
}

std::string LeaderOf(const StoryOutcome& outcome, const std::vector<SupplierName>& suppliers) {
  const auto found = std::ranges::find_if(outcome.deals, [](const DealOutcome& deal) {
    return deal.headline_usd_bn >= kMegaProjectUsdBn;
  });
  if (found == outcome.deals.end()) return kNobody;
  const auto it = std::ranges::find(suppliers, found->supplier, &SupplierName::id);
  return it == suppliers.end() ? found->supplier : it->name;
}

std::vector<OrderRow> Ranked(const std::map<std::vector<std::string>, int>& counts, int runs) {
  std::vector<OrderRow> rows;
  for (const auto& [order, count] : counts) rows.push_back({order, ShareOf(count, runs)});
  std::ranges::stable_sort(rows, std::ranges::greater(),
                           [](const OrderRow& row) { return row.runs.count; });
  if (rows.size() > kMaxOrders) rows.resize(kMaxOrders);
  return rows;
}

SupplierRow RowOf(const SupplierName& supplier, const std::vector<StoryOutcome>& outcomes,
                  const StoryOutcome& recorded) {
  std::vector<const DealOutcome*> deals;
  SupplierRow row;
  row.supplier = supplier;
  for (const StoryOutcome& outcome : outcomes) {
    if (const DealOutcome* deal = outcome.DealOf(supplier.id)) deals.push_back(deal);
    row.deals_a_run +=
        static_cast<double>(std::ranges::count(outcome.deals, supplier.id, &DealOutcome::supplier));
  }
  row.deals_a_run /= static_cast<double>(outcomes.size());
  const int count = static_cast<int>(deals.size());
  row.announced = ShareOf(count, static_cast<int>(outcomes.size()));

  const DealOutcome* truth = recorded.DealOf(supplier.id);
  const auto figure = [&](double DealOutcome::*field) {
    std::vector<double> values;
    for (const DealOutcome* deal : deals) values.push_back(deal->*field);
    return DistributionOf(values, truth == nullptr ? kNaN : truth->*field);
  };
  const auto with = [&](double DealOutcome::*field) {
    const auto has = [field](const DealOutcome* deal) { return deal->*field > 0; };
    return ShareOf(static_cast<int>(std::ranges::count_if(deals, has)), count);
  };
  std::vector<double> days;
  for (const DealOutcome* deal : deals) days.push_back(Number(deal->day));
  row.day = DaysOf(days, truth == nullptr ? std::nullopt : std::optional(truth->day));
  row.usd_bn = figure(&DealOutcome::usd_bn);
  row.headline_usd_bn = figure(&DealOutcome::headline_usd_bn);
  row.capacity_gw = figure(&DealOutcome::capacity_gw);
  row.equity_usd_bn = figure(&DealOutcome::equity_usd_bn);
  row.warrants_percent = figure(&DealOutcome::warrants_percent);
  row.guarantee_usd_bn = figure(&DealOutcome::guarantee_usd_bn);
  row.with_equity = with(&DealOutcome::equity_usd_bn);
  row.with_warrants = with(&DealOutcome::warrants_percent);
  row.with_guarantee = with(&DealOutcome::guarantee_usd_bn);
  return row;
}

// What makes facts of different runs the same: kind, supplier (its place), by the hub.
using FactKey = std::tuple<size_t, size_t, bool>;

constexpr v1::EventKind kFactKinds[] = {v1::EVENT_KIND_REFUSAL,  v1::EVENT_KIND_WITHDRAWAL,
                                        v1::EVENT_KIND_WAIVER,   v1::EVENT_KIND_STALL,
                                        v1::EVENT_KIND_LEAK,     v1::EVENT_KIND_CALL,
                                        v1::EVENT_KIND_STATEMENT};

std::optional<FactKey> KeyOf(const StoryFact& fact, const std::vector<SupplierName>& suppliers) {
  const auto kind = std::ranges::find(kFactKinds, fact.kind);
  if (kind == std::end(kFactKinds)) return std::nullopt;
  // A statement about another is a doubt, no counter-programme.
  if (fact.kind == v1::EVENT_KIND_STATEMENT && !fact.other.empty()) return std::nullopt;
  const auto actor = std::ranges::find(suppliers, fact.actor, &SupplierName::id);
  const auto other = std::ranges::find(suppliers, fact.other, &SupplierName::id);
  const auto supplier = actor != suppliers.end() ? actor : other;
  if (supplier == suppliers.end()) return std::nullopt;
  const bool has_doer = fact.kind != v1::EVENT_KIND_STALL && fact.kind != v1::EVENT_KIND_LEAK;
  return FactKey{kind - std::begin(kFactKinds), supplier - suppliers.begin(),
                 has_doer && actor == suppliers.end()};
}

// The first day of each.
std::map<FactKey, kernel::CivilDay> FirstDays(const StoryOutcome& outcome,
                                              const std::vector<SupplierName>& suppliers) {
  std::map<FactKey, kernel::CivilDay> days;
  for (const StoryFact& fact : outcome.facts) {
    if (const auto key = KeyOf(fact, suppliers)) days.emplace(*key, fact.day);
  }
  return days;
}

std::vector<FactRow> FactsOf(const std::vector<StoryOutcome>& outcomes,
                             const StoryOutcome& recorded,
                             const std::vector<SupplierName>& suppliers) {
  std::map<FactKey, std::vector<double>> days;
  for (const StoryOutcome& outcome : outcomes) {
    for (const auto& [key, day] : FirstDays(outcome, suppliers)) days[key].push_back(Number(day));
  }
  const std::map<FactKey, kernel::CivilDay> truth = FirstDays(recorded, suppliers);
  for (const auto& [key, day] : truth) days[key];
  std::vector<FactRow> rows;
  for (const auto& [key, values] : days) {
    const auto& [kind, supplier, by_hub] = key;
    const auto it = truth.find(key);
    rows.push_back({kFactKinds[kind], suppliers[supplier], by_hub,
                    ShareOf(static_cast<int>(values.size()), static_cast<int>(outcomes.size())),
                    DaysOf(values, it == truth.end() ? std::nullopt : std::optional(it->second))});
  }
  // By kind they are in order already.
  std::ranges::stable_sort(rows, [](const FactRow& a, const FactRow& b) {
    const auto place = [](const FactRow& row) { return std::ranges::find(kFactKinds, row.kind); };
    return place(a) != place(b) ? place(a) < place(b) : a.runs.count > b.runs.count;
  });
  return rows;
}

}  // namespace

Totals TotalsOf(const StoryOutcome& outcome) {
  const auto known = [](double value) { return std::isnan(value) ? 0 : value; };
  Totals totals;
  totals.deals = static_cast<double>(outcome.deals.size());
  for (const DealOutcome& deal : outcome.deals) {
    totals.added_usd_bn += known(deal.added_usd_bn);
    if (deal.invests) continue;
    totals.usd_bn += known(deal.usd_bn);
    totals.capacity_gw += known(deal.capacity_gw);
  }
  return totals;
}

EnsembleReport MakeEnsembleReport(std::vector<StoryOutcome> outcomes, const StoryOutcome& recorded,
                                  const EnsembleReportOptions& options) {
  const StoryOutcome truth = UpTo(recorded, options.until);
  const int runs = static_cast<int>(outcomes.size());
  EnsembleReport report;
  report.title = options.title;
  report.first_seed = outcomes.empty() ? 0 : outcomes.front().seed;
  for (const SupplierName& supplier : options.suppliers) {
    report.suppliers.push_back(RowOf(supplier, outcomes, truth));
  }
  const auto total = [&](double Totals::*field) {
    std::vector<double> values;
    for (const StoryOutcome& outcome : outcomes) values.push_back(TotalsOf(outcome).*field);
    return DistributionOf(values, TotalsOf(truth).*field);
  };
  report.deals = total(&Totals::deals);
  report.usd_bn = total(&Totals::usd_bn);
  report.capacity_gw = total(&Totals::capacity_gw);
  report.added_usd_bn = total(&Totals::added_usd_bn);

  std::map<std::vector<std::string>, int> orders;
  std::map<std::vector<std::string>, int> leaders;
  for (const StoryOutcome& outcome : outcomes) {
    ++orders[OrderOf(outcome, options.suppliers)];
    ++leaders[{LeaderOf(outcome, options.suppliers)}];
  }
  report.recorded_order = OrderOf(truth, options.suppliers);
  report.recorded_leader = LeaderOf(truth, options.suppliers);
  const auto same = orders.find(report.recorded_order);
  report.as_recorded = ShareOf(same == orders.end() ? 0 : same->second, runs);
  report.orders = Ranked(orders, runs);
  report.leaders = Ranked(leaders, runs);
  report.facts = FactsOf(outcomes, truth, options.suppliers);
  report.runs = std::move(outcomes);
  return report;
}

}  // namespace oneup::sims
