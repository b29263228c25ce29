// Which parameters could have made what was observed, when the likelihood is unknown and only a
// simulation is at hand: approximate Bayesian computation. Parameters whose simulated summaries lie
// within a tolerance of the observed ones are kept; the tolerance falls from generation to
// generation, and each proposes the next: M. A. Beaumont, J.-M. Cornuet, J.-M. Marin, C. P. Robert
// (2009), "Adaptive approximate Bayesian computation", Biometrika 96, 983-990 (population Monte
// Carlo), with T. Toni et al. (2009), J. R. Soc. Interface 6, 187-202.
//
//   generation 0   N draws from the priors, all kept.
//   generation t   tolerance e = the `quantile` of the distances of generation t - 1. Each
//   particle:
//                  choose one of generation t - 1 by weight, move each coordinate by a normal of
//                  twice their weighted variance, simulate; again until the distance is <= e. Its
//                  weight is prior / sum over j of w_j K(it | j).
//
// Distance: sqrt(sum ((s - observed) / scale)^2) over the summaries, scale the standard deviation
// of generation 0 where none is given. What comes out is the posterior given "within the last
// tolerance", which is wider than the posterior; how much so, simulation-based calibration tells
// (sims/inference/simulation_calibration.h). The result is the same for any number of threads:
// random numbers are keyed by (seed, generation, particle, attempt).
#pragma once

#include <absl/status/statusor.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "market/kernel/random.h"
#include "sims/inference/prior.h"
#include "sims/stats/descriptive.h"

namespace oneup::sims {

// Summaries of one simulation with these parameters, in the priors' order. Called from several
// threads at once; must depend on its arguments alone. A simulation that fails has a summary that
// is not finite: it is never kept.
using AbcSimulation =
    std::function<std::vector<double>(std::span<const double> theta, kernel::Stream& stream)>;

struct AbcOptions {
  int particles = 500;                  // N, at least 10
  double quantile = 0.5;                // in (0, 1)
  double target_tolerance = 0;          // stop at or below
  int max_generations = 20;             // with generation 0
  int max_attempts = 1000;              // of a particle; one that needs more ends the run
  int64_t max_simulations = 1'000'000;  // no generation begins after as many
  std::vector<double> scales = {};      // of the summaries, > 0; empty: from generation 0
  uint64_t seed = 1;
  int threads = 1;
  // Once true, no simulation begins and the generation under way is dropped. May be null.
  const std::atomic<bool>* stop = nullptr;
};

struct AbcParticle {
  std::vector<double> theta;
  double weight = 0;  // all add up to 1
  double distance = 0;
};

struct AbcGeneration {
  double tolerance = 0;              // infinite in generation 0
  double effective_sample_size = 0;  // 1 / sum of squared weights, at most N
  int64_t simulations = 0;           // proposals outside the priors' ranges cost none
};

enum class AbcStop {
  kTolerance,    // the target is reached
  kNoProgress,   // the next tolerance would not be smaller: distances are tied
  kAttempts,     // a particle found nothing in max_attempts; its generation is dropped
  kGenerations,  // max_generations
  kSimulations,  // max_simulations
  kAsked,        // `stop`
};
std::string_view AbcStopText(AbcStop stop);  // "target tolerance reached"

struct AbcResult {
  std::vector<AbcParticle> particles;  // of the last generation
  std::vector<AbcGeneration> generations;
  std::vector<double> scales;
  AbcStop stop = AbcStop::kGenerations;
};

// InvalidArgument for what CheckPriors refuses, options out of range, no observed summary or one
// that is not finite, scales of another number or not above 0. FailedPrecondition if simulations
// from the priors fail max_attempts times in a row, or give another number of summaries than
// observed. Cancelled if it is stopped before generation 0 is whole. O(N^2) beside the simulations
// of a generation.
absl::StatusOr<AbcResult> RunAbc(std::span<const Prior> priors, const AbcSimulation& simulation,
                                 std::span<const double> observed, const AbcOptions& options);

// One parameter's weighted mean, standard deviation, and the interval between its weighted
// (1 - level) / 2 and (1 + level) / 2 quantiles.
struct AbcMarginal {
  double mean = 0;
  double deviation = 0;
  Interval interval;
};
AbcMarginal MarginalOf(const AbcResult& result, size_t parameter, double level = 0.90);

// `count` values of one parameter, drawn by weight with replacement.
std::vector<double> PosteriorDraws(const AbcResult& result, size_t parameter, int count,
                                   uint64_t seed);

}  // namespace oneup::sims
