#include "sims/replay/replay.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sims/stats/descriptive.h"
#include "sims/world/news_desk.h"

namespace oneup::sims {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

bool HoldsOut(const LoadedScenario& scenario, const std::string& event) {
  for (const v1::HeldOutValuation& held_out : scenario.proto.held_out()) {
    if (held_out.event() == event) return true;
  }
  return false;
}

double YearlyRevenue(const LoadedScenario& scenario) {
  const v1::Actor* hub = scenario.FindActor(scenario.proto.hub());
  double revenue = kNaN;
  if (hub == nullptr) return revenue;
  for (const v1::Financials& financials : hub->financials()) {
    // Only whole years: "2025", not "2025H1".
    if (financials.has_revenue_usd_bn() && financials.period().size() == 4) {
      revenue = financials.revenue_usd_bn();
    }
  }
  return revenue;
}

}  // namespace

std::vector<Reaction> RecordedReactions(const LoadedScenario& scenario,
                                        const std::vector<ReactionKey>& keys) {
  std::vector<RecordedPrices> recorded;
  for (const v1::Listing& listing : scenario.proto.listings()) {
    const RecordedPrices* prices = scenario.FindPrices(listing.ticker());
    recorded.push_back(prices != nullptr ? *prices : RecordedPrices{});
  }
  std::vector<Reaction> reactions;
  for (const ReactionKey& key : keys) {
    const bool emerged = scenario.proto.events(key.event).emerged();
    reactions.push_back(emerged ? kUnknownReaction : MeasureReaction(scenario, recorded, key));
  }
  return reactions;
}

ReactionRow RowOf(const ReactionKey& key, const Reaction& recorded,
                  const std::vector<RunSummary>& runs, size_t k) {
  ReactionRow row;
  row.key = key;
  row.recorded = recorded;
  row.gap = SpreadOf(runs, k, &Reaction::gap);
  row.first_day = SpreadOf(runs, k, &Reaction::first_day);
  row.abnormal = SpreadOf(runs, k, &Reaction::abnormal);
  row.car_1_1 = SpreadOf(runs, k, &Reaction::car_1_1);
  row.car_0_20 = SpreadOf(runs, k, &Reaction::car_0_20);
  row.volume_ratio = SpreadOf(runs, k, &Reaction::volume_ratio);
  row.leave_one_out = kNaN;
  return row;
}

Commitments CommitmentsUpTo(const LoadedScenario& scenario, size_t upto) {
  Commitments sum;
  for (size_t i = 0; i <= upto && i < scenario.schedule.size(); ++i) {
    const v1::Event& event = scenario.proto.events(scenario.schedule[i].index);
    if (event.committed_by().empty() || event.committed_by() != scenario.proto.hub()) continue;
    sum.capacity_gw += event.terms().capacity_gw();
    sum.usd_bn += event.terms().value_usd_bn();
  }
  sum.over_revenue = sum.usd_bn / YearlyRevenue(scenario);
  return sum;
}

bool CountsAsAddedValue(const LoadedScenario& scenario, const ReactionKey& key) {
  const v1::Event& event = scenario.proto.events(key.event);
  if (event.committed_by().empty() || event.committed_by() != scenario.proto.hub()) return false;
  for (const v1::Exposure& exposure : event.announcement().exposures()) {
    if (exposure.role() == v1::EXPOSURE_ROLE_SUPPLIER &&
        exposure.company() == scenario.proto.listings(key.listing).ticker()) {
      return true;
    }
  }
  return false;
}

double ValueAdded(const LoadedScenario& scenario, const ReactionKey& key, double first_day) {
  return first_day * NewsDesk(scenario).Capitalisation(
                         scenario.proto.listings(key.listing),
                         scenario.proto.events(key.event).announcement().first_session());
}

int TotalRuns(const LoadedScenario& scenario, const EnsembleOptions& options) {
  return scenario.proto.held_out().empty() ? options.seeds : 2 * options.seeds;
}

Replay RunReplay(const LoadedScenario& scenario, const EnsembleOptions& options, int keep_closes) {
  Replay replay;
  std::vector<ReactionKey> keys = ReactionKeys(scenario);
  // News of the last evening is traded after the end.
  kernel::CivilDay last;
  absl::ParseCivilTime(scenario.proto.end_date(), &last);
  last = std::min(last, options.run.until);
  std::erase_if(keys, [&](const ReactionKey& key) { return key.first_session > last; });
  const std::vector<Reaction> recorded = RecordedReactions(scenario, keys);
  replay.runs = RunEnsemble(scenario, keys, options, keep_closes);

  std::vector<RunSummary> held_out_runs;
  if (!scenario.proto.held_out().empty()) {
    EnsembleOptions held_out = options;
    held_out.run.leave_one_out = true;
    if (options.progress) {
      held_out.progress = [&](int done) { options.progress(options.seeds + done); };
    }
    held_out_runs = RunEnsemble(scenario, keys, held_out, 0);
  }

  for (size_t k = 0; k < keys.size(); ++k) {
    ReactionRow row = RowOf(keys[k], recorded[k], replay.runs, k);
    if (!held_out_runs.empty() && HoldsOut(scenario, scenario.proto.events(keys[k].event).id())) {
      row.leave_one_out = SpreadOf(held_out_runs, k, &Reaction::abnormal).median;
    }
    replay.rows.push_back(row);
  }

  std::vector<double> added(replay.runs.size(), 0.0);
  for (size_t k = 0; k < keys.size(); ++k) {
    if (!CountsAsAddedValue(scenario, keys[k])) continue;
    // A scenario may add deals of which nothing is recorded.
    if (!std::isnan(recorded[k].first_day)) {
      replay.added_value.recorded += ValueAdded(scenario, keys[k], recorded[k].first_day);
    }
    for (size_t r = 0; r < replay.runs.size(); ++r) {
      added[r] += ValueAdded(scenario, keys[k], replay.runs[r].reactions[k].first_day);
    }
  }
  const std::vector<double> quantiles = Quantiles(added, std::vector<double>{0.5, 0.05, 0.95});
  replay.added_value.simulated = {quantiles[0], quantiles[1], quantiles[2]};
  const auto beyond = std::ranges::find_if(
      scenario.schedule, [&](const ScheduledEvent& e) { return e.day > options.run.until; });
  if (beyond != scenario.schedule.begin()) {
    replay.commitments =
        CommitmentsUpTo(scenario, static_cast<size_t>(beyond - scenario.schedule.begin()) - 1);
  }
  return replay;
}

}  // namespace oneup::sims
