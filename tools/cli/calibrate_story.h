// The part of `oneup calibrate` that deals with principals: their fit, its posterior, and whether
// it can be found at all.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "market/traders/resolution.h"
#include "sims/scenario/scenario.h"

namespace oneup::cli {

// As they were given.
struct StoryCalibrationArguments {
  std::string spec = "story";
  std::vector<std::string> parameters;  // none: all of the specification's
  int seeds = 100;
  int trials = 8;
  int threads = 0;  // 0: as many as the machine has
  traders::Resolution resolution;
  bool posterior = false;
  int synthetic = 0;  // studies; 0: none
  int particles = 100;
  int generations = 5;
  bool fresh_seeds = false;
  bool resume = false;  // of synthetic studies in `out`
  uint64_t seed = 1;
  std::string format = "text";
  std::string out;      // empty: nowhere but the terminal
  std::string command;  // for the head of the settings
};

// Range checks of what is special to it; one line says what is allowed.
absl::Status CheckStoryArguments(const StoryCalibrationArguments& arguments);

// Does it and writes what comes out: settings, or tables with what they are made of in `out`.
// Returns the exit code.
int CalibratePrincipals(const std::string& name, const sims::LoadedScenario& scenario,
                        const StoryCalibrationArguments& arguments);

}  // namespace oneup::cli
