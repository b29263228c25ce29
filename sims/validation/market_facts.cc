#include "sims/validation/market_facts.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "market/kernel/math.h"

namespace oneup::sims {
namespace {

struct TradeTape {
  std::vector<double> mids;  // before each trade
  std::vector<double> signs;
  std::vector<double> sizes;

  static void OnTrade(void* self, double mid_before, exchange::Side side, int64_t shares) {
    TradeTape& tape = *static_cast<TradeTape*>(self);
    tape.mids.push_back(mid_before);
    tape.signs.push_back(side == exchange::Side::kBuy ? 1 : -1);
    tape.sizes.push_back(static_cast<double>(shares));
  }
};

int FindListing(const LoadedScenario& scenario, const std::string& ticker) {
  for (int i = 0; i < scenario.proto.listings_size(); ++i) {
    if (scenario.proto.listings(i).ticker() == ticker) return i;
  }
  return 0;
}

}  // namespace

MarketSample SampleMarket(const LoadedScenario& scenario, const MarketFactsOptions& options) {
  const int listing = FindListing(scenario, options.ticker);
  const kernel::TradingCalendar& calendar =
      *scenario.FindCalendar(scenario.proto.listings(listing).calendar());
  World world(scenario, options.run, nullptr);
  traders::ListingMarket& market = world.market(listing);
  MarketSample sample;
  TradeTape tape;
  const size_t first = calendar.IndexOnOrAfter(options.first);
  const size_t last =
      std::min(first + static_cast<size_t>(options.sessions), calendar.sessions().size());
  for (size_t i = first; i < last; ++i) {
    const kernel::Session& session = calendar.sessions()[i];
    sample.day_starts.push_back(sample.returns.size());
    double price = 0;
    int64_t volume = 0;
    // From a minute after the opening auction to a minute before the closing one.
    for (Time at = session.open + Duration::Minutes(1); at < session.closing_call;
         at = at + Duration::Minutes(1)) {
      world.RunUntil(at);
      const double now = math::Log(market.price());
      const int64_t traded = market.venue().tape().day().volume;
      if (price != 0) {
        sample.returns.push_back(now - price);
        sample.volumes.push_back(static_cast<double>(traded - volume));
      }
      price = now;
      volume = traded;
      market.set_trade_listener({&tape, &TradeTape::OnTrade});
    }
    world.RunUntil(session.closing_call - Duration::Nanos(1));
    market.set_trade_listener({});
    // The impact of a trade shows in the touch that the next one of the day meets.
    for (size_t k = 0; k + 1 < tape.mids.size(); ++k) {
      sample.impact_sizes.push_back(tape.sizes[k]);
      sample.impacts.push_back(tape.signs[k] * math::Log(tape.mids[k + 1] / tape.mids[k]));
    }
    sample.signs.insert(sample.signs.end(), tape.signs.begin(), tape.signs.end());
    tape = {};
  }
  return sample;
}

std::vector<Check> CheckStylizedFacts(const LoadedScenario& scenario,
                                      const MarketFactsOptions& options) {
  std::vector<std::vector<FactMetric>> by_metric;
  MarketFactsOptions one = options;
  for (int run = 0; run < options.runs; ++run) {
    one.run.seed = options.run.seed + static_cast<uint64_t>(run);
    std::vector<FactMetric> measured = MeasureStylizedFacts(SampleMarket(scenario, one));
    by_metric.resize(measured.size());
    for (size_t m = 0; m < measured.size(); ++m) by_metric[m].push_back(std::move(measured[m]));
  }
  std::vector<Check> checks;
  for (std::vector<FactMetric>& runs : by_metric) {
    const auto middle = runs.begin() + static_cast<std::ptrdiff_t>(runs.size() / 2);
    // What could not be measured (NaN) counts as the lowest value: the order stays total.
    std::ranges::nth_element(runs, middle, [](const FactMetric& a, const FactMetric& b) {
      return !std::isnan(b.value) && (std::isnan(a.value) || a.value < b.value);
    });
    checks.push_back({std::string(FactName(middle->fact)) + ": " + middle->metric,
                      "Cont (2001); Vyetrenko et al. (2019)", middle->value, middle->range,
                      middle->holds});
  }
  return checks;
}

}  // namespace oneup::sims
