#include "sims/scenario/change_numbers.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "sims/scenario/checks.h"
#include "sims/scenario/field_path.h"
#include "sims/scenario/rules_check.h"
#include "sims/scenario/trait_path.h"

namespace oneup::sims {

absl::Status ChangeNumbers(const v1::Intervention& intervention, v1::Scenario& scenario) {
  const bool set = intervention.has_set();
  const v1::FieldSetting& setting = set ? intervention.set() : intervention.scale();
  const auto paths = ExpandPath(setting.path(), scenario);
  if (!paths.ok()) return paths.status();
  for (const std::string& path : *paths) {
    double value = setting.value();
    if (!set) {
      const absl::StatusOr<double> present = GetField(path, scenario);
      if (!present.ok()) return present.status();
      value *= *present;
    }
    if (absl::Status status = SetField(path, value, scenario); !status.ok()) return status;
  }
  return absl::OkStatus();
}

bool ChangesWithin(const v1::Intervention& intervention) {
  return !intervention.from().empty() && (intervention.has_set() || intervention.has_scale());
}

std::vector<int> InOrderOfEffect(const v1::Scenario& scenario,
                                 bool (*is_of_kind)(const v1::Intervention&)) {
  std::vector<int> order;
  for (int i = 0; i < scenario.interventions_size(); ++i) {
    if (is_of_kind(scenario.interventions(i))) order.push_back(i);
  }
  std::ranges::stable_sort(order, {}, [&](int i) { return scenario.interventions(i).from(); });
  return order;
}

void TryChanges(const LocationMap& locations, const v1::Scenario& scenario,
                std::vector<Problem>* problems) {
  v1::Scenario trial = scenario;
  const auto check = [&] {
    std::vector<Problem> found;
    CheckRules(trial, locations, &found);
    CheckPrincipals({trial, locations, &found});
    return found;
  };
  const size_t before = check().size();
  for (const int i : InOrderOfEffect(scenario, ChangesWithin)) {
    const std::string at = absl::StrCat("interventions[", i, "]");
    const absl::Status status = ChangeNumbers(scenario.interventions(i), trial);
    const std::vector<Problem> found = status.ok() ? check() : std::vector<Problem>{};
    if (status.ok() && found.size() <= before) continue;
    AddProblem(problems, locations.Find(at), at,
               status.ok() ? absl::StrCat(found.back().field, " ", found.back().message)
                           : std::string(status.message()));
    return;  // what comes after it builds on it
  }
}

}  // namespace oneup::sims
