#include "sims/replay/price_paths.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "sims/stats/descriptive.h"

namespace oneup::sims {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

double RecordedClose(const RecordedPrices* prices, kernel::CivilDay day) {
  const DailyBar* bar = prices != nullptr ? prices->Find(day) : nullptr;
  return bar != nullptr ? bar->close : kNaN;
}

// The closes of one day over all runs.
std::vector<double> ClosesOn(const std::vector<const std::vector<double>*>& runs, size_t day) {
  std::vector<double> closes;
  for (const std::vector<double>* run : runs) closes.push_back((*run)[day]);
  return closes;
}

}  // namespace

std::vector<PricePath> PricePaths(const LoadedScenario& scenario,
                                  const std::vector<RunSummary>& runs, kernel::CivilDay from) {
  // A run keeps a close for every session since the scenario's first day.
  const kernel::CivilDay start = *kernel::ParseDay(scenario.proto.start_date());
  std::vector<PricePath> paths;
  for (int l = 0; l < scenario.proto.listings_size(); ++l) {
    const v1::Listing& listing = scenario.proto.listings(l);
    if (listing.is_index()) continue;
    std::vector<const std::vector<double>*> kept;
    for (const RunSummary& run : runs) {
      if (!run.closes.empty()) kept.push_back(&run.closes[static_cast<size_t>(l)]);
    }
    if (kept.empty()) continue;
    const kernel::TradingCalendar& calendar = *scenario.FindCalendar(listing.calendar());
    const size_t first = calendar.IndexOnOrAfter(start);
    const auto day_of = [&](size_t i) { return calendar.sessions()[first + i].day; };
    const size_t end = kept.front()->size();
    size_t base = 0;
    while (base < end && day_of(base) < from) ++base;
    if (base == end) continue;
    const RecordedPrices* record = scenario.FindPrices(listing.ticker());
    for (size_t i = base; i < end; ++i) {
      if (RecordedClose(record, day_of(i)) > 0) {
        base = i;
        break;
      }
    }
    const double recorded = RecordedClose(record, day_of(base));
    const std::vector<double> bases = ClosesOn(kept, base);
    const double level = recorded > 0 ? recorded : Median(bases);
    PricePath path;
    path.listing = l;
    for (size_t i = base; i < end; ++i) {
      std::vector<double> closes = ClosesOn(kept, i);
      for (size_t r = 0; r < closes.size(); ++r) closes[r] *= level / bases[r];
      const std::vector<double> quantiles = Quantiles(closes, std::vector<double>{0.5, 0.05, 0.95});
      path.days.push_back(day_of(i));
      path.simulated.push_back({quantiles[0], quantiles[1], quantiles[2]});
      path.recorded.push_back(RecordedClose(record, day_of(i)));
    }
    paths.push_back(std::move(path));
  }
  return paths;
}

}  // namespace oneup::sims
