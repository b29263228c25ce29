#include "sims/calibration/story_moments.h"

#include <algorithm>
#include <cmath>

#include "sims/emergent/stories.h"
#include "sims/scenario/field_path.h"

namespace oneup::sims {
namespace {

constexpr double kMonthsScale = 6;
constexpr double kDaysOfMonth = 30.44;

// The first day on which the target's event happens in the run; nothing if it does not.
std::optional<kernel::CivilDay> DayIn(const v1::StoryTarget& target, const StoryOutcome& outcome) {
  if (target.kind() == v1::EVENT_KIND_ANNOUNCEMENT) {
    const DealOutcome* deal = outcome.DealOf(target.actor());
    if (deal == nullptr) return std::nullopt;
    return deal->day;
  }
  const StoryFact* fact = outcome.First(target.kind(), target.actor(), target.other());
  if (fact == nullptr) return std::nullopt;
  return fact->day;
}

StoryMoment MomentOf(const v1::StoryTarget& target, const std::vector<StoryOutcome>& outcomes) {
  std::vector<kernel::CivilDay> days;
  for (const StoryOutcome& outcome : outcomes) {
    if (const auto day = DayIn(target, outcome)) days.push_back(*day);
  }
  StoryMoment moment;
  moment.share = static_cast<double>(days.size()) / static_cast<double>(outcomes.size());
  if (days.empty()) return moment;
  std::ranges::nth_element(days, days.begin() + static_cast<std::ptrdiff_t>(days.size() / 2));
  moment.median = days[days.size() / 2];
  return moment;
}

double WeightOf(const v1::StoryTarget& target) { return target.has_weight() ? target.weight() : 1; }

// In units of kMonthsScale.
double DaysOff(const StoryMoment& moment, const StoryMoment& observed) {
  if (!moment.median || !observed.median) return 0;
  return static_cast<double>(*moment.median - *observed.median) / kDaysOfMonth / kMonthsScale;
}

}  // namespace

std::vector<StoryMoment> MomentsOf(const v1::StoryCalibration& specification,
                                   const std::vector<StoryOutcome>& outcomes) {
  std::vector<StoryMoment> moments;
  for (const v1::StoryTarget& target : specification.targets()) {
    moments.push_back(MomentOf(target, outcomes));
  }
  return moments;
}

std::vector<StoryMoment> RecordedMoments(const v1::StoryCalibration& specification) {
  std::vector<StoryMoment> moments;
  for (const v1::StoryTarget& target : specification.targets()) {
    StoryMoment& moment = moments.emplace_back();
    moment.share = target.happened() ? 1 : 0;
    if (const auto day = kernel::ParseDay(target.date()); day.ok()) moment.median = *day;
  }
  return moments;
}

double MomentLoss(const v1::StoryTarget& target, const StoryMoment& moment,
                  const StoryMoment& observed) {
  const double miss = moment.share - observed.share;
  const double off = DaysOff(moment, observed);
  return WeightOf(target) * miss * miss + target.date_weight() * off * off;
}

MomentCoordinates CoordinatesOf(const v1::StoryCalibration& specification,
                                const std::vector<StoryMoment>& moments,
                                const std::vector<StoryMoment>& observed) {
  MomentCoordinates coordinates;
  const auto add = [&](double value, double seen, double weight) {
    if (!(weight > 0)) return;
    coordinates.values.push_back(value);
    coordinates.observed.push_back(seen);
    coordinates.scales.push_back(1 / std::sqrt(weight));
  };
  for (int i = 0; i < specification.targets_size(); ++i) {
    const v1::StoryTarget& target = specification.targets(i);
    const auto at = static_cast<size_t>(i);
    add(moments[at].share, observed[at].share, WeightOf(target));
    if (observed[at].median) add(DaysOff(moments[at], observed[at]), 0, target.date_weight());
  }
  return coordinates;
}

absl::StatusOr<StoryModel> ModelOf(const LoadedScenario& scenario,
                                   const v1::StoryCalibration& specification,
                                   const StoryModelOptions& options) {
  for (const v1::FreeParameter& parameter : specification.parameters()) {
    const absl::StatusOr<double> now = GetField(parameter.path(), scenario.proto);
    if (!now.ok()) return now.status();
  }
  EnsembleOptions stories;
  stories.seeds = options.seeds;
  stories.threads = options.threads;
  stories.run.resolution = options.resolution;
  stories.run.until = *kernel::ParseDay(specification.until());
  return [&scenario, specification, stories](std::span<const double> values, uint64_t first_seed) {
    LoadedScenario trial = scenario;
    for (size_t i = 0; i < values.size(); ++i) {
      // Found above: it is a number of the scenario.
      SetField(specification.parameters(static_cast<int>(i)).path(), values[i], trial.proto)
          .IgnoreError();
    }
    EnsembleOptions seeds = stories;
    seeds.first_seed = first_seed;
    return MomentsOf(specification, RunStories(trial, seeds));
  };
}

}  // namespace oneup::sims
