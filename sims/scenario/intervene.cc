#include "sims/scenario/intervene.h"

#include <google/protobuf/text_format.h>

#include <cstddef>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "sims/scenario/apply_interventions.h"
#include "sims/scenario/checks.h"
#include "sims/scenario/files.h"
#include "sims/scenario/intervention_text.h"
#include "sims/scenario/rules_check.h"
#include "sims/scenario/sha256.h"

namespace oneup::sims {
namespace {

constexpr std::string_view kFolder = "whatif/";
// Of a line so much as a message can hold.
std::string Shortened(std::string line) {
  constexpr size_t kLongest = 120;
  if (line.size() > kLongest) line = line.substr(0, kLongest) + "...";
  return line;
}

}  // namespace

absl::StatusOr<LoadedScenario> Intervene(const LoadedScenario& scenario,
                                         const std::vector<v1::Intervention>& interventions,
                                         const std::vector<SourceLocation>& places) {
  LoadedScenario changed = scenario;
  const int first = changed.proto.interventions_size();
  v1::Scenario added;
  LocationMap locations;
  // Where there is no file stands what was written. What fails elsewhere fails because of all of
  // them together.
  locations.set_default_file("interventions");
  for (size_t i = 0; i < interventions.size(); ++i) {
    *changed.proto.add_interventions() = interventions[i];
    *added.add_interventions() = interventions[i];
    const std::string line = absl::StrCat("'", Shortened(InterventionText(interventions[i])), "'");
    const bool in_file = i < places.size() && !places[i].file.empty();
    const SourceLocation place = in_file ? places[i] : SourceLocation{line, 0, 0};
    locations.Set(absl::StrCat("interventions[", static_cast<size_t>(first) + i, "]"), place);
    if (interventions.size() == 1) locations.set_default_file(place.file);
  }
  std::vector<Problem> problems;
  ApplyInterventions(first, locations, changed.proto, &problems);
  const size_t applied = problems.size();
  CheckRules(changed.proto, locations, &problems);
  DropRepeated(applied, &problems);
  CheckParts({changed.proto, locations, &problems});
  if (!problems.empty()) return ProblemsToStatus(std::move(problems));
  changed.schedule = MakeSchedule(changed.proto);
  std::string text;
  google::protobuf::TextFormat::PrintToString(added, &text);
  changed.digest = Sha256Hex(changed.digest + text);
  changed.sources.push_back({absl::StrCat("interventions ", first), std::move(text)});
  return changed;
}

std::vector<v1::Intervention> LastInterventions(const LoadedScenario& changed, size_t count) {
  const auto& all = changed.proto.interventions();
  return {all.end() - static_cast<std::ptrdiff_t>(count), all.end()};
}

absl::StatusOr<WhatIf> LoadWhatIf(std::string_view path_or_name) {
  const absl::StatusOr<SourceText> source =
      ReadPathOrBuiltin(path_or_name, kFolder, "what-if", WhatIfs());
  if (!source.ok()) return source.status();
  std::vector<Problem> problems;
  const ParsedFile parsed = ParseScenarioText(*source, &problems);
  v1::Scenario rest = parsed.message;
  rest.clear_title();
  rest.clear_description();
  rest.clear_interventions();
  std::vector<const google::protobuf::FieldDescriptor*> others;
  rest.GetReflection()->ListFields(rest, &others);
  for (const auto* field : others) {
    AddProblem(&problems, {source->name, 0, 0}, field->name(),
               "does not belong here; allowed are title, description and interventions");
  }
  if (parsed.text->complete && parsed.message.interventions().empty()) {
    AddProblem(&problems, {source->name, 0, 0}, "interventions", "is missing; at least one");
  }
  LocationMap locations;
  LocateFields(*source, parsed.message, *parsed.text, v1::Scenario(), &locations, &problems);
  if (!problems.empty()) return ProblemsToStatus(std::move(problems));
  WhatIf what_if;
  what_if.name = StemOf(source->name);
  what_if.title = parsed.message.title().empty() ? what_if.name : parsed.message.title();
  what_if.description = parsed.message.description();
  what_if.interventions.assign(parsed.message.interventions().begin(),
                               parsed.message.interventions().end());
  for (size_t i = 0; i < what_if.interventions.size(); ++i) {
    what_if.places.push_back(locations.Find(absl::StrCat("interventions[", i, "]")));
  }
  return what_if;
}

std::vector<std::string> WhatIfs() { return BuiltinsIn(kFolder); }

}  // namespace oneup::sims
