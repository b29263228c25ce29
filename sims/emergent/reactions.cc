#include "sims/emergent/reactions.h"

#include <cmath>
#include <vector>

namespace oneup::sims {

Replay ReactionsOf(const LoadedScenario& told, const RunResult& result, uint64_t seed) {
  const std::vector<ReactionKey> keys = ReactionKeys(told);
  Replay replay;
  replay.runs.push_back(SummaryOf(told, keys, seed, result, true));
  double added = 0;
  for (size_t k = 0; k < keys.size(); ++k) {
    const double first_day = replay.runs.front().reactions[k].first_day;
    if (std::isnan(first_day)) continue;  // the run ended before its first session
    replay.rows.push_back(RowOf(keys[k], kUnknownReaction, replay.runs, k));
    if (CountsAsAddedValue(told, keys[k])) added += ValueAdded(told, keys[k], first_day);
  }
  replay.added_value.simulated = {added, added, added};
  if (!told.schedule.empty()) {
    replay.commitments = CommitmentsUpTo(told, told.schedule.size() - 1);
  }
  return replay;
}

}  // namespace oneup::sims
