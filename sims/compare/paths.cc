#include "sims/compare/paths.h"

#include <algorithm>

#include "sims/stats/descriptive.h"

namespace oneup::sims {
namespace {

constexpr size_t kEvery = 5;  // sessions: a week

std::vector<std::vector<double>> Thinned(const RunResult& run) {
  std::vector<std::vector<double>> closes;
  for (const RecordedPrices& prices : run.prices) {
    std::vector<double>& kept = closes.emplace_back();
    for (size_t i = 0; i < prices.bars.size(); i += kEvery) {
      kept.push_back(prices.bars[i].close / prices.bars.front().close);
    }
  }
  return closes;
}

void AddDay(std::vector<double> values, Band* band) {
  const std::vector<double> quantiles = Quantiles(values, std::vector<double>{0.05, 0.5, 0.95});
  band->p05.push_back(quantiles[0]);
  band->median.push_back(quantiles[1]);
  band->p95.push_back(quantiles[2]);
}

}  // namespace

PathRecorder::PathRecorder(const LoadedScenario& scenario) {
  for (const v1::Listing& listing : scenario.proto.listings()) tickers_.push_back(listing.ticker());
}

void PathRecorder::Resize(size_t pairs) {
  baseline_.resize(std::min(pairs, kMostPairs));
  changed_.resize(baseline_.size());
}

void PathRecorder::Keep(size_t pair, const RunResult& baseline, const RunResult& changed) {
  if (pair >= baseline_.size()) return;
  baseline_[pair] = Thinned(baseline);
  changed_[pair] = Thinned(changed);
  if (pair != 0) return;
  // Sessions are the calendar's: the same in all runs.
  for (const RecordedPrices& prices : baseline.prices) {
    std::vector<kernel::CivilDay>& days = days_.emplace_back();
    for (size_t i = 0; i < prices.bars.size(); i += kEvery) days.push_back(prices.bars[i].day);
  }
}

PairedPaths PathRecorder::Bands() const {
  PairedPaths paths;
  paths.pairs = static_cast<int>(baseline_.size());
  for (size_t l = 0; l < days_.size(); ++l) {
    ListingPaths& listing = paths.listings.emplace_back();
    listing.ticker = tickers_[l];
    listing.days = days_[l];
    for (size_t d = 0; d < listing.days.size(); ++d) {
      std::vector<double> a;
      std::vector<double> b;
      std::vector<double> difference;
      for (size_t pair = 0; pair < baseline_.size(); ++pair) {
        a.push_back(baseline_[pair][l][d]);
        b.push_back(changed_[pair][l][d]);
        difference.push_back(b.back() - a.back());
      }
      AddDay(std::move(a), &listing.baseline);
      AddDay(std::move(b), &listing.changed);
      AddDay(std::move(difference), &listing.difference);
    }
  }
  return paths;
}

}  // namespace oneup::sims
