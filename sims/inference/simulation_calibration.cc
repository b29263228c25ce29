#include "sims/inference/simulation_calibration.h"

#include <absl/strings/str_cat.h>

#include <algorithm>

#include "sims/stats/distributions.h"

namespace oneup::sims {

int CalibrationRank(double truth, std::span<const double> draws) {
  return static_cast<int>(std::ranges::count_if(draws, [&](double x) { return x < truth; }));
}

absl::StatusOr<RankUniformity> TestRanks(std::span<const int> ranks, int draws, int bins) {
  if (bins < 2 || draws < 1 || (draws + 1) % bins != 0) {
    return absl::InvalidArgumentError(absl::StrCat(bins, " bins for ranks among ", draws,
                                                   " draws; must be at least 2 and divide ",
                                                   draws + 1));
  }
  if (std::ssize(ranks) / 5 < bins) {
    return absl::InvalidArgumentError(
        absl::StrCat(ranks.size(), " ranks in ", bins, " bins; must be at least 5 a bin"));
  }
  RankUniformity result;
  result.counts.assign(static_cast<size_t>(bins), 0);
  const int width = (draws + 1) / bins;
  for (const int rank : ranks) {
    if (rank < 0 || rank > draws) {
      return absl::InvalidArgumentError(
          absl::StrCat("rank ", rank, " among ", draws, " draws; must be 0 to ", draws));
    }
    ++result.counts[static_cast<size_t>(rank / width)];
  }
  const double expected = static_cast<double>(ranks.size()) / bins;
  for (const int count : result.counts) {
    result.statistic += (count - expected) * (count - expected) / expected;
  }
  result.p = ChiSquareP(result.statistic, bins - 1);
  return result;
}

}  // namespace oneup::sims
