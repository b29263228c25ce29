// Not one best set of parameters but all that would do: approximate Bayesian computation
// (sims/inference/abc_smc.h) over the parameters of a calibration of principals. Distance is the
// root of the calibration's loss of moments, so that fit and posterior look at the same; the prior
// is the specification's own.
//
// What the record holds is one history, shares of 0 and 1, which shares over many seeds cannot
// reach: the distances have a floor, and the result is "parameters whose ensemble lies about as
// near to what happened as any", not a posterior of a likelihood. How wide it should be, only
// synthetic data can tell (identifiability.h).
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "oneup/v1/calibration.pb.h"
#include "sims/calibration/story_moments.h"
#include "sims/inference/abc_smc.h"
#include "sims/inference/prior.h"

namespace oneup::sims {

struct StoryPosteriorOptions {
  AbcOptions abc;           // its scales are not used: the targets' weights are
  uint64_t first_seed = 1;  // of every simulation
  // Every simulation has seeds of its own instead: it errs as the data do, so that intervals are
  // honest with data that are an ensemble too, at the price of a rougher distance.
  bool fresh_seeds = false;
};

// Log-normal about `prior` with `prior_sd`, cut to the range; without a prior even in the log (to a
// tenth of a percent).
std::vector<Prior> PriorsOf(const v1::StoryCalibration& specification);

// Errors are those of RunAbc, and InvalidArgument if a prior's median lies outside its range.
absl::StatusOr<AbcResult> StoryPosterior(const v1::StoryCalibration& specification,
                                         const StoryModel& model,
                                         const std::vector<StoryMoment>& observed,
                                         const StoryPosteriorOptions& options);

// What was learnt of one parameter.
struct ParameterPosterior {
  double prior_mean = 0;
  double prior_deviation = 0;
  AbcMarginal posterior;  // with the 90 % interval
  // 1 - variance of ln x after over before: 0 if the data tell nothing, 1 if they tell all; below 0
  // if the particles spread wider than the prior, which is their noise.
  double contraction = 0;
};
std::vector<ParameterPosterior> PosteriorsOf(const std::vector<Prior>& priors,
                                             const AbcResult& result);

// Weighted correlations of the parameters' logs, row by row; NaN of one that does not vary.
std::vector<std::vector<double>> PosteriorCorrelations(const AbcResult& result);

}  // namespace oneup::sims
