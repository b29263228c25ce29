#include "sims/emergent/reactions.h"

#include <cmath>
#include <limits>
#include <utility>

namespace oneup::sims {

Replay ReactionsOf(const LoadedScenario& told, const RunResult& result, uint64_t seed) {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  const auto known = [](double value) { return Spread{value, value, value}; };
  Replay replay;
  RunSummary run{.seed = seed, .reactions = {}, .closes = {}};
  double added = 0;
  for (const ReactionKey& key : ReactionKeys(told)) {
    const Reaction reaction = MeasureReaction(told, result.prices, key);
    if (std::isnan(reaction.first_day)) continue;  // the run ended before its first session
    ReactionRow row;
    row.key = key;
    row.recorded = {kNaN, kNaN, kNaN, kNaN, kNaN, kNaN};
    row.gap = known(reaction.gap);
    row.first_day = known(reaction.first_day);
    row.abnormal = known(reaction.abnormal);
    row.car_1_1 = known(reaction.car_1_1);
    row.car_0_20 = known(reaction.car_0_20);
    row.volume_ratio = known(reaction.volume_ratio);
    row.leave_one_out = kNaN;
    if (CountsAsAddedValue(told, key)) added += ValueAdded(told, key, reaction.first_day);
    replay.rows.push_back(row);
    run.reactions.push_back(reaction);
  }
  for (const RecordedPrices& prices : result.prices) {
    std::vector<double>& closes = run.closes.emplace_back();
    for (const DailyBar& bar : prices.bars) closes.push_back(bar.close);
  }
  replay.runs.push_back(std::move(run));
  replay.added_value.simulated = known(added);
  if (!told.schedule.empty()) {
    replay.commitments = CommitmentsUpTo(told, told.schedule.size() - 1);
  }
  return replay;
}

}  // namespace oneup::sims
