#include "sims/calibration/story_posterior.h"

#include <cmath>

#include "market/kernel/math.h"
#include "sims/stats/descriptive.h"

namespace oneup::sims {
namespace {

// Without a prior: so wide a log-normal that its density is even over the range.
constexpr double kWide = 10;

// Quantiles that stand for a prior.
std::vector<double> PriorSample(const Prior& prior) {
  constexpr int kSize = 2000;
  std::vector<double> sample;
  for (int i = 0; i < kSize; ++i) sample.push_back(PriorQuantile(prior, (i + 0.5) / kSize));
  return sample;
}

double LogVariance(const std::vector<double>& values) {
  std::vector<double> logs;
  for (const double value : values) logs.push_back(math::Log(value));
  return Variance(logs);
}

// sum of w (ln x_i - mean) (ln x_j - mean).
double Covariance(const AbcResult& result, size_t i, size_t j) {
  double mean_i = 0;
  double mean_j = 0;
  for (const AbcParticle& particle : result.particles) {
    mean_i += particle.weight * math::Log(particle.theta[i]);
    mean_j += particle.weight * math::Log(particle.theta[j]);
  }
  double sum = 0;
  for (const AbcParticle& particle : result.particles) {
    sum += particle.weight * (math::Log(particle.theta[i]) - mean_i) *
           (math::Log(particle.theta[j]) - mean_j);
  }
  return sum;
}

}  // namespace

std::vector<Prior> PriorsOf(const v1::StoryCalibration& specification) {
  std::vector<Prior> priors;
  for (const v1::FreeParameter& parameter : specification.parameters()) {
    Prior& prior = priors.emplace_back();
    prior.name = parameter.path();
    prior.min = parameter.min();
    prior.max = parameter.max();
    prior.shape = PriorShape::kLogNormal;
    const bool held = parameter.prior() > 0;
    prior.median = held ? parameter.prior() : std::sqrt(parameter.min() * parameter.max());
    prior.log_deviation =
        held ? parameter.prior_sd() : kWide * math::Log(parameter.max() / parameter.min());
  }
  return priors;
}

absl::StatusOr<AbcResult> StoryPosterior(const v1::StoryCalibration& specification,
                                         const StoryModel& model,
                                         const std::vector<StoryMoment>& observed,
                                         const StoryPosteriorOptions& options) {
  const MomentCoordinates aim = CoordinatesOf(specification, observed, observed);
  const AbcSimulation simulation = [&](std::span<const double> values, kernel::Stream& stream) {
    const uint64_t first_seed = options.fresh_seeds ? stream.NextU64() : options.first_seed;
    return CoordinatesOf(specification, model(values, first_seed), observed).values;
  };
  AbcOptions abc = options.abc;
  abc.scales = aim.scales;
  return RunAbc(PriorsOf(specification), simulation, aim.observed, abc);
}

std::vector<ParameterPosterior> PosteriorsOf(const std::vector<Prior>& priors,
                                             const AbcResult& result) {
  std::vector<ParameterPosterior> posteriors;
  for (size_t i = 0; i < priors.size(); ++i) {
    const std::vector<double> sample = PriorSample(priors[i]);
    ParameterPosterior& each = posteriors.emplace_back();
    each.prior_mean = Mean(sample);
    each.prior_deviation = StandardDeviation(sample);
    each.posterior = MarginalOf(result, i);
    each.contraction = 1 - Covariance(result, i, i) / LogVariance(sample);
  }
  return posteriors;
}

std::vector<std::vector<double>> PosteriorCorrelations(const AbcResult& result) {
  const size_t n = result.particles.empty() ? 0 : result.particles[0].theta.size();
  std::vector<std::vector<double>> correlations(n, std::vector<double>(n, 1));
  for (size_t i = 0; i < n; ++i) {
    for (size_t j = 0; j < i; ++j) {
      const double scale = std::sqrt(Covariance(result, i, i) * Covariance(result, j, j));
      const double r = scale > 0 ? Covariance(result, i, j) / scale : math::kNaN;
      correlations[i][j] = correlations[j][i] = r;
    }
  }
  return correlations;
}

}  // namespace oneup::sims
