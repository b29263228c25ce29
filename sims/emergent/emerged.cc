#include "sims/emergent/emerged.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "market/kernel/civil_time.h"

namespace oneup::sims {
namespace {

// What the listings were worth at each announcement, in place of recorded values.
void SetCapitalisations(const RunResult& result, v1::Scenario& scenario) {
  for (int i = 0; i < scenario.listings_size(); ++i) {
    v1::Listing& listing = *scenario.mutable_listings(i);
    if (listing.is_index()) continue;
    listing.clear_capitalisations();
    for (const EmergedEvent& emerged : result.emerged) {
      if (emerged.usd_bn.empty()) continue;
      kernel::CivilDay session;
      if (!absl::ParseCivilTime(emerged.event.announcement().first_session(), &session)) continue;
      v1::Capitalisation& point = *listing.add_capitalisations();
      point.set_date(kernel::FormatDay(session - 1));
      point.set_usd_bn(emerged.usd_bn[static_cast<size_t>(i)]);
      point.set_source("simulated");
    }
  }
}

}  // namespace

LoadedScenario EmergedScenario(const LoadedScenario& scenario, const RunResult& result) {
  LoadedScenario told = scenario;
  told.prices.clear();
  for (const EmergedEvent& emerged : result.emerged) {
    const int index = told.proto.events_size();
    *told.proto.add_events() = emerged.event;
    kernel::CivilDay day;
    if (!absl::ParseCivilTime(emerged.event.told_on(), &day)) continue;
    told.schedule.push_back({index, day, emerged.at});
  }
  std::ranges::stable_sort(told.schedule, {}, &ScheduledEvent::at);
  SetCapitalisations(result, told.proto);
  return told;
}

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
