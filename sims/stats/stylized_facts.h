// The statistical regularities that prices of every liquid market share: R. Cont
// (2001), "Empirical properties of asset returns: stylized facts and statistical
// issues", Quantitative Finance 1, 223-236; metrics and ranges for simulated
// markets after S. Vyetrenko et al. (2019), "Get real: realism metrics for robust
// limit order book market simulations". Order signs: F. Lillo and J. D. Farmer
// (2004), "The long memory of the efficient market"; impact: J.-P. Bouchaud,
// J. D. Farmer, F. Lillo (2009), "How markets slowly digest changes in supply and
// demand".
//
//   fact                        metric                                   range
//   no linear autocorrelation   share of lags 2-50 within +-2/sqrt(N)    >= 0.9
//   heavy tails                 excess kurtosis at 1 minute              > 1
//                               Hill index of the top 5 %                2 to 5
//   aggregational normality     excess kurtosis at 50 minutes            nearer 0
//   volatility clustering       ACF of |r| at lags 1, 10, 50             > 2/sqrt(N)
//                               its decay, b in lag^-b over lags 1-50    0 to 1
//   volume and volatility       corr(volume, |r|)                        > 0.2
//   concave impact              log-log slope of impact on size          0.2 to 0.7
//   order signs                 exponent g of their ACF ~ lag^-g         0.4 to 0.7
//
// A market made on one day's pattern would show clustering that is only the time
// of day: give returns of whole days, and see `detrend`.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oneup::sims {

// What was measured on a market. Any part may be empty: its facts are then not
// measured (and do not pass).
struct MarketSample {
  // Log returns of consecutive minutes, the days one after another; the return over
  // a night belongs to no minute and stays out.
  std::vector<double> returns;
  // Index of each day's first return, ascending, beginning with 0; empty for one
  // day. No lag and no sum of returns crosses the border of two days.
  std::vector<size_t> day_starts;
  std::vector<double> volumes;  // shares traded in each of these minutes
  std::vector<double> signs;    // of the trades in order: +1 buyer's, -1 seller's
  // Of trades or metaorders: their size, and the change of the mid-price in the
  // direction of the trade (>= 0 on average). Any units.
  std::vector<double> impact_sizes;
  std::vector<double> impacts;
};

enum class Fact {
  kNoAutocorrelation,
  kHeavyTails,
  kAggregationalNormality,
  kVolatilityClustering,
  kVolumeVolatility,
  kConcaveImpact,
  kOrderSigns,
};

std::string_view FactName(Fact fact);  // "heavy tails"

// One line of the table.
struct FactMetric {
  Fact fact = Fact::kNoAutocorrelation;
  std::string metric;  // "excess kurtosis at 1 min"
  double value = 0;    // NaN if it could not be measured
  std::string range;   // "> 1"
  bool holds = false;
};

struct StylizedFactsOptions {
  // Divide each minute's return by the root mean square of that minute of the day,
  // so that the U-shape of the day does not pass for clustering. Needs at least five
  // days, all of equal length, else it has no effect. Applies to clustering only.
  bool detrend = true;
  int sign_lags = 100;  // lags over which the exponent of order signs is fitted
  int impact_bins = 20;
};

// Every metric, in the table's order. O(minutes x 50 + trades x sign_lags).
std::vector<FactMetric> MeasureStylizedFacts(const MarketSample& sample,
                                             const StylizedFactsOptions& options = {});

// Whether all metrics of a fact hold.
bool FactHolds(std::span<const FactMetric> metrics, Fact fact);

}  // namespace oneup::sims
