// What a calibration finds, as data: an object, indented, or a row each of what is said to be one.
// Null, or an empty field, is what does not exist. Returns, errors and shares are fractions.
#pragma once

#include <string>
#include <vector>

#include "oneup/v1/calibration.pb.h"
#include "sims/calibration/identifiability.h"
#include "sims/calibration/market_calibration.h"
#include "sims/calibration/story_calibration.h"
#include "sims/calibration/story_posterior.h"

namespace oneup::cli {

// The fit of the valuation of news: loss, prediction_error, parameters, targets {event, ticker,
// recorded, fitted, predicted}. CSV: a row a target.
std::string ValuationJson(const sims::Calibration& calibration);
std::string ValuationCsv(const sims::Calibration& calibration);

// The fit of principals: loss, trials, stopped, parameters {path, value}, targets {name, happened,
// date, share, median}. CSV: a row a parameter.
std::string FitJson(const v1::StoryCalibration& specification, const sims::StoryFit& fit);
std::string FitCsv(const v1::StoryCalibration& specification, const sims::StoryFit& fit);

// The posterior: ended, generations {tolerance, simulations, effective_particles}, parameters
// {path, prior_mean, prior_sd, mean, sd, interval_90, contraction, correlations with those before}.
// CSV: a row a particle of the last generation: weight, distance, and a column a parameter.
std::string PosteriorJson(const v1::StoryCalibration& specification, const sims::AbcResult& result);
std::string ParticlesCsv(const v1::StoryCalibration& specification, const sims::AbcResult& result);

// Truths and what was made of them: studies, draws, parameters {path, prior_error, fit and
// posterior_mean {bias, error, correlation}, held_50 and held_90, each with Wilson's interval of
// 95 % of its share, ranks, uniformity {bins, statistic, p}}. CSV: a row a parameter.
std::string RecoveryJson(const std::vector<sims::ParameterRecovery>& recoveries, int draws);
std::string RecoveryCsv(const std::vector<sims::ParameterRecovery>& recoveries);

}  // namespace oneup::cli
