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

absl::StatusOr<RecoveryStudy> MakeStudy(const v1::StoryCalibration& specification,
                                        const StoryModel& fit_model,
                                        const StoryModel& posterior_model,
                                        const std::vector<Prior>& priors, uint32_t number,
                                        const RecoveryOptions& options) {
  kernel::Stream draws(options.seed, number, kTruth);
  std::vector<double> truth;
  std::vector<double> medians;
  for (const Prior& prior : priors) {
    truth.push_back(PriorQuantile(prior, draws.Uniform()));
    medians.push_back(prior.median);
  }
  const std::vector<StoryMoment> data =
      fit_model(truth, kernel::Stream(options.seed, number, kData).NextU64());
  const StoryFit fit = FitMoments(
      specification, fit_model, data, medians,
      {.trials = options.trials, .first_seed = options.posterior.first_seed, .stop = options.stop});
  StoryPosteriorOptions posterior = options.posterior;
  posterior.abc.seed += number;
  posterior.abc.stop = options.stop;
  const absl::StatusOr<AbcResult> result =
      StoryPosterior(specification, posterior_model, data, posterior);
  if (!result.ok()) return result.status();
  if (fit.stopped || result->stop == AbcStop::kAsked) return absl::CancelledError("stopped");
  RecoveryStudy study;
  for (size_t i = 0; i < priors.size(); ++i) {
    const AbcMarginal marginal = MarginalOf(*result, i, 0.90);
    const std::vector<double> ranked =
        PosteriorDraws(*result, i, options.draws, posterior.abc.seed);
    study.push_back({.truth = truth[i],
                     .fit = fit.values[i],
                     .mean = marginal.mean,
                     .middle_50 = MarginalOf(*result, i, 0.50).interval,
                     .middle_90 = marginal.interval,
                     .rank = CalibrationRank(truth[i], ranked)});
  }
  return study;
}

// What all studies say of the parameter at this place.
ParameterRecovery RecoveryOf(const Prior& prior, size_t place,
                             const std::vector<RecoveryStudy>& studies, int draws) {
  ParameterRecovery recovery;
  recovery.path = prior.name;
  std::vector<double> off;
  for (const RecoveryStudy& study : studies) {
    const ParameterStudy& each = study[place];
    recovery.truths.push_back(each.truth);
    recovery.fit.estimates.push_back(each.fit);
    recovery.mean.estimates.push_back(each.mean);
    if (Holds(each.middle_50, each.truth)) ++recovery.held_50;
    if (Holds(each.middle_90, each.truth)) ++recovery.held_90;
    recovery.ranks.push_back(each.rank);
    off.push_back(math::Log(prior.median / each.truth));
  }
  Summarize(recovery.truths, recovery.fit);
  Summarize(recovery.truths, recovery.mean);
  recovery.prior_error = RootMeanSquare(off);
  recovery.uniformity = UniformityOf(recovery.ranks, draws);
  return recovery;
}

}  // namespace

absl::StatusOr<std::vector<ParameterRecovery>> RecoverSynthetic(
    const v1::StoryCalibration& specification, const StoryModel& fit_model,
    const StoryModel& posterior_model, const RecoveryOptions& options) {
  if (options.studies < 2 || options.draws < 1) {
    return absl::InvalidArgumentError(absl::StrCat(options.studies, " studies, ", options.draws,
                                                   " draws; must be at least 2 and 1"));
  }
  if (std::ssize(options.before) > options.studies) {
    return absl::InvalidArgumentError(absl::StrCat(
        options.before.size(), " studies have been made; must be at most ", options.studies));
  }
  const std::vector<Prior> priors = PriorsOf(specification);
  if (const absl::Status status = CheckPriors(priors); !status.ok()) return status;
  std::vector<RecoveryStudy> studies = options.before;
  while (std::ssize(studies) < options.studies) {
    absl::StatusOr<RecoveryStudy> study =
        MakeStudy(specification, fit_model, posterior_model, priors,
                  static_cast<uint32_t>(studies.size()), options);
    if (!study.ok()) return study.status();
    studies.push_back(*std::move(study));
    if (!options.keep) continue;
    const absl::Status kept = options.keep(studies.back(), static_cast<int>(studies.size()));
    if (!kept.ok()) return kept;
  }
  std::vector<ParameterRecovery> recoveries;
  for (size_t i = 0; i < priors.size(); ++i) {
    recoveries.push_back(RecoveryOf(priors[i], i, studies, options.draws));
  }
  return recoveries;
}

}  // namespace oneup::sims
