#include "sims/batch/variant.h"

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "sims/report/json.h"
#include "sims/scenario/field_path.h"

namespace oneup::sims {
namespace {

// Stands in for Intervene() with ParseIntervention(): knows "set PATH VALUE" alone.
absl::Status Apply(const std::string& line, LoadedScenario& scenario) {
  const std::vector<std::string> words = absl::StrSplit(line, ' ', absl::SkipEmpty());
  double value = 0;
  if (words.size() != 3 || words[0] != "set" || !absl::SimpleAtod(words[2], &value)) {
    return absl::InvalidArgumentError(absl::StrCat("'", line, "' cannot be read"));
  }
  return SetField(words[1], value, scenario.proto);
}

}  // namespace

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

absl::StatusOr<LoadedScenario> VariantOf(const LoadedScenario& scenario, const v1::BatchPlan& plan,
                                         const v1::PlannedPoint& point) {
  LoadedScenario variant = scenario;
  for (int i = 0; i < plan.factors_size(); ++i) {
    const absl::StatusOr<std::vector<std::string>> lines =
        LinesOf(plan.factors(i), point.values(i));
    if (!lines.ok()) return lines.status();
    for (const std::string& line : *lines) {
      if (const absl::Status status = Apply(line, variant); !status.ok()) return status;
    }
  }
  return variant;
}

}  // namespace oneup::sims
