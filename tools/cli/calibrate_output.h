// What a calibration of principals says beside its settings: the posterior, and whether parameters
// can be found at all.
#pragma once

#include <string>
#include <vector>

#include "oneup/v1/calibration.pb.h"
#include "sims/calibration/identifiability.h"
#include "sims/calibration/story_posterior.h"
#include "sims/report/terminal.h"

namespace oneup::cli {

// Generations, parameters before and after, and their correlations.
std::string PosteriorText(const v1::StoryCalibration& specification, const sims::AbcResult& result,
                          const sims::TerminalStyle& style);

// Truth and estimate of every parameter over all studies.
std::string RecoveryText(const std::vector<sims::ParameterRecovery>& recoveries,
                         const sims::RecoveryOptions& options, const sims::TerminalStyle& style);

}  // namespace oneup::cli
