#include "sims/stats/stylized_facts.h"

#include <absl/strings/str_format.h>

#include <algorithm>
#include <cmath>

#include "market/kernel/math.h"
#include "sims/stats/descriptive.h"

namespace oneup::sims {
namespace {

constexpr int kAggregation = 50;  // minutes
constexpr int kLongestLag = 50;

// A series cut into days.
struct Days {
  std::span<const double> values;
  std::vector<size_t> starts;  // ends with values.size()

  Days(std::span<const double> all, std::span<const size_t> day_starts)
      : values(all), starts(day_starts.begin(), day_starts.end()) {
    if (starts.empty() || starts.front() != 0) starts.insert(starts.begin(), 0);
    while (!starts.empty() && starts.back() >= values.size()) starts.pop_back();
    starts.push_back(values.size());
  }
  size_t count() const { return starts.size() - 1; }
  std::span<const double> day(size_t i) const {
    return values.subspan(starts[i], starts[i + 1] - starts[i]);
  }
};

struct Acf {
  double value = math::kNaN;
  double pairs = 0;
  // Two standard errors of the ACF of an independent series.
  double Band() const { return 2.0 / std::sqrt(pairs); }
};

// Autocorrelation from the pairs within days only, each day around the common mean.
Acf DailyAutocorrelation(const Days& days, int lag) {
  const double mean = Mean(days.values);
  double squares = 0;
  for (const double x : days.values) squares += (x - mean) * (x - mean);
  double products = 0;
  double pairs = 0;
  for (size_t d = 0; d < days.count(); ++d) {
    const std::span<const double> day = days.day(d);
    for (size_t i = static_cast<size_t>(lag); i < day.size(); ++i) {
      products += (day[i] - mean) * (day[i - static_cast<size_t>(lag)] - mean);
      pairs += 1;
    }
  }
  if (!(squares > 0) || pairs < 1) return {};
  return {products / pairs / (squares / static_cast<double>(days.values.size())), pairs};
}

// Sums of `length` consecutive returns of a day, not overlapping; the rest of a day
// that makes no whole sum is left out.
std::vector<double> Aggregate(const Days& days, size_t length) {
  std::vector<double> sums;
  for (size_t d = 0; d < days.count(); ++d) {
    const std::span<const double> day = days.day(d);
    for (size_t i = 0; i + length <= day.size(); i += length) {
      double sum = 0;
      for (size_t j = i; j < i + length; ++j) sum += day[j];
      sums.push_back(sum);
    }
  }
  return sums;
}

std::vector<double> AbsoluteReturns(const Days& days, bool detrend) {
  std::vector<double> sizes;
  for (const double r : days.values) sizes.push_back(std::fabs(r));
  if (!detrend || days.count() < 5) return sizes;
  const size_t length = days.day(0).size();
  for (size_t d = 1; d < days.count(); ++d) {
    if (days.day(d).size() != length) return sizes;
  }
  for (size_t minute = 0; minute < length; ++minute) {
    double squares = 0;
    for (size_t i = minute; i < sizes.size(); i += length) squares += sizes[i] * sizes[i];
    const double scale = std::sqrt(squares / static_cast<double>(days.count()));
    if (!(scale > 0)) continue;
    for (size_t i = minute; i < sizes.size(); i += length) sizes[i] /= scale;
  }
  return sizes;
}

// The exponent g of an autocorrelation ~ lag^-g, fitted to means over lags 1, 2,
// 3-4, 5-8, ... which hold out against noise at long lags. NaN if the series has no
// memory at lag 1 or fewer than three means are positive.
double MemoryExponent(const Days& days, int max_lag) {
  std::vector<double> lags;
  std::vector<double> values;
  for (int first = 1, last = 1; first <= max_lag; first = last + 1, last *= 2) {
    const int end = std::min(last, max_lag);
    double sum = 0;
    double log_sum = 0;
    for (int lag = first; lag <= end; ++lag) {
      const Acf acf = DailyAutocorrelation(days, lag);
      if (lag == 1 && !(acf.value > acf.Band())) return math::kNaN;
      sum += acf.value;
      log_sum += math::Log(lag);
    }
    const double n = end - first + 1;
    if (!(sum > 0)) continue;
    lags.push_back(math::Exp(log_sum / n));
    values.push_back(sum / n);
  }
  return values.size() < 3 ? math::kNaN : -FitPower(lags, values).slope;
}

bool Within(double value, double low, double high) { return value >= low && value <= high; }

}  // namespace

std::string_view FactName(Fact fact) {
  switch (fact) {
    case Fact::kNoAutocorrelation:
      return "no linear autocorrelation";
    case Fact::kHeavyTails:
      return "heavy tails";
    case Fact::kAggregationalNormality:
      return "aggregational normality";
    case Fact::kVolatilityClustering:
      return "volatility clustering";
    case Fact::kVolumeVolatility:
      return "volume and volatility";
    case Fact::kConcaveImpact:
      return "concave impact";
    case Fact::kOrderSigns:
      return "order signs";
  }
  return "";
}

std::vector<FactMetric> MeasureStylizedFacts(const MarketSample& sample,
                                             const StylizedFactsOptions& options) {
  std::vector<FactMetric> metrics;
  const auto add = [&](Fact fact, std::string metric, double value, std::string range, bool holds) {
    metrics.push_back({fact, std::move(metric), value, std::move(range), holds});
  };
  const Days returns(sample.returns, sample.day_starts);

  int within = 0;
  int measured = 0;
  for (int lag = 2; lag <= kLongestLag; ++lag) {
    const Acf acf = DailyAutocorrelation(returns, lag);
    if (std::isnan(acf.value)) continue;
    ++measured;
    if (std::fabs(acf.value) <= acf.Band()) ++within;
  }
  const double share =
      measured == kLongestLag - 1 ? static_cast<double>(within) / measured : math::kNaN;
  add(Fact::kNoAutocorrelation, "share of ACF lags 2-50 within +-2/sqrt(N)", share, ">= 0.9",
      share >= 0.9);

  const double kurtosis = ExcessKurtosis(sample.returns);
  add(Fact::kHeavyTails, "excess kurtosis at 1 min", kurtosis, "> 1", kurtosis > 1);
  const double hill = HillIndex(sample.returns);
  add(Fact::kHeavyTails, "Hill index of the top 5 %", hill, "2 to 5", Within(hill, 2, 5));

  const double aggregated = ExcessKurtosis(Aggregate(returns, kAggregation));
  add(Fact::kAggregationalNormality, "excess kurtosis at 50 min", aggregated,
      absl::StrFormat("nearer 0 than %.2f", kurtosis), std::fabs(aggregated) < std::fabs(kurtosis));

  const std::vector<double> sizes = AbsoluteReturns(returns, options.detrend);
  const Days absolute(sizes, sample.day_starts);
  for (const int lag : {1, 10, kLongestLag}) {
    const Acf acf = DailyAutocorrelation(absolute, lag);
    add(Fact::kVolatilityClustering, absl::StrFormat("ACF of |r| at lag %d", lag), acf.value,
        absl::StrFormat("> %.4f", acf.pairs > 0 ? acf.Band() : math::kNaN), acf.value > acf.Band());
  }
  const double decay = MemoryExponent(absolute, kLongestLag);
  add(Fact::kVolatilityClustering, "its decay, exponent over lags 1-50", decay, "0 to 1",
      Within(decay, 0, 1));

  std::vector<double> raw_sizes;
  for (const double r : sample.returns) raw_sizes.push_back(std::fabs(r));
  const double correlation = Correlation(sample.volumes, raw_sizes);
  add(Fact::kVolumeVolatility, "corr(volume, |r|)", correlation, "> 0.2", correlation > 0.2);

  const Binned bins = BinByQuantile(sample.impact_sizes, sample.impacts, options.impact_bins);
  const auto positive = std::count_if(bins.y.begin(), bins.y.end(), [](double y) { return y > 0; });
  const double impact = positive < 3 ? math::kNaN : FitPower(bins.x, bins.y).slope;
  add(Fact::kConcaveImpact, "log-log slope of impact on size", impact, "0.2 to 0.7",
      Within(impact, 0.2, 0.7));

  const double memory = MemoryExponent(Days(sample.signs, {}), options.sign_lags);
  add(Fact::kOrderSigns, "exponent of the ACF of signs", memory, "0.4 to 0.7",
      Within(memory, 0.4, 0.7));
  return metrics;
}

bool FactHolds(std::span<const FactMetric> metrics, Fact fact) {
  bool found = false;
  for (const FactMetric& metric : metrics) {
    if (metric.fact != fact) continue;
    found = true;
    if (!metric.holds) return false;
  }
  return found;
}

}  // namespace oneup::sims
