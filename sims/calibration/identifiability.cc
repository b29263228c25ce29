#include "sims/calibration/identifiability.h"

#include <cmath>

#include "absl/strings/str_cat.h"
#include "market/kernel/math.h"
#include "market/kernel/random.h"
#include "sims/calibration/story_calibration.h"
#include "sims/stats/descriptive.h"

namespace oneup::sims {
namespace {

enum Purpose : uint32_t { kTruth, kData };

std::vector<double> LogsOf(const std::vector<double>& values) {
  std::vector<double> logs;
  for (const double value : values) logs.push_back(math::Log(value));
  return logs;
}

double RootMeanSquare(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value * value;
  return std::sqrt(sum / static_cast<double>(values.size()));
}

void Summarize(const std::vector<double>& truths, Recovery& recovery) {
  const std::vector<double> truth = LogsOf(truths);
  const std::vector<double> estimate = LogsOf(recovery.estimates);
  std::vector<double> off;
  for (size_t i = 0; i < truth.size(); ++i) off.push_back(estimate[i] - truth[i]);
  recovery.bias = Mean(off);
  recovery.error = RootMeanSquare(off);
  recovery.correlation = Correlation(estimate, truth);
}

// The most bins that ranks of so many draws can be told apart in, by TestRanks' rule.
std::optional<RankUniformity> UniformityOf(const std::vector<int>& ranks, int draws) {
  for (int bins = static_cast<int>(ranks.size()) / 5; bins >= 2; --bins) {
    if ((draws + 1) % bins != 0) continue;
    const absl::StatusOr<RankUniformity> uniformity = TestRanks(ranks, draws, bins);
    if (uniformity.ok()) return *uniformity;
  }
  return std::nullopt;
}

bool Holds(const Interval& interval, double truth) {
  return interval.low <= truth && truth <= interval.high;
}

}  // namespace

absl::StatusOr<std::vector<ParameterRecovery>> RecoverSynthetic(
    const v1::StoryCalibration& specification, const StoryModel& fit_model,
    const StoryModel& posterior_model, const RecoveryOptions& options) {
  if (options.studies < 2 || options.draws < 1) {
    return absl::InvalidArgumentError(absl::StrCat(options.studies, " studies, ", options.draws,
                                                   " draws; must be at least 2 and 1"));
  }
  const std::vector<Prior> priors = PriorsOf(specification);
  if (const absl::Status status = CheckPriors(priors); !status.ok()) return status;
  std::vector<double> medians;
  std::vector<ParameterRecovery> recoveries;
  for (const Prior& prior : priors) {
    medians.push_back(prior.median);
    recoveries.emplace_back().path = prior.name;
  }
  for (int study = 0; study < options.studies; ++study) {
    const auto number = static_cast<uint32_t>(study);
    kernel::Stream draws(options.seed, number, kTruth);
    std::vector<double> truth;
    for (const Prior& prior : priors) truth.push_back(PriorQuantile(prior, draws.Uniform()));
    const std::vector<StoryMoment> data =
        fit_model(truth, kernel::Stream(options.seed, number, kData).NextU64());
    const StoryFit fit =
        FitMoments(specification, fit_model, data, medians,
                   {.trials = options.trials, .first_seed = options.posterior.first_seed});
    StoryPosteriorOptions posterior = options.posterior;
    posterior.abc.seed += number;
    const absl::StatusOr<AbcResult> result =
        StoryPosterior(specification, posterior_model, data, posterior);
    if (!result.ok()) return result.status();
    for (size_t i = 0; i < priors.size(); ++i) {
      ParameterRecovery& each = recoveries[i];
      each.truths.push_back(truth[i]);
      each.fit.estimates.push_back(fit.values[i]);
      const AbcMarginal marginal = MarginalOf(*result, i, 0.90);
      each.mean.estimates.push_back(marginal.mean);
      if (Holds(marginal.interval, truth[i])) ++each.held_90;
      if (Holds(MarginalOf(*result, i, 0.50).interval, truth[i])) ++each.held_50;
      each.ranks.push_back(
          CalibrationRank(truth[i], PosteriorDraws(*result, i, options.draws, posterior.abc.seed)));
    }
    if (options.progress) options.progress(study + 1);
  }
  for (size_t i = 0; i < priors.size(); ++i) {
    ParameterRecovery& each = recoveries[i];
    Summarize(each.truths, each.fit);
    Summarize(each.truths, each.mean);
    std::vector<double> off;
    for (const double truth : each.truths) off.push_back(math::Log(medians[i] / truth));
    each.prior_error = RootMeanSquare(off);
    each.uniformity = UniformityOf(each.ranks, options.draws);
  }
  return recoveries;
}

}  // namespace oneup::sims
