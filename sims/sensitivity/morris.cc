#include "sims/sensitivity/morris.h"

#include <absl/strings/str_cat.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "market/kernel/random.h"
#include "sims/sensitivity/design.h"

namespace oneup::sims {
namespace {

double MeanSize(std::span<const double> values) {
  double sum = 0;
  for (const double x : values) sum += std::fabs(x);
  return sum / static_cast<double>(values.size());
}

// The k + 1 points of one trajectory, appended.
void AddTrajectory(size_t factors, int levels, kernel::Stream& stream, Points& unit) {
  const int jump = levels / 2;  // Delta in steps of the grid
  std::vector<int> at(factors);
  std::vector<size_t> order(factors);
  std::iota(order.begin(), order.end(), size_t{0});
  for (int& step : at) step = static_cast<int>(stream.Index(static_cast<uint32_t>(levels)));
  stream.Shuffle(std::span(order));
  const auto add = [&] {
    std::vector<double>& point = unit.emplace_back();
    for (const int step : at) point.push_back(static_cast<double>(step) / (levels - 1));
  };
  add();
  for (const size_t moved : order) {
    // From each level there is one way that stays inside: half of all moves go up.
    at[moved] += at[moved] < jump ? jump : -jump;
    add();
  }
}

}  // namespace

absl::StatusOr<int64_t> MorrisSize(std::span<const Factor> factors, const MorrisOptions& options) {
  if (const absl::Status status = CheckFactors(factors); !status.ok()) return status;
  if (options.levels < 2 || options.levels > 100 || options.levels % 2 != 0) {
    return absl::InvalidArgumentError(
        absl::StrCat("Morris trajectories on ", options.levels, " levels; must be even, 2 to 100"));
  }
  const int64_t size = int64_t{options.trajectories} * (std::ssize(factors) + 1);
  const absl::Status status =
      CheckSize(absl::StrCat(options.trajectories, " Morris trajectories"), size);
  if (!status.ok()) return status;
  return size;
}

absl::StatusOr<MorrisDesign> MorrisTrajectories(std::span<const Factor> factors,
                                                const MorrisOptions& options) {
  const absl::StatusOr<int64_t> size = MorrisSize(factors, options);
  if (!size.ok()) return size.status();
  MorrisDesign design;
  for (int i = 0; i < options.trajectories; ++i) {
    // A stream of its own: more trajectories change none of the first.
    kernel::Stream stream(options.seed, static_cast<uint32_t>(i), 0);
    AddTrajectory(factors.size(), options.levels, stream, design.unit);
  }
  design.points = InUnits(factors, design.unit);
  return design;
}

absl::StatusOr<std::vector<MorrisEffect>> MorrisEffects(const MorrisDesign& design,
                                                        std::span<const double> y, double level,
                                                        int resamples, uint64_t seed) {
  if (y.size() != design.unit.size() || y.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat(y.size(), " outcomes of ", design.unit.size(), " points"));
  }
  if (!std::ranges::all_of(y, [](double x) { return std::isfinite(x); })) {
    return absl::InvalidArgumentError("an outcome is not finite");
  }
  const size_t factors = design.unit[0].size();
  std::vector<std::vector<double>> effects(factors);
  for (size_t i = 0; i + 1 < y.size(); ++i) {
    if (i % (factors + 1) == factors) continue;  // from one trajectory's end to the next
    for (size_t f = 0; f < factors; ++f) {
      const double moved = design.unit[i + 1][f] - design.unit[i][f];
      if (moved != 0) effects[f].push_back((y[i + 1] - y[i]) / moved);
    }
  }
  std::vector<MorrisEffect> result;
  result.reserve(factors);
  for (const std::vector<double>& each : effects) {
    result.push_back(
        {.mu = Mean(each),
         .mu_star = MeanSize(each),
         .sigma = StandardDeviation(each),
         .mu_interval = Bootstrap(each, Mean, level, resamples, seed),
         .mu_star_interval = Bootstrap(each, MeanSize, level, resamples, seed),
         .sigma_interval = Bootstrap(each, StandardDeviation, level, resamples, seed)});
  }
  return result;
}

}  // namespace oneup::sims
