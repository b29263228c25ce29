#include "sims/stats/paired.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "market/kernel/math.h"
#include "market/kernel/random.h"
#include "sims/stats/distributions.h"
#include "sims/stats/intervals.h"

namespace oneup::sims {
namespace {

// P(Z <= z) for a standard normal Z.
double NormalP(double z) {
  const double tail = TwoSidedNormalP(z) / 2;
  return z < 0 ? tail : 1 - tail;
}

// Sums of the values under each of the 2^n assignments of signs.
std::vector<double> SignedSums(std::span<const double> values) {
  std::vector<double> sums = {0};
  for (const double x : values) {
    const size_t n = sums.size();
    for (size_t i = 0; i < n; ++i) sums.push_back(sums[i] + x);
    for (size_t i = 0; i < n; ++i) sums[i] -= x;
  }
  return sums;
}

// The share of all assignments with |sum| >= least. Each sum is one of the first half's and one of
// the second's, so that none is the end of a long chain of rounded steps.
double ExactShare(std::span<const double> values, double least) {
  const std::vector<double> first = SignedSums(values.first(values.size() / 2));
  const std::vector<double> second = SignedSums(values.subspan(values.size() / 2));
  int64_t count = 0;
  for (const double a : first) {
    for (const double b : second) count += std::fabs(a + b) >= least ? 1 : 0;
  }
  return static_cast<double>(count) / static_cast<double>(first.size() * second.size());
}

double SampledShare(std::span<const double> values, double least, int draws, uint64_t seed) {
  int count = 0;
  for (int draw = 0; draw < draws; ++draw) {
    kernel::Stream stream(seed, static_cast<uint32_t>(draw), 0);
    double sum = 0;
    uint32_t signs = 0;
    for (size_t i = 0; i < values.size(); ++i) {
      if (i % 32 == 0) signs = stream.NextU32();
      sum += (signs >> (i % 32) & 1) != 0 ? values[i] : -values[i];
    }
    if (std::fabs(sum) >= least) ++count;
  }
  return (1.0 + count) / (1.0 + draws);
}

}  // namespace

std::vector<double> Differences(std::span<const double> baseline, std::span<const double> changed) {
  assert(baseline.size() == changed.size());
  std::vector<double> differences;
  for (size_t i = 0; i < baseline.size(); ++i) differences.push_back(changed[i] - baseline[i]);
  return differences;
}

PairedDifference ComparePairs(std::span<const double> baseline, std::span<const double> changed,
                              double level) {
  const std::vector<double> differences = Differences(baseline, changed);
  const MeanInterval interval = MeanWithInterval(differences, level);
  const double variance = Variance(differences);
  return {.baseline = Mean(baseline),
          .changed = Mean(changed),
          .difference = interval.mean,
          .low = interval.low,
          .high = interval.high,
          .variance_reduction =
              variance > 0 ? (Variance(baseline) + Variance(changed)) / variance : math::kNaN};
}

Interval BcaInterval(std::span<const double> values, double level, int resamples, uint64_t seed) {
  if (values.size() < 2 || resamples < 1) return {math::kNaN, math::kNaN};
  if (std::ranges::all_of(values, [&](double x) { return x == values[0]; })) {
    return {values[0], values[0]};
  }
  const std::vector<double> means = BootstrapStatistics(values, Mean, resamples, seed);
  // All resampled means on one side of the mean would send z0 to infinity.
  const double edge = 0.5 / resamples;
  const double z0 = math::NormalQuantile(std::clamp(RankOf(Mean(values), means), edge, 1 - edge));
  // Skewness is m3 / m2^1.5 of means; of sums it is smaller by sqrt(n).
  const double a = Skewness(values) / (6 * std::sqrt(static_cast<double>(values.size())));
  const auto moved = [&](double p) {
    const double z = z0 + math::NormalQuantile(p);
    return NormalP(z0 + z / (1 - a * z));
  };
  const double ps[] = {moved((1 - level) / 2), moved((1 + level) / 2)};
  const std::vector<double> bounds = Quantiles(means, ps);
  return {bounds[0], bounds[1]};
}

double SignFlipP(std::span<const double> differences, int draws, uint64_t seed) {
  if (differences.empty()) return math::kNaN;
  std::vector<double> values;
  double sum = 0;
  double sizes = 0;
  for (const double x : differences) {
    if (x != 0) values.push_back(x);
    sum += x;
    sizes += std::fabs(x);
  }
  // Sums that are equal but for rounding are as far from zero.
  const double least = std::fabs(sum) - 1e-12 * sizes;
  return std::ssize(values) <= kExactSignFlips ? ExactShare(values, least)
                                               : SampledShare(values, least, draws, seed);
}

}  // namespace oneup::sims
