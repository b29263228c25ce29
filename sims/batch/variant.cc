#include "sims/batch/variant.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "sims/report/json.h"
#include "sims/scenario/intervene.h"
#include "sims/scenario/intervention_text.h"
#include "sims/scenario/trait_path.h"

namespace oneup::sims {

absl::StatusOr<std::vector<std::string>> LinesOf(const v1::PlannedFactor& factor, double value) {
  const std::string number = FormatNumber(value);
  if (factor.alternatives().empty()) {
    return std::vector<std::string>{absl::StrReplaceAll(factor.line(), {{"{}", number}})};
  }
  if (!(value >= 0 && value < factor.alternatives_size()) || value != static_cast<int>(value)) {
    return absl::InvalidArgumentError(absl::StrCat(factor.name(), ": is ", number,
                                                   "; its alternatives are 0 to ",
                                                   factor.alternatives_size() - 1));
  }
  std::vector<std::string> lines;
  for (const absl::string_view line :
       absl::StrSplit(factor.alternatives(static_cast<int>(value)), ';', absl::SkipWhitespace())) {
    lines.emplace_back(absl::StripAsciiWhitespace(line));
  }
  return lines;
}

std::vector<std::string> TargetsOf(const v1::PlannedFactor& factor, const v1::Scenario& scenario) {
  if (!factor.alternatives().empty()) return {};
  const auto line = ParseIntervention(absl::StrReplaceAll(factor.line(), {{"{}", "1"}}));
  if (!line.ok()) return {};
  if (!line->has_set()) return {InterventionText(*line)};
  const auto paths = ExpandPath(line->set().path(), scenario);
  if (!paths.ok()) return {};
  std::vector<std::string> targets = *paths;
  if (!line->from().empty()) {
    for (std::string& target : targets) absl::StrAppend(&target, " from ", line->from());
  }
  return targets;
}

absl::StatusOr<LoadedScenario> VariantOf(const LoadedScenario& scenario, const v1::BatchPlan& plan,
                                         const v1::PlannedPoint& point) {
  std::vector<v1::Intervention> interventions;
  for (int i = 0; i < plan.factors_size(); ++i) {
    const absl::StatusOr<std::vector<std::string>> lines =
        LinesOf(plan.factors(i), point.values(i));
    if (!lines.ok()) return lines.status();
    for (const std::string& line : *lines) {
      absl::StatusOr<v1::Intervention> intervention = ParseIntervention(line);
      if (!intervention.ok()) return intervention.status();
      interventions.push_back(*std::move(intervention));
    }
  }
  if (interventions.empty()) return scenario;
  return Intervene(scenario, interventions);
}

}  // namespace oneup::sims
