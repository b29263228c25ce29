#include "sims/metrics/metrics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "market/kernel/civil_time.h"
#include "market/kernel/math.h"
#include "sims/emergent/ensemble_report.h"
#include "sims/emergent/recorded_outcome.h"
#include "sims/metrics/run_view.h"
#include "sims/scenario/suggest.h"
#include "sims/stats/descriptive.h"

namespace oneup::sims {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kSessionsPerYear = 252;
constexpr char kUsdBn[] = "billion USD";
constexpr char kFraction[] = "fraction";
constexpr char kCount[] = "count";

using Metrics = std::vector<Metric>;

// Somebody a metric is named after, and how people call it.
struct Person {
  std::string id;       // "huang"
  std::string name;     // "Nvidia"
  std::string company;  // "nvidia"; the person's own id without one
};

Person PersonOf(const LoadedScenario& scenario, const std::string& id) {
  const v1::Actor* person = scenario.FindActor(id);
  const v1::Actor* company =
      person == nullptr ? nullptr : scenario.FindActor(person->organisation());
  if (company != nullptr) return {id, company->name(), company->id()};
  return {id, person != nullptr ? person->name() : id, id};
}

// Those who can have deals: the principals that supply, or all that a given story has.
std::vector<Person> SuppliersIn(const LoadedScenario& scenario, const StoryOutcome& given) {
  std::vector<Person> people;
  const auto add = [&](const std::string& id) {
    if (std::ranges::find(people, id, &Person::id) == people.end()) {
      people.push_back(PersonOf(scenario, id));
    }
  };
  for (const SupplierName& supplier : SuppliersOf(scenario)) add(supplier.id);
  if (scenario.proto.principals().empty()) {
    for (const DealOutcome& deal : given.deals) add(deal.supplier);
    for (const StoryFact& fact : given.facts) {
      const v1::Actor* other = scenario.FindActor(fact.other);
      if (fact.kind == v1::EVENT_KIND_REFUSAL) add(fact.actor);
      if (fact.kind == v1::EVENT_KIND_LEAK && other != nullptr) add(fact.other);
    }
  }
  return people;
}

void AddTotals(Metrics& metrics) {
  const auto total = [](double Totals::*field) {
    return [field](RunView& run) { return TotalsOf(run.story()).*field; };
  };
  metrics.push_back({"deals", kCount, "deals that were announced", total(&Totals::deals)});
  metrics.push_back({"commitments_usd_bn", kUsdBn, "contract value of the hub's purchases",
                     total(&Totals::usd_bn)});
  metrics.push_back({"capacity_gw", "GW", "capacity of these", total(&Totals::capacity_gw)});
  metrics.push_back({"added_value_usd_bn", kUsdBn,
                     "first-day changes of the suppliers' market values, of all deals",
                     total(&Totals::added_usd_bn)});
  metrics.push_back(
      {"equity_usd_bn", kUsdBn, "equity that suppliers promise the hub", [](RunView& run) {
         double sum = 0;
         for (const DealOutcome& deal : run.story().deals) {
           if (!std::isnan(deal.equity_usd_bn)) sum += deal.equity_usd_bn;
         }
         return sum;
       }});
  metrics.push_back(
      {"warrants", kCount, "deals that give the hub warrants", [](RunView& run) {
         return static_cast<double>(std::ranges::count_if(
             run.story().deals, [](const DealOutcome& deal) { return deal.warrants_percent > 0; }));
       }});
}

void AddDeal(const Person& supplier, Metrics& metrics) {
  const std::string name = absl::StrCat("deal.", supplier.id);
  const std::string of = absl::StrCat(" of the first deal with ", supplier.name);
  const auto figure = [id = supplier.id](double DealOutcome::*field) {
    return [id, field](RunView& run) {
      const DealOutcome* deal = run.story().DealOf(id);
      return deal == nullptr ? kNaN : deal->*field;
    };
  };
  metrics.push_back(
      {name, kCount, absl::StrCat("1 if there is a deal with ", supplier.name),
       [id = supplier.id](RunView& run) { return run.story().DealOf(id) == nullptr ? 0.0 : 1.0; }});
  metrics.push_back({absl::StrCat(name, ".usd_bn"), kUsdBn, absl::StrCat("contract value", of),
                     figure(&DealOutcome::usd_bn)});
  metrics.push_back({absl::StrCat(name, ".gw"), "GW", absl::StrCat("capacity", of),
                     figure(&DealOutcome::capacity_gw)});
  metrics.push_back({absl::StrCat(name, ".day"), "days",
                     absl::StrCat("day", of, ", from the scenario's start"),
                     [id = supplier.id](RunView& run) {
                       const DealOutcome* deal = run.story().DealOf(id);
                       kernel::CivilDay start;
                       absl::ParseCivilTime(run.scenario().proto.start_date(), &start);
                       return deal == nullptr ? kNaN : static_cast<double>(deal->day - start);
                     }});
  metrics.push_back({absl::StrCat(name, ".first_day"), kFraction,
                     absl::StrCat("first-day return of the supplier's share", of),
                     figure(&DealOutcome::first_day)});
}

// How many facts of a kind hold a person in such a place.
Metric FactMetric(std::string name, std::string description, v1::EventKind kind,
                  const std::string& person, bool as_actor, bool as_other) {
  return {std::move(name), kCount, std::move(description),
          [kind, person, as_actor, as_other](RunView& run) {
            return static_cast<double>(
                std::ranges::count_if(run.story().facts, [&](const StoryFact& fact) {
                  return fact.kind == kind &&
                         ((as_actor && fact.actor == person) || (as_other && fact.other == person));
                }));
          }};
}

void AddFacts(const LoadedScenario& scenario, const std::vector<Person>& suppliers,
              Metrics& metrics) {
  std::vector<Person> all = suppliers;
  for (const v1::Principal& principal : scenario.proto.principals()) {
    if (principal.part() == v1::PART_HUB) all.push_back(PersonOf(scenario, principal.actor()));
  }
  for (const Person& one : all) {
    metrics.push_back(FactMetric(absl::StrCat("refusal.", one.id),
                                 absl::StrCat("refusals by ", one.id), v1::EVENT_KIND_REFUSAL,
                                 one.id, true, false));
  }
  for (const Person& one : suppliers) {
    metrics.push_back(FactMetric(absl::StrCat("stall.", one.id),
                                 absl::StrCat("dead ends of talks with ", one.name),
                                 v1::EVENT_KIND_STALL, one.id, true, true));
  }
  for (const Person& one : suppliers) {
    metrics.push_back(FactMetric(absl::StrCat("leak.", one.company),
                                 absl::StrCat("reports that the hub turns from ", one.name),
                                 v1::EVENT_KIND_LEAK, one.id, false, true));
  }
}

// A figure of the closes of a listing, NaN below two of them.
template <typename Figure>
Metric PriceMetric(const char* family, const std::string& ticker, std::string description,
                   Figure figure) {
  return {absl::StrCat(family, ".", ticker), kFraction, std::move(description),
          [ticker, figure](RunView& run) {
            const RecordedPrices* prices = run.prices(ticker);
            if (prices == nullptr || prices->bars.size() < 2) return kNaN;
            return static_cast<double>(figure(prices->bars));
          }};
}

Metric PathMetric(const std::string& ticker, kernel::CivilDay day) {
  const std::string text = kernel::FormatDay(day);
  return {absl::StrCat("path.", ticker, ".", text), kFraction,
          absl::StrCat("close of ", ticker, " on or before ", text, " over its first, less 1"),
          [ticker, day](RunView& run) {
            const RecordedPrices* prices = run.prices(ticker);
            if (prices == nullptr || day > run.result().last_day) return kNaN;
            const DailyBar* bar = prices->Before(day + 1);
            return bar == nullptr ? kNaN : bar->close / prices->bars.front().close - 1;
          }};
}

void AddPrices(const std::string& ticker, Metrics& metrics) {
  using Bars = std::vector<DailyBar>;
  metrics.push_back(PriceMetric(
      "return", ticker, absl::StrCat("last close of ", ticker, " over its first, less 1"),
      [](const Bars& bars) { return bars.back().close / bars.front().close - 1; }));
  metrics.push_back(PriceMetric(
      "peak", ticker, absl::StrCat("highest close of ", ticker, " over its first, less 1"),
      [](const Bars& bars) {
        return std::ranges::max(bars, {}, &DailyBar::close).close / bars.front().close - 1;
      }));
  metrics.push_back(PriceMetric(
      "volatility", ticker,
      absl::StrCat("standard deviation of daily log returns of ", ticker, ", of a year"),
      [](const Bars& bars) {
        std::vector<double> returns;
        for (size_t i = 1; i < bars.size(); ++i) {
          returns.push_back(math::Log(bars[i].close / bars[i - 1].close));
        }
        return StandardDeviation(returns) * std::sqrt(kSessionsPerYear);
      }));
}

void AddSystem(Metrics& metrics) {
  metrics.push_back({"circularity", kFraction, "part of all promised money that goes round",
                     [](RunView& run) { return run.system().circularity; }});
  metrics.push_back({"contagion_usd_bn", kUsdBn, "what others are not paid if the hub fails",
                     [](RunView& run) { return run.ContagionUsdBn(); }});
  metrics.push_back({"obligations_over_revenue", "", "the hub's orders over its revenue of a year",
                     [](RunView& run) { return run.system().over_revenue; }});
  metrics.push_back({"hhi", "", "concentration of the hub's orders, sum of squared shares",
                     [](RunView& run) { return run.system().hhi; }});
}

Metrics MetricsWithPaths(const LoadedScenario& scenario, kernel::CivilDay path_day) {
  StoryOutcome given;
  if (scenario.proto.principals().empty()) given = RecordedOutcome(scenario);
  const std::vector<Person> suppliers = SuppliersIn(scenario, given);
  Metrics metrics;
  AddTotals(metrics);
  for (const Person& supplier : suppliers) AddDeal(supplier, metrics);
  AddFacts(scenario, suppliers, metrics);
  for (const v1::Listing& listing : scenario.proto.listings()) {
    AddPrices(listing.ticker(), metrics);
    metrics.push_back(PathMetric(listing.ticker(), path_day));
  }
  AddSystem(metrics);
  return metrics;
}

kernel::CivilDay LastDay(const LoadedScenario& scenario) {
  kernel::CivilDay day;
  absl::ParseCivilTime(scenario.proto.end_date(), &day);
  return day;
}

// The day at the end of "path.NVDA.2025-09-30".
std::optional<kernel::CivilDay> DayIn(const std::string& name) {
  constexpr size_t kLength = sizeof "2025-09-30" - 1;
  if (!name.starts_with("path.") || name.size() <= kLength) return std::nullopt;
  const absl::StatusOr<kernel::CivilDay> day = kernel::ParseDay(name.substr(name.size() - kLength));
  return day.ok() ? std::optional(*day) : std::nullopt;
}

// '*' stands for any characters. O(|pattern| |text|).
bool Matches(std::string_view pattern, std::string_view text) {
  size_t p = 0, t = 0, star = std::string_view::npos, resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

absl::Status NoSuch(const std::string& name, const Metrics& metrics) {
  if (name.find('*') != std::string::npos) {
    return absl::InvalidArgumentError(
        absl::StrCat("'", name, "' stands for no metric of this scenario"));
  }
  std::vector<std::string> names;
  for (const Metric& metric : metrics) names.push_back(metric.name);
  return absl::InvalidArgumentError(
      absl::StrCat("'", name, "' is no metric of this scenario", DidYouMean(name, names)));
}

}  // namespace

std::vector<Metric> MetricsFor(const LoadedScenario& scenario) {
  return MetricsWithPaths(scenario, LastDay(scenario));
}

absl::StatusOr<std::vector<Metric>> SelectMetrics(const LoadedScenario& scenario,
                                                  const std::vector<std::string>& names) {
  Metrics selected;
  const Metrics all = MetricsFor(scenario);
  for (const std::string& name : names) {
    const std::optional<kernel::CivilDay> day = DayIn(name);
    const Metrics of_day = day ? MetricsWithPaths(scenario, *day) : Metrics();
    bool found = false;
    for (const Metric& metric : day ? of_day : all) {
      if (!Matches(name, metric.name)) continue;
      found = true;
      if (std::ranges::find(selected, metric.name, &Metric::name) == selected.end()) {
        selected.push_back(metric);
      }
    }
    if (!found) return NoSuch(name, all);
  }
  return selected;
}

std::vector<double> Measure(const LoadedScenario& scenario, const std::vector<Metric>& metrics,
                            const RunResult& result) {
  RunView view(scenario, result);
  std::vector<double> values;
  for (const Metric& metric : metrics) values.push_back(metric.value(view));
  return values;
}

}  // namespace oneup::sims
