// The replay of a scenario: what the market makes of the recorded events, over one or
// many seeds, held against what the exchanges recorded.
#pragma once

#include <vector>

#include "sims/replay/ensemble.h"
#include "sims/replay/reaction.h"
#include "sims/scenario/scenario.h"

namespace oneup::sims {

// A row of the closing table.
struct ReactionRow {
  ReactionKey key;
  Reaction recorded;
  // Over the seeds.
  Spread gap, first_day, abnormal, car_1_1, car_0_20, volume_ratio;
  // Median abnormal return when the event is valued with what the other events teach;
  // NaN if the scenario holds no such parameters for it.
  double leave_one_out = 0;
};

// The row of the k-th key over these runs; nothing is predicted yet (leave_one_out is NaN).
ReactionRow RowOf(const ReactionKey& key, const Reaction& recorded,
                  const std::vector<RunSummary>& runs, size_t k);

// Market value that announcements of the hub's commitments added on their first days,
// billion USD: first-day return times the recorded market value on the eve, summed over
// the suppliers. The recorded value is the article's "630 billion".
struct AddedValue {
  double recorded = 0;
  Spread simulated;
};

// What the hub has committed itself to, up to some event.
struct Commitments {
  double capacity_gw = 0;
  double usd_bn = 0;
  double over_revenue = 0;  // usd_bn over the hub's yearly revenue; NaN if unknown
};

struct Replay {
  std::vector<ReactionRow> rows;
  AddedValue added_value;
  Commitments commitments;  // at the end
  std::vector<RunSummary> runs;
};

// Runs the ensemble, and where the scenario holds leave-one-out parameters runs it a
// second time with them. options.progress counts the runs of both (TotalRuns). The daily
// closes of the first `keep_closes` runs are kept, for PricePaths.
Replay RunReplay(const LoadedScenario& scenario, const EnsembleOptions& options, int keep_closes);
int TotalRuns(const LoadedScenario& scenario, const EnsembleOptions& options);

// What a scenario's own record says of the same rows; NaN of an event that emerged in a run, to
// which no exchange ever reacted.
std::vector<Reaction> RecordedReactions(const LoadedScenario& scenario,
                                        const std::vector<ReactionKey>& keys);

// The hub's commitments by the events of the schedule up to and including position
// `upto`. Terms without a sum count as zero.
Commitments CommitmentsUpTo(const LoadedScenario& scenario, size_t upto);

// A row whose event adds to AddedValue: a supplier's, of a commitment of the hub.
bool CountsAsAddedValue(const LoadedScenario& scenario, const ReactionKey& key);

// Market value that a first-day return adds to a row's company, billion USD.
double ValueAdded(const LoadedScenario& scenario, const ReactionKey& key, double first_day);

}  // namespace oneup::sims
