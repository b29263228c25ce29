#include "sims/stats/descriptive.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "market/kernel/math.h"
#include "market/kernel/random.h"

namespace oneup::sims {
namespace {

// Mean of (x - mean)^power.
double CentralMoment(std::span<const double> values, int power) {
  const double mean = Mean(values);
  double sum = 0;
  for (const double x : values) {
    double product = 1;
    for (int i = 0; i < power; ++i) product *= x - mean;
    sum += product;
  }
  return sum / static_cast<double>(values.size());
}

double QuantileOfSorted(std::span<const double> sorted, double p) {
  if (sorted.empty() || !(p >= 0.0 && p <= 1.0)) return math::kNaN;
  const QuantilePlace place = PlaceOfQuantile(sorted.size(), p);
  if (place.index + 1 >= sorted.size()) return sorted.back();
  const double at = sorted[place.index];
  return at + place.share * (sorted[place.index + 1] - at);
}

}  // namespace

double Mean(std::span<const double> values) {
  if (values.empty()) return math::kNaN;
  double sum = 0;
  for (const double x : values) sum += x;
  return sum / static_cast<double>(values.size());
}

double Variance(std::span<const double> values) {
  if (values.size() < 2) return math::kNaN;
  const double n = static_cast<double>(values.size());
  return CentralMoment(values, 2) * n / (n - 1);
}

double StandardDeviation(std::span<const double> values) { return std::sqrt(Variance(values)); }

double Skewness(std::span<const double> values) {
  if (values.empty()) return math::kNaN;
  const double m2 = CentralMoment(values, 2);
  return m2 > 0 ? CentralMoment(values, 3) / (m2 * std::sqrt(m2)) : math::kNaN;
}

double ExcessKurtosis(std::span<const double> values) {
  if (values.empty()) return math::kNaN;
  const double m2 = CentralMoment(values, 2);
  return m2 > 0 ? CentralMoment(values, 4) / (m2 * m2) - 3.0 : math::kNaN;
}

double Quantile(std::span<const double> values, double p) {
  return Quantiles(values, std::span(&p, 1)).front();
}

std::vector<double> Quantiles(std::span<const double> values, std::span<const double> ps) {
  std::vector<double> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  std::vector<double> result;
  for (const double p : ps) result.push_back(QuantileOfSorted(sorted, p));
  return result;
}

double Median(std::span<const double> values) { return Quantile(values, 0.5); }

QuantilePlace PlaceOfQuantile(size_t n, double p) {
  const double position = p * static_cast<double>(n - 1);
  const auto index = static_cast<size_t>(position);
  return {index, position - static_cast<double>(index)};
}

double Correlation(std::span<const double> x, std::span<const double> y) {
  if (x.size() != y.size() || x.size() < 2) return math::kNaN;
  const double x_mean = Mean(x);
  const double y_mean = Mean(y);
  double xx = 0;
  double yy = 0;
  double xy = 0;
  for (size_t i = 0; i < x.size(); ++i) {
    xx += (x[i] - x_mean) * (x[i] - x_mean);
    yy += (y[i] - y_mean) * (y[i] - y_mean);
    xy += (x[i] - x_mean) * (y[i] - y_mean);
  }
  return xx > 0 && yy > 0 ? xy / std::sqrt(xx * yy) : math::kNaN;
}

double Autocorrelation(std::span<const double> values, int lag) {
  const auto n = std::ssize(values);
  if (lag < 1 || lag >= n) return math::kNaN;
  const double mean = Mean(values);
  double squares = 0;
  double products = 0;
  for (ptrdiff_t i = 0; i < n; ++i) {
    const double x = values[static_cast<size_t>(i)] - mean;
    squares += x * x;
    if (i + lag < n) products += x * (values[static_cast<size_t>(i + lag)] - mean);
  }
  return squares > 0 ? products / squares : math::kNaN;
}

std::vector<double> Autocorrelations(std::span<const double> values, int max_lag) {
  std::vector<double> result;
  for (int lag = 1; lag <= max_lag; ++lag) result.push_back(Autocorrelation(values, lag));
  return result;
}

double HillIndex(std::span<const double> values, double fraction) {
  const auto k =
      std::max<size_t>(1, static_cast<size_t>(fraction * static_cast<double>(values.size())));
  if (values.size() < k + 1) return math::kNaN;
  std::vector<double> sizes;
  for (const double x : values) sizes.push_back(std::fabs(x));
  std::sort(sizes.begin(), sizes.end(), std::greater<>());
  const double threshold = sizes[k];
  if (!(threshold > 0)) return math::kNaN;
  double sum = 0;
  for (size_t i = 0; i < k; ++i) sum += math::Log(sizes[i] / threshold);
  return sum > 0 ? static_cast<double>(k) / sum : math::kNaN;
}

Line FitLine(std::span<const double> x, std::span<const double> y) {
  const Line none = {math::kNaN, math::kNaN, math::kNaN, math::kNaN};
  if (x.size() != y.size() || x.size() < 2) return none;
  const double x_mean = Mean(x);
  const double y_mean = Mean(y);
  double xx = 0;
  double yy = 0;
  double xy = 0;
  for (size_t i = 0; i < x.size(); ++i) {
    xx += (x[i] - x_mean) * (x[i] - x_mean);
    yy += (y[i] - y_mean) * (y[i] - y_mean);
    xy += (x[i] - x_mean) * (y[i] - y_mean);
  }
  if (!(xx > 0)) return none;
  Line line;
  line.slope = xy / xx;
  line.intercept = y_mean - line.slope * x_mean;
  const double residual = std::max(0.0, yy - line.slope * xy);
  const double degrees = static_cast<double>(x.size()) - 2;
  line.slope_error = degrees > 0 ? std::sqrt(residual / degrees / xx) : math::kNaN;
  line.r_squared = yy > 0 ? 1.0 - residual / yy : math::kNaN;
  return line;
}

Line FitPower(std::span<const double> x, std::span<const double> y) {
  std::vector<double> log_x;
  std::vector<double> log_y;
  for (size_t i = 0; i < std::min(x.size(), y.size()); ++i) {
    if (!(x[i] > 0 && y[i] > 0)) continue;
    log_x.push_back(math::Log(x[i]));
    log_y.push_back(math::Log(y[i]));
  }
  return FitLine(log_x, log_y);
}

Binned BinByQuantile(std::span<const double> x, std::span<const double> y, int bins) {
  Binned result;
  const size_t n = std::min(x.size(), y.size());
  const size_t groups = std::min(n, static_cast<size_t>(std::max(bins, 0)));
  std::vector<size_t> order(n);
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return x[a] < x[b]; });
  for (size_t group = 0; group < groups; ++group) {
    const size_t begin = group * n / groups;
    const size_t end = (group + 1) * n / groups;
    double x_sum = 0;
    double y_sum = 0;
    for (size_t i = begin; i < end; ++i) {
      x_sum += x[order[i]];
      y_sum += y[order[i]];
    }
    result.x.push_back(x_sum / static_cast<double>(end - begin));
    result.y.push_back(y_sum / static_cast<double>(end - begin));
  }
  return result;
}

std::vector<double> BootstrapStatistics(
    std::span<const double> values, const std::function<double(std::span<const double>)>& statistic,
    int resamples, uint64_t seed) {
  std::vector<double> results;
  if (values.empty()) return results;
  std::vector<double> sample(values.size());
  for (int i = 0; i < resamples; ++i) {
    kernel::Stream stream(seed, static_cast<uint32_t>(i), 0);
    for (double& x : sample) x = values[stream.Index(static_cast<uint32_t>(values.size()))];
    results.push_back(statistic(sample));
  }
  return results;
}

Interval Bootstrap(std::span<const double> values,
                   const std::function<double(std::span<const double>)>& statistic, double level,
                   int resamples, uint64_t seed) {
  const double ps[] = {(1 - level) / 2, (1 + level) / 2};
  const std::vector<double> bounds =
      Quantiles(BootstrapStatistics(values, statistic, resamples, seed), ps);
  return {bounds[0], bounds[1]};
}

}  // namespace oneup::sims
