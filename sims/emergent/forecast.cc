#include "sims/emergent/forecast.h"

#include <algorithm>

#include "market/kernel/math.h"
#include "sims/stats/intervals.h"

namespace oneup::sims {
namespace {

// The first deal of a supplier in the window.
std::optional<kernel::CivilDay> DayIn(const StoryOutcome& outcome, const std::string& supplier,
                                      const ForecastOptions& window) {
  for (const DealOutcome& deal : outcome.deals) {
    if (deal.supplier == supplier && deal.day >= window.from && deal.day <= window.to) {
      return deal.day;
    }
  }
  return std::nullopt;
}

ForecastRow RowOf(const SupplierName& supplier, const std::vector<StoryOutcome>& outcomes,
                  const StoryOutcome& recorded, const ForecastOptions& window) {
  std::vector<kernel::CivilDay> days;
  for (const StoryOutcome& outcome : outcomes) {
    if (const auto day = DayIn(outcome, supplier.id, window)) days.push_back(*day);
  }
  std::ranges::sort(days);
  const int runs = static_cast<int>(outcomes.size());
  ForecastRow row;
  row.supplier = supplier;
  row.named = std::ranges::find(window.named, supplier.id) != window.named.end();
  row.count = static_cast<int>(days.size());
  row.share = static_cast<double>(row.count) / runs;
  row.interval = WilsonInterval(row.count, runs);
  row.probability = (row.count + 0.5) / (runs + 1.0);
  if (!days.empty()) row.median_day = days[(days.size() - 1) / 2];
  row.recorded_day = DayIn(recorded, supplier.id, window);
  row.announced = row.recorded_day.has_value();
  row.log_score = LogScore(row.probability, row.announced);
  return row;
}

}  // namespace

double LogScore(double probability, bool happened) {
  return happened ? math::Log(probability) : math::Log1p(-probability);
}

ForecastReport MakeForecast(const std::vector<StoryOutcome>& outcomes, const StoryOutcome& recorded,
                            const std::vector<SupplierName>& suppliers,
                            const ForecastOptions& options) {
  ForecastReport report;
  report.window = options;
  report.runs = static_cast<int>(outcomes.size());
  for (const SupplierName& supplier : suppliers) {
    report.rows.push_back(RowOf(supplier, outcomes, recorded, options));
    report.expected += report.rows.back().probability;
  }
  const double count = static_cast<double>(suppliers.size());
  report.deals_before =
      static_cast<int>(std::ranges::count_if(recorded.deals, [&](const DealOutcome& deal) {
        return deal.day >= options.rate_from && deal.day < options.from;
      }));
  report.days_before = static_cast<int>(options.from - options.rate_from);
  report.days = static_cast<int>(options.to - options.from) + 1;
  const double expected = report.deals_before * static_cast<double>(report.days) /
                          static_cast<double>(report.days_before);
  // Half a deal if there was none, as above.
  const double floor = 0.5 * report.days / report.days_before;
  report.rate_probability = -math::Expm1(-(expected > 0 ? expected : floor) / count);
  report.equal_probability = report.expected / count;
  for (const ForecastRow& row : report.rows) {
    for (LogScores* scores : {&report.all, &report.named}) {
      if (scores == &report.named && !row.named) continue;
      ++scores->suppliers;
      scores->runs += row.log_score;
      scores->rate += LogScore(report.rate_probability, row.announced);
      scores->equal += LogScore(report.equal_probability, row.announced);
    }
  }
  return report;
}

}  // namespace oneup::sims
