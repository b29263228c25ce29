#include "sims/world/emerged.h"

#include <algorithm>
#include <map>

#include "market/kernel/civil_time.h"

namespace oneup::sims {
namespace {

// What the listings were worth at each announcement, in place of recorded values; of several before
// one session the first, which no news of that session had moved. Recorded values stay if nothing
// was announced.
void SetCapitalisations(const RunResult& result, v1::Scenario& scenario) {
  std::map<kernel::CivilDay, const EmergedEvent*> eves;
  for (const EmergedEvent& emerged : result.emerged) {
    kernel::CivilDay session;
    if (emerged.usd_bn.empty() ||
        !absl::ParseCivilTime(emerged.event.announcement().first_session(), &session)) {
      continue;
    }
    eves.emplace(session - 1, &emerged);
  }
  if (eves.empty()) return;
  for (int i = 0; i < scenario.listings_size(); ++i) {
    v1::Listing& listing = *scenario.mutable_listings(i);
    if (listing.is_index()) continue;
    listing.clear_capitalisations();
    for (const auto& [eve, emerged] : eves) {
      v1::Capitalisation& point = *listing.add_capitalisations();
      point.set_date(kernel::FormatDay(eve));
      point.set_usd_bn(emerged->usd_bn[static_cast<size_t>(i)]);
      point.set_source("this run");
      point.set_simulated(true);
    }
  }
}

}  // namespace

LoadedScenario EmergedScenario(const LoadedScenario& scenario, const RunResult& result) {
  LoadedScenario told = scenario;
  if (scenario.proto.principals().empty()) return told;
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

}  // namespace oneup::sims
