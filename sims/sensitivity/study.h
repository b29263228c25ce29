// One study of sensitivity: what a design of Morris or of Sobol' says of an outcome that has noise
// of its own, since every point runs several times with other seeds, and how much of what it says
// could be that noise.
//
//   absl::StatusOr<StudyResult> study = RunStudy(design, 5, outcome, {});
//   study->morris[f].mu_star   beside   study->floor
//
// The outcome of a point is the average over its replicates. Outcomes may be missing (the day of a
// deal that was never made): the average is over those that are there, and a trajectory, or a row
// of a Sobol' design, one of whose points has none at all is left out whole. What is then told is
// of the outcome where it exists; whether it exists is a question for a metric of its own.
//
// Noise. With common seeds (replicate r has the same seed at every point) outcomes are taken to be
//   y_pr = m + point p + seed r + e_pr,   e of variance s^2,
// since a seed that is lucky everywhere shifts all averages alike and no index. s^2 is the residual
// of that two-way table with P points and N outcomes, N - P - R + 1 degrees of freedom; without
// common seeds that of the table without seeds, N - P. An average of R has then variance s^2 / R of
// noise. Where outcomes are missing, seeds' effects are means of what is there: nearly the same.
#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sims/sensitivity/factor.h"
#include "sims/sensitivity/morris.h"
#include "sims/sensitivity/sobol_indices.h"

namespace oneup::sims {

enum class StudyKind { kMorris, kSobolIndices };

struct StudyDesign {
  StudyKind kind = StudyKind::kMorris;
  std::vector<std::string> factors = {};  // names
  Points points = {};                     // of MorrisTrajectories or SobolDesign, in its order
  Points unit = {};                       // the same in the unit cube; of kMorris alone
};

// The outcome of one run, the same whenever it is asked for; not finite: it is missing.
using StudyOutcome = std::function<double(size_t point, size_t replicate)>;

struct StudyOptions {
  double level = 0.95;  // of the bootstrap intervals
  int resamples = 1000;
  uint64_t seed = 1;         // of the bootstrap
  bool common_seeds = true;  // whether replicate r has the same seed at every point
};

struct StudyResult {
  size_t runs = 0;
  size_t missing = 0;  // of these
  size_t blocks = 0;   // trajectories, or rows of the Sobol' design
  size_t used = 0;     // of these: all of their points have an outcome
  // Of the points' averages: all that are used, or of a Sobol' design those of A and B.
  double mean = 0;
  double deviation = 0;
  // Shares of variance that are due to seeds alone; NaN with one replicate.
  double seeds = 0;  // of a single run's: spread within points over that within and between
  double noise = 0;  // of the averages': s^2 / R over deviation^2
  // What mu_star, or a total index, would be on average of a factor that does nothing but shuffle
  // all draws: 2 sqrt(s^2 / R pi) / Delta, or `noise`. A factor near or below it is not told from
  // nothing; one that changes no draw at all has 0. Rather too high than too low: s^2 counts as
  // noise what factors do in one seed and not in another. NaN with one replicate.
  double floor = 0;
  std::vector<MorrisEffect> morris;  // of kMorris: a factor each
  std::vector<SobolIndex> sobol;     // of kSobolIndices
  double first_sum = 0;              // of kSobolIndices: 1 if factors only add up
};

// InvalidArgument, one line: replicates or resamples below 1, a design that is none of its kind,
// and fewer than two blocks with an outcome at every point.
absl::StatusOr<StudyResult> RunStudy(const StudyDesign& design, size_t replicates,
                                     const StudyOutcome& outcome, const StudyOptions& options);

}  // namespace oneup::sims
