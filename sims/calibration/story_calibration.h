// The calibration of principals: the parameters with which an emergent scenario tells what had
// happened up to a day, and does not tell what had not. Method of simulated moments with common
// random numbers: every trial runs the same seeds. The moments are shares of runs and median dates
// (proto/oneup/v1/calibration.proto); what may move and what counts are data.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "oneup/v1/calibration.pb.h"
#include "sims/emergent/outcome.h"
#include "sims/scenario/scenario.h"

namespace oneup::sims {

struct StoryCalibrationOptions {
  int seeds = 100;
  int threads = 1;
  traders::Resolution resolution = kLowResolution;
  int trials = 100;  // simulations of all seeds
  std::function<void(int trial, double loss, double best)> progress;
};

// One moment, as simulated.
struct StoryMoment {
  std::string name;
  double share = 0;         // of runs in which it happened
  std::string median_date;  // of these; empty if there is none
  double loss = 0;
};

struct StoryFit {
  std::vector<double> values;  // in the order of the specification's parameters
  double loss = 0;
  std::vector<StoryMoment> moments;
};

// The moments of these outcomes, and their losses.
std::vector<StoryMoment> MomentsOf(const v1::StoryCalibration& specification,
                                   const std::vector<StoryOutcome>& outcomes);

// Reads a specification: a path, or "story" for the program's own. Errors name file and place.
absl::StatusOr<v1::StoryCalibration> LoadStoryCalibration(const std::string& path);

// Controlled random search over the ranges (NLopt's GN_CRS2_LM; Kaelo and Ali 2006), then subplex
// from the best (LN_SBPLX; Rowan 1990): two thirds and a third of the trials. Starts from the
// scenario's own values. InvalidArgument if a path names no number of the scenario.
absl::StatusOr<StoryFit> CalibrateStory(const LoadedScenario& scenario,
                                        const v1::StoryCalibration& specification,
                                        const StoryCalibrationOptions& options);

// As a file that a scenario imports, with the table of moments as a comment.
std::string ToSettings(const v1::StoryCalibration& specification, const StoryFit& fit,
                       const std::string& command);

}  // namespace oneup::sims
