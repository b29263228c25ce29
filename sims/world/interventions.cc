#include "sims/world/interventions.h"

#include <algorithm>

#include "agents/people/cast.h"
#include "market/kernel/civil_time.h"
#include "sims/scenario/change_numbers.h"
#include "sims/scenario/intervention_text.h"
#include "sims/world/world.h"

namespace oneup::sims {
namespace {

bool Switches(const v1::Intervention& intervention) {
  return intervention.has_rule_off() || intervention.has_rule_on();
}

// Of events, those that are the scenario's have been dropped, added or moved before the run; what
// emerges can only be kept back within it.
bool TakesEffectWithin(const v1::Intervention& intervention, bool emergent) {
  return ChangesWithin(intervention) || Switches(intervention) || intervention.has_pin() ||
         intervention.has_force() || (emergent && intervention.has_drop());
}

}  // namespace

std::unique_ptr<LoadedScenario> CopyIfItChanges(const LoadedScenario& scenario) {
  const auto& interventions = scenario.proto.interventions();
  const bool changes = std::ranges::any_of(interventions, [](const v1::Intervention& one) {
    return ChangesWithin(one) || Switches(one);
  });
  if (!changes) return nullptr;
  auto copy = std::make_unique<LoadedScenario>();
  copy->proto = scenario.proto;
  copy->calendars = scenario.calendars;
  copy->schedule = scenario.schedule;
  copy->prices = scenario.prices;
  return copy;
}

void World::ScheduleInterventions() {
  const auto& interventions = scenario_.proto.interventions();
  for (int i = 0; i < interventions.size(); ++i) {
    if (!TakesEffectWithin(interventions[i], cast_ != nullptr)) continue;
    Time at = kernel_.now();
    // Validation has seen that it is a day.
    if (const auto from = kernel::ParseDay(interventions[i].from()); from.ok()) {
      at = std::max(at, kernel::ToTime(*from, {}, absl::UTCTimeZone()));
    }
    if (at <= end_) kernel_.Schedule(at, handler_, kIntervention, static_cast<uint64_t>(i));
  }
}

void World::TakeEffect(const v1::Intervention& intervention) {
  const std::string line = InterventionText(intervention);
  uint64_t record = 0;
  if (Recording()) {
    v1::Record begins;
    begins.mutable_intervention_effect()->set_intervention(line);
    begins.mutable_intervention_effect()->set_effect("begins");
    record = Record(begins);
  }
  switch (intervention.what_case()) {
    case v1::Intervention::kSet:
    case v1::Intervention::kScale:
      ChangeNumbers(intervention, changing_->proto).IgnoreError();  // validation has tried it
      break;
    case v1::Intervention::kRuleOff:
      changing_->proto.mutable_minds()->add_off(intervention.rule_off());
      break;
    case v1::Intervention::kRuleOn: {
      auto& off = *changing_->proto.mutable_minds()->mutable_off();
      off.erase(std::remove(off.begin(), off.end(), intervention.rule_on()), off.end());
      break;
    }
    case v1::Intervention::kPin:
      return cast_->Pin(intervention.pin(), line, record);
    case v1::Intervention::kForce:
      return cast_->Compel(intervention.force(), line, record);
    case v1::Intervention::kDrop:
      return cast_->KeepBack(intervention.drop().event(), line);
    default:
      break;
  }
  if (cast_ != nullptr) cast_->Refresh();
}

}  // namespace oneup::sims
