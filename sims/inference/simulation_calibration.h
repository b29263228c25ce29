// Is a way of inferring parameters right? Simulation-based calibration: S. Talts, M. Betancourt,
// D. Simpson, A. Vehtari, A. Gelman (2018), "Validating Bayesian inference algorithms with
// simulation-based calibration", arXiv:1804.06788. Draw a parameter from the prior, simulate data
// with it, infer, and rank the parameter among L independent draws from the inferred posterior. If
// all is right, the ranks over many such studies are uniform on 0..L, whatever the model. A hump in
// the middle: the inferred posteriors are too wide; a trough: too narrow; a slope: biased.
#pragma once

#include <absl/status/statusor.h>

#include <span>
#include <vector>

namespace oneup::sims {

// Draws below the truth, 0 to L. Draws from a continuous posterior do not tie.
int CalibrationRank(double truth, std::span<const double> draws);

struct RankUniformity {
  std::vector<int> counts;  // of ranks in each bin, from the lowest
  double statistic = 0;     // Pearson's chi-square of counts against equal ones
  double p = 0;             // of a statistic at least as great if ranks are uniform
};

// Of ranks among `draws` draws each, in `bins` bins of equal width. InvalidArgument unless 2 <=
// bins, bins divides draws + 1, every rank lies in 0..draws, and there are at least 5 ranks a bin,
// below which chi-square is a poor approximation.
absl::StatusOr<RankUniformity> TestRanks(std::span<const int> ranks, int draws, int bins);

}  // namespace oneup::sims
