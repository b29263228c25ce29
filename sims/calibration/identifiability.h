// Can the parameters of a calibration be found at all from what it looks at? A study on synthetic
// data, where the truth is known: draw parameters from the prior, let the model make data with them
// and seeds of their own, and recover them as from the record, by the fit of story_calibration.h
// and by the posterior of story_posterior.h; many times.
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "oneup/v1/calibration.pb.h"
#include "sims/calibration/story_moments.h"
#include "sims/calibration/story_posterior.h"
#include "sims/inference/simulation_calibration.h"
#include "sims/stats/descriptive.h"

namespace oneup::sims {

// What one study says of one parameter.
struct ParameterStudy {
  double truth = 0;
  double fit = 0;   // of FitMoments, from the prior's median on
  double mean = 0;  // of the posterior
  Interval middle_50;
  Interval middle_90;
  int rank = 0;  // of the truth among draws of the posterior, 0 to `draws`
};
// In the order of the specification's parameters.
using RecoveryStudy = std::vector<ParameterStudy>;

struct RecoveryOptions {
  int studies = 20;  // parameter vectors that are drawn
  int trials = 60;   // of each fit
  StoryPosteriorOptions posterior;
  int draws = 19;     // of each posterior, for the rank of the truth
  uint64_t seed = 1;  // of truths and data; studies' posteriors have abc.seed and the next
  // The first studies, if they have been made: by the same model, specification and options, but
  // for the number of studies.
  std::vector<RecoveryStudy> before;
  // Called after each new study, in order; an error ends the work.
  std::function<absl::Status(const RecoveryStudy& study, int done)> keep;
  // Once true, no simulation begins and the study under way is dropped. May be null.
  const std::atomic<bool>* stop = nullptr;
};

// How one way of estimating a parameter did, in logs, study after study.
struct Recovery {
  std::vector<double> estimates;
  double bias = 0;         // mean of ln(estimate / truth)
  double error = 0;        // root mean square of it
  double correlation = 0;  // of ln estimate and ln truth; NaN if one does not vary
};

struct ParameterRecovery {
  std::string path;
  std::vector<double> truths;
  double prior_error = 0;  // root mean square of ln(prior median / truth): what no data at all give
  Recovery fit;
  Recovery mean;
  int held_50 = 0;  // studies whose 50 % interval holds the truth
  int held_90 = 0;
  std::vector<int> ranks;
  // Whether ranks are uniform, as they are if posteriors are right; none below 10 studies, which
  // are too few to say.
  std::optional<RankUniformity> uniformity;
};

// `fit_model` is called from one thread, `posterior_model` from as many as posterior.abc has; both
// are the same model, and make the data too. Errors: those of StoryPosterior and `keep`;
// InvalidArgument for fewer than 2 studies or 1 draw, or more studies before than in all; Cancelled
// if it is stopped.
absl::StatusOr<std::vector<ParameterRecovery>> RecoverSynthetic(
    const v1::StoryCalibration& specification, const StoryModel& fit_model,
    const StoryModel& posterior_model, const RecoveryOptions& options);

}  // namespace oneup::sims
