// The calibration of the news valuation: the few global parameters with which the
// market reacts as recorded, over all calibrated events at once. Simulated moments with
// common random numbers: every trial uses the same seeds.
#pragma once

#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "oneup/v1/valuation.pb.h"
#include "sims/scenario/scenario.h"
#include "sims/world/world.h"

namespace oneup::sims {

struct CalibrationOptions {
  int seeds = 100;
  int threads = 1;
  traders::Resolution resolution = kDefaultResolution;
  int max_trials = 8;  // simulations a fit
  // Once true, no trial begins. May be null.
  const std::atomic<bool>* stop = nullptr;
  // Progress for people: what is being fitted, and its trials so far.
  std::function<void(const std::string& what, int trial, double loss)> progress;
};

// One announcement's reaction that the fit aims at: a row of the scenario's
// RecordedReaction whose company is exposed by it.
struct CalibrationTarget {
  std::string event;
  std::string ticker;
  double recorded = 0;   // abnormal return
  double fitted = 0;     // median simulated, fitted on all
  double predicted = 0;  // median simulated, fitted on the other events
};

struct Calibration {
  v1::ValuationParameters valuation;
  // By event, fitted without it.
  std::vector<v1::HeldOutValuation> held_out;
  std::vector<CalibrationTarget> targets;
  double loss = 0;
  // Root mean square of ln(predicted / recorded): by how much the formula misses a deal
  // that it has not seen.
  double prediction_error = 0;
};

// Fits elasticity, signal_discount, complement and substitute, starting from the scenario's own
// parameters; the others stay. The loss: squared log ratios of the targets' simulated
// and recorded abnormal returns, in units of kTargetScale, plus squared differences of
// the abnormal returns that the targets' events had elsewhere in their sector, in units
// of kSpilloverScale.
//
// A simulation is dear and the valuation is cheap, and the market passes a change of
// value on almost one to one. So each round takes the simulated medians of the last trial
// and shifts each by the change of its value alone; NLopt's BOBYQA (Powell 2009) finds the
// least loss of these, and the next trial simulates there, until a trial is no better than
// the one before: a step or two, after which only the noise of medians is left. What is
// returned was simulated.
//
// Errors: FailedPrecondition if the scenario has no target, Cancelled if it is stopped.
absl::StatusOr<Calibration> CalibrateValuation(const LoadedScenario& scenario,
                                               const CalibrationOptions& options);

inline constexpr double kTargetScale = 0.2;
inline constexpr double kSpilloverScale = 0.02;

// As a file that a scenario imports, with the table of targets as a comment.
std::string ToTextproto(const Calibration& calibration, const std::string& command);

}  // namespace oneup::sims
