// Descriptive statistics of series, in fixed order so that they are equal on all
// machines. Spans hold finite numbers; where a statistic does not exist (too few
// values, no spread) the result is NaN, never an error.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace oneup::sims {

double Mean(std::span<const double> values);
// Unbiased (n - 1); NaN below 2 values.
double Variance(std::span<const double> values);
double StandardDeviation(std::span<const double> values);

// Moments m_k = mean of (x - mean)^k: m3 / m2^1.5, and m4 / m2^2 - 3, which is 0 for
// a normal. Not corrected for bias, as in Cont (2001).
double Skewness(std::span<const double> values);
double ExcessKurtosis(std::span<const double> values);

// The p-quantile, 0 <= p <= 1, linear between order statistics: Hyndman and Fan's
// (1996) type 7, the default of R, NumPy and Excel. O(n).
double Quantile(std::span<const double> values, double p);
// Several at once; sorts once. O(n log n).
std::vector<double> Quantiles(std::span<const double> values, std::span<const double> ps);
double Median(std::span<const double> values);

// Where that quantile lies among n >= 1 values in ascending order: so much of the way from the
// value with this index to the next. Of the last one there is no next, and the share is 0.
struct QuantilePlace {
  size_t index = 0;
  double share = 0;
};
QuantilePlace PlaceOfQuantile(size_t n, double p);

// Pearson's correlation of pairs of equal number.
double Correlation(std::span<const double> x, std::span<const double> y);

// Autocorrelation at lag 1 <= lag < n: sum (x_t - m)(x_{t+lag} - m) / sum (x_t - m)^2.
double Autocorrelation(std::span<const double> values, int lag);
// At the lags 1..max_lag; element i belongs to lag i + 1.
std::vector<double> Autocorrelations(std::span<const double> values, int max_lag);

// Tail index of Hill (1975): of the k largest |x|, k = floor(fraction n), at least
// 1, the inverse of the mean of ln |x| over ln of the (k+1)-th. For a tail
// P(|X| > x) ~ x^-a it estimates a, with standard error a / sqrt(k).
double HillIndex(std::span<const double> values, double fraction = 0.05);

// y = intercept + slope x by least squares.
struct Line {
  double intercept = 0;
  double slope = 0;
  double slope_error = 0;  // standard error of the slope
  double r_squared = 0;
};
// NaN if x does not vary or there are fewer than 2 points.
Line FitLine(std::span<const double> x, std::span<const double> y);
// ln y = ln c + slope ln x over the pairs with x > 0 and y > 0.
Line FitPower(std::span<const double> x, std::span<const double> y);

// Means of y in `bins` groups of equal number, ordered by x: what removes the noise
// of single values before a fit. Fewer groups if there are fewer values.
struct Binned {
  std::vector<double> x;
  std::vector<double> y;
};
Binned BinByQuantile(std::span<const double> x, std::span<const double> y, int bins);

// The statistic of each of `resamples` samples as large as `values`, drawn from them with
// replacement (Efron 1979). Each has a random stream of its own: their number changes none of them.
std::vector<double> BootstrapStatistics(
    std::span<const double> values, const std::function<double(std::span<const double>)>& statistic,
    int resamples = 1000, uint64_t seed = 1);

// Percentile bootstrap: the interval between the (1 - level) / 2 and (1 + level) / 2 quantiles of
// these statistics. NaN limits for no values or no resamples.
struct Interval {
  double low = 0;
  double high = 0;
};
Interval Bootstrap(std::span<const double> values,
                   const std::function<double(std::span<const double>)>& statistic,
                   double level = 0.90, int resamples = 1000, uint64_t seed = 1);

}  // namespace oneup::sims
