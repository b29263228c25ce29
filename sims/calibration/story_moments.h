// What a calibration of principals looks at in runs: for each target of a specification
// (proto/oneup/v1/calibration.proto) the share of runs in which it happens, and its median day.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "market/kernel/civil_time.h"
#include "oneup/v1/calibration.pb.h"
#include "sims/emergent/outcome.h"
#include "sims/scenario/scenario.h"
#include "sims/world/resolution.h"

namespace oneup::sims {

struct StoryMoment {
  double share = 0;                             // of runs in which it happens
  std::optional<kernel::CivilDay> median = {};  // of these; none without one
};

// Those of these outcomes, a target each.
std::vector<StoryMoment> MomentsOf(const v1::StoryCalibration& specification,
                                   const std::vector<StoryOutcome>& outcomes);

// Those of the one history that was recorded: shares of 1 and 0, and the days it has.
std::vector<StoryMoment> RecordedMoments(const v1::StoryCalibration& specification);

// weight (share - observed share)^2, and where both have a day date_weight times (months between
// them / 6)^2: a date is as far off as a share when it misses by half a year.
double MomentLoss(const v1::StoryTarget& target, const StoryMoment& moment,
                  const StoryMoment& observed);

// The same as coordinates: the loss is the squared distance of two points, each divided by its
// scale. A target has a coordinate for its share, one for its day if it was observed, and none for
// what has no weight.
struct MomentCoordinates {
  std::vector<double> values;  // of `moments`, in shares and half-years after the observed day
  std::vector<double> observed;
  std::vector<double> scales;
};
MomentCoordinates CoordinatesOf(const v1::StoryCalibration& specification,
                                const std::vector<StoryMoment>& moments,
                                const std::vector<StoryMoment>& observed);

// Moments at these values of the specification's parameters, over runs of first_seed and the
// seeds after it. Called from several threads at once; depends on its arguments alone.
using StoryModel =
    std::function<std::vector<StoryMoment>(std::span<const double> values, uint64_t first_seed)>;

struct StoryModelOptions {
  int seeds = 100;  // runs a call
  int threads = 1;  // of one call
  traders::Resolution resolution = kLowResolution;
};

// The simulator as such a model. The scenario must outlive it. Error: InvalidArgument if a path
// names no number of the scenario.
absl::StatusOr<StoryModel> ModelOf(const LoadedScenario& scenario,
                                   const v1::StoryCalibration& specification,
                                   const StoryModelOptions& options);

}  // namespace oneup::sims
