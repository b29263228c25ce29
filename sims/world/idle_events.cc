#include "sims/world/idle_events.h"

#include <algorithm>

#include "sims/scenario/intervene.h"
#include "sims/world/news_desk.h"

namespace oneup::sims {
namespace {

// The events of the scenario that the intervention takes out or puts elsewhere.
std::vector<const v1::Event*> Touched(const LoadedScenario& scenario,
                                      const v1::Intervention& intervention) {
  std::vector<const v1::Event*> touched;
  if (!intervention.has_drop() && !intervention.has_move()) return touched;
  const absl::StatusOr<LoadedScenario> changed = Intervene(scenario, {intervention});
  if (!changed.ok()) return touched;
  for (const v1::Event& event : scenario.proto.events()) {
    const bool is_touched = intervention.has_drop() ? changed->FindEvent(event.id()) == nullptr
                                                    : event.id() == intervention.move().event();
    if (is_touched) touched.push_back(&event);
  }
  return touched;
}

}  // namespace

bool IsIdle(const LoadedScenario& scenario, const v1::Event& event) {
  if (!scenario.proto.principals().empty()) return false;
  // Deals are counted; what is announced with a value is remembered as one.
  if (event.kind() == v1::EVENT_KIND_ANNOUNCEMENT || event.kind() == v1::EVENT_KIND_DEAL ||
      !event.committed_by().empty()) {
    return false;
  }
  if (event.has_announcement() && event.terms().has_value_usd_bn()) return false;
  const bool is_funded = std::ranges::any_of(
      event.announcement().exposures(),
      [](const v1::Exposure& exposure) { return exposure.role() == v1::EXPOSURE_ROLE_FUNDER; });
  if (is_funded) return false;
  const NewsDesk desk(scenario);
  return desk.Read(event, scenario.proto.valuation()).empty() &&
         std::ranges::all_of(scenario.proto.held_out(), [&](const v1::HeldOutValuation& held_out) {
           return desk.Read(event, held_out.valuation()).empty();
         });
}

std::vector<size_t> IdleInterventions(const LoadedScenario& scenario,
                                      const std::vector<v1::Intervention>& interventions) {
  std::vector<size_t> idle;
  for (size_t i = 0; i < interventions.size(); ++i) {
    const std::vector<const v1::Event*> touched = Touched(scenario, interventions[i]);
    if (!touched.empty() && std::ranges::all_of(touched, [&](const v1::Event* event) {
          return IsIdle(scenario, *event);
        })) {
      idle.push_back(i);
    }
  }
  return idle;
}

}  // namespace oneup::sims
