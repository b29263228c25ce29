#include "sims/scenario/late_interventions.h"

#include <algorithm>
#include <string>

#include "agents/mind/signal.h"
#include "sims/scenario/checks.h"

namespace oneup::sims {
namespace {

using Day = std::optional<kernel::CivilDay>;

Day ToldDay(const v1::Event& event) {
  const auto days = DaysOf(event);
  return days ? Day(days->told) : std::nullopt;
}

Day Later(Day a, Day b) { return a && b ? std::max(*a, *b) : a ? a : b; }

// The first told of the events that a pattern names; nothing if one of them may emerge.
Day FirstTold(const LoadedScenario& scenario, const std::string& pattern) {
  if (!scenario.proto.principals().empty() && scenario.FindEvent(pattern) == nullptr) {
    return std::nullopt;
  }
  Day first;
  for (const v1::Event& event : scenario.proto.events()) {
    if (!mind::Matches(pattern, event.id())) continue;
    const Day told = ToldDay(event);
    if (!first || (told && *told < *first)) first = told;
  }
  return first;
}

}  // namespace

std::optional<kernel::CivilDay> FirstDayOf(const LoadedScenario& scenario,
                                           const v1::Intervention& intervention) {
  const absl::StatusOr<kernel::CivilDay> from = kernel::ParseDay(intervention.from());
  const Day day = from.ok() ? Day(*from) : std::nullopt;
  switch (intervention.what_case()) {
    case v1::Intervention::kDrop:
      return Later(day, FirstTold(scenario, intervention.drop().event()));
    case v1::Intervention::kAdd:
      return ToldDay(intervention.add());
    case v1::Intervention::kMove: {
      const absl::StatusOr<kernel::CivilDay> to = kernel::ParseDay(intervention.move().to());
      const Day told = FirstTold(scenario, intervention.move().event());
      return to.ok() && told ? Day(std::min(*to, *told)) : std::nullopt;
    }
    case v1::Intervention::kForce:
      return intervention.force().event().empty()
                 ? day
                 : Later(day, FirstTold(scenario, intervention.force().event()));
    default:
      return day;
  }
}

const v1::Intervention* LateIntervention(const LoadedScenario& scenario,
                                         const std::vector<v1::Intervention>& interventions,
                                         kernel::CivilDay until) {
  const auto late = std::ranges::find_if(interventions, [&](const v1::Intervention& one) {
    const Day first = FirstDayOf(scenario, one);
    return first && *first > until;
  });
  return late == interventions.end() ? nullptr : &*late;
}

}  // namespace oneup::sims
