// The calibration of principals: the parameters with which an emergent scenario tells what had
// happened up to a day, and does not tell what had not. Method of simulated moments with common
// random numbers: every trial runs the same seeds. The moments are shares of runs and median dates
// (story_moments.h); what may move and what counts are data (proto/oneup/v1/calibration.proto).
// Which other values would do as well: story_posterior.h.
#pragma once

#include <atomic>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "oneup/v1/calibration.pb.h"
#include "sims/calibration/story_moments.h"
#include "sims/scenario/scenario.h"

namespace oneup::sims {

struct StoryFit {
  std::vector<double> values;  // in the order of the specification's parameters
  double loss = 0;
  std::vector<StoryMoment> moments;
  int trials = 0;        // made
  bool stopped = false;  // before all of them were
};

struct StoryFitOptions {
  int trials = 100;         // simulations of all seeds
  uint64_t first_seed = 1;  // of every trial
  // Once true, no trial begins but the first: the best so far is the fit. May be null.
  const std::atomic<bool>* stop = nullptr;
  std::function<void(int trial, double loss, double best)> progress = {};
};

// Reads a specification: a path, or "story" for the program's own. Errors name file and place.
absl::StatusOr<v1::StoryCalibration> LoadStoryCalibration(const std::string& path);

// The specification with these of its parameters alone, in its order; the others stay where the
// scenario has them. A name is a path or its end (fear_usd_bn, huang].supply.disagreement_usd_bn).
// Error: InvalidArgument, one line, for a name that none or several have.
absl::StatusOr<v1::StoryCalibration> OnlyParameters(const v1::StoryCalibration& specification,
                                                    const std::vector<std::string>& names);

// The scenario's own values of the parameters. InvalidArgument if a path names no number of it.
absl::StatusOr<std::vector<double>> ValuesIn(const LoadedScenario& scenario,
                                             const v1::StoryCalibration& specification);

// Controlled random search over the ranges (NLopt's GN_CRS2_LM; Kaelo and Ali 2006), then subplex
// from the best (LN_SBPLX; Rowan 1990): two thirds and a third of the trials, from `start` on,
// which is cut to the ranges. The loss is that of all moments (MomentLoss), and
// (ln(value / prior) / prior_sd)^2 / 10 of each parameter with a prior. Not from two threads at
// once: the library's random numbers are global.
StoryFit FitMoments(const v1::StoryCalibration& specification, const StoryModel& model,
                    const std::vector<StoryMoment>& observed, const std::vector<double>& start,
                    const StoryFitOptions& options);

// As a file that a scenario imports, with the table of moments as a comment.
std::string ToSettings(const v1::StoryCalibration& specification, const StoryFit& fit,
                       const std::string& command);

}  // namespace oneup::sims
