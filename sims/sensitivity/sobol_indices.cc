#include "sims/sensitivity/sobol_indices.h"

#include <absl/strings/str_cat.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "market/kernel/math.h"
#include "market/kernel/random.h"
#include "sims/sensitivity/design.h"

namespace oneup::sims {
namespace {

struct Estimate {
  std::vector<double> first;
  std::vector<double> total;
};

// The indices over these rows of the design; a row may stand several times.
Estimate EstimateOver(std::span<const double> y, size_t n, size_t factors,
                      std::span<const uint32_t> rows) {
  const std::span<const double> a = y.first(n);
  const std::span<const double> b = y.subspan(n, n);
  double mean = 0;
  for (const uint32_t row : rows) mean += a[row] + b[row];
  mean /= 2 * static_cast<double>(rows.size());
  double variance = 0;
  for (const uint32_t row : rows) {
    variance += (a[row] - mean) * (a[row] - mean) + (b[row] - mean) * (b[row] - mean);
  }
  // Twice the sum that the means below have, so that the number of rows cancels.
  variance /= 2;
  Estimate estimate;
  for (size_t f = 0; f < factors; ++f) {
    const std::span<const double> mixed = y.subspan((f + 2) * n, n);
    double first = 0;
    double total = 0;
    for (const uint32_t row : rows) {
      first += (b[row] - mean) * (mixed[row] - a[row]);
      total += (a[row] - mixed[row]) * (a[row] - mixed[row]);
    }
    estimate.first.push_back(variance > 0 ? first / variance : math::kNaN);
    estimate.total.push_back(variance > 0 ? total / (2 * variance) : math::kNaN);
  }
  return estimate;
}

absl::StatusOr<Points> UnitSamples(size_t factors, const SobolOptions& options) {
  if (!options.random) {
    return UnitSobolSequence(2 * static_cast<int>(factors), options.samples);
  }
  Points unit(static_cast<size_t>(options.samples), std::vector<double>(2 * factors));
  for (size_t i = 0; i < unit.size(); ++i) {
    kernel::Stream stream(options.seed, static_cast<uint32_t>(i), 0);
    for (double& u : unit[i]) u = stream.Uniform();
  }
  return unit;
}

Interval Between(std::span<const double> values, double level) {
  const double ps[] = {(1 - level) / 2, (1 + level) / 2};
  const std::vector<double> bounds = Quantiles(values, ps);
  return {bounds[0], bounds[1]};
}

}  // namespace

absl::StatusOr<int64_t> SobolSize(std::span<const Factor> factors, const SobolOptions& options) {
  if (const absl::Status status = CheckFactors(factors); !status.ok()) return status;
  // What is left of kMaxPoints for each of the k + 2 parts.
  const int64_t parts = std::ssize(factors) + 2;
  if (options.samples < 2 || options.samples > kMaxPoints / parts) {
    return absl::InvalidArgumentError(absl::StrCat("Sobol' indices from ", options.samples,
                                                   " samples; must be 2 to ", kMaxPoints / parts,
                                                   " with ", factors.size(), " factors"));
  }
  return options.samples * parts;
}

absl::StatusOr<Points> SobolDesign(std::span<const Factor> factors, const SobolOptions& options) {
  const absl::StatusOr<int64_t> size = SobolSize(factors, options);
  if (!size.ok()) return size.status();
  const absl::StatusOr<Points> both = UnitSamples(factors.size(), options);
  if (!both.ok()) return both.status();
  const auto k = static_cast<ptrdiff_t>(factors.size());
  Points unit;
  for (const auto& row : *both) unit.emplace_back(row.begin(), row.begin() + k);
  for (const auto& row : *both) unit.emplace_back(row.begin() + k, row.end());
  for (size_t f = 0; f < factors.size(); ++f) {
    for (const auto& row : *both) {
      unit.emplace_back(row.begin(), row.begin() + k)[f] = row[factors.size() + f];
    }
  }
  return InUnits(factors, unit);
}

absl::StatusOr<std::vector<SobolIndex>> SobolIndices(std::span<const double> y, int factors,
                                                     double level, int resamples, uint64_t seed) {
  const auto k = static_cast<size_t>(std::max(factors, 0));
  const size_t n = y.size() / (k + 2);
  if (k < 1 || n < 2 || y.size() % (k + 2) != 0) {
    return absl::InvalidArgumentError(absl::StrCat(y.size(), " outcomes; must be n x ", k + 2,
                                                   ", with n at least 2, and a factor at least"));
  }
  if (!std::ranges::all_of(y, [](double x) { return std::isfinite(x); })) {
    return absl::InvalidArgumentError("an outcome is not finite");
  }
  std::vector<uint32_t> rows(n);
  std::iota(rows.begin(), rows.end(), 0u);
  const Estimate point = EstimateOver(y, n, k, rows);
  std::vector<std::vector<double>> firsts(k);
  std::vector<std::vector<double>> totals(k);
  for (int i = 0; i < resamples; ++i) {
    kernel::Stream stream(seed, static_cast<uint32_t>(i), 0);
    for (uint32_t& row : rows) row = stream.Index(static_cast<uint32_t>(n));
    const Estimate each = EstimateOver(y, n, k, rows);
    // A resample of one row over and over has no variance, and nothing to say.
    if (std::isnan(each.first[0])) continue;
    for (size_t f = 0; f < k; ++f) {
      firsts[f].push_back(each.first[f]);
      totals[f].push_back(each.total[f]);
    }
  }
  std::vector<SobolIndex> indices;
  for (size_t f = 0; f < k; ++f) {
    indices.push_back(
        {point.first[f], point.total[f], Between(firsts[f], level), Between(totals[f], level)});
  }
  return indices;
}

}  // namespace oneup::sims
