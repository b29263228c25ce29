#include "sims/sensitivity/design.h"

#include <absl/strings/str_cat.h>

#include <boost/random/sobol.hpp>
#include <numeric>

#include "market/kernel/random.h"

namespace oneup::sims {
namespace {

absl::Status CheckBoth(std::span<const Factor> factors, std::string_view what, int64_t size) {
  const absl::Status status = CheckFactors(factors);
  return status.ok() ? CheckSize(what, size) : status;
}

}  // namespace

absl::Status CheckSize(std::string_view what, int64_t size) {
  if (size >= 1 && size <= kMaxPoints) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat(std::string(what), " of ", size, " points; must be 1 to ", kMaxPoints));
}

absl::StatusOr<int64_t> GridSize(std::span<const Factor> factors, int steps) {
  if (const absl::Status status = CheckFactors(factors); !status.ok()) return status;
  if (steps < 2 || steps > 1000) {
    return absl::InvalidArgumentError(
        absl::StrCat("a grid of ", steps, " steps a factor; must be 2 to 1000"));
  }
  int64_t size = 1;
  for (const Factor& factor : factors) {
    size *= factor.levels.empty() ? steps : static_cast<int64_t>(factor.levels.size());
    if (size > kMaxPoints) {
      return absl::InvalidArgumentError(
          absl::StrCat("a grid of more than ", kMaxPoints, " points; take fewer steps or factors"));
    }
  }
  return size;
}

absl::StatusOr<Points> Grid(std::span<const Factor> factors, int steps) {
  const absl::StatusOr<int64_t> size = GridSize(factors, steps);
  if (!size.ok()) return size.status();
  Points points(static_cast<size_t>(*size), std::vector<double>(factors.size()));
  for (size_t i = 0; i < points.size(); ++i) {
    size_t left = i;
    for (size_t f = factors.size(); f-- > 0;) {
      const Factor& factor = factors[f];
      const size_t n = factor.levels.empty() ? static_cast<size_t>(steps) : factor.levels.size();
      const size_t step = left % n;
      left /= n;
      points[i][f] = factor.levels.empty()
                         ? FactorValue(factor, static_cast<double>(step) / (steps - 1))
                         : factor.levels[step];
    }
  }
  return points;
}

absl::StatusOr<Points> LatinHypercube(std::span<const Factor> factors, int64_t size,
                                      uint64_t seed) {
  const absl::Status status = CheckBoth(factors, "a Latin hypercube", size);
  if (!status.ok()) return status;
  const auto n = static_cast<size_t>(size);
  Points unit(n, std::vector<double>(factors.size()));
  std::vector<uint32_t> strata(n);
  for (size_t f = 0; f < factors.size(); ++f) {
    kernel::Stream stream(seed, static_cast<uint32_t>(f), 0);
    std::iota(strata.begin(), strata.end(), 0u);
    stream.Shuffle(std::span(strata));
    for (size_t i = 0; i < n; ++i) {
      unit[i][f] = (strata[i] + stream.Uniform()) / static_cast<double>(n);
    }
  }
  return InUnits(factors, unit);
}

absl::StatusOr<Points> UnitSobolSequence(int dimensions, int64_t size) {
  if (dimensions < 1 || dimensions > 2 * kMaxFactors) {
    return absl::InvalidArgumentError(absl::StrCat("a Sobol' sequence of ", dimensions,
                                                   " dimensions; must be 1 to ", 2 * kMaxFactors));
  }
  const absl::Status status = CheckSize("a Sobol' sequence", size);
  if (!status.ok()) return status;
  boost::random::sobol engine(static_cast<size_t>(dimensions));
  Points unit(static_cast<size_t>(size), std::vector<double>(static_cast<size_t>(dimensions)));
  for (std::vector<double>& point : unit) {
    // Fewer than 2^20 points have at most 20 leading bits: exact in a double.
    for (double& u : point) u = static_cast<double>(engine()) * 0x1p-64;
  }
  return unit;
}

absl::StatusOr<Points> SobolSequence(std::span<const Factor> factors, int64_t size) {
  const absl::Status status = CheckFactors(factors);
  if (!status.ok()) return status;
  const absl::StatusOr<Points> unit = UnitSobolSequence(static_cast<int>(factors.size()), size);
  if (!unit.ok()) return unit.status();
  return InUnits(factors, *unit);
}

}  // namespace oneup::sims
