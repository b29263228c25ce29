#include "sims/scenario/intervene.h"

#include <google/protobuf/text_format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "oneup/embedded/scenarios.h"
#include "sims/scenario/apply_interventions.h"
#include "sims/scenario/checks.h"
#include "sims/scenario/files.h"
#include "sims/scenario/intervention_text.h"
#include "sims/scenario/rules_check.h"
#include "sims/scenario/sha256.h"
#include "sims/scenario/suggest.h"

namespace oneup::sims {
namespace {

constexpr std::string_view kFolder = "whatif/";
constexpr std::string_view kEnding = ".textproto";

std::string NameOf(std::string_view path) {
  path = path.substr(path.find_last_of('/') + 1);
  if (path.ends_with(kEnding)) path.remove_suffix(kEnding.size());
  return std::string(path);
}

// Of a line so much as a message can hold.
std::string Shortened(std::string line) {
  constexpr size_t kLongest = 120;
  if (line.size() > kLongest) line = line.substr(0, kLongest) + "...";
  return line;
}

absl::StatusOr<SourceText> Read(std::string_view path_or_name) {
  const std::string name(path_or_name);
  if (name.find('/') != std::string::npos || name.ends_with(kEnding)) return ReadDisk(name);
  auto builtin = ReadBuiltin(absl::StrCat(std::string(kFolder), name, std::string(kEnding)));
  if (builtin.ok()) return builtin;
  const std::vector<std::string> names = WhatIfs();
  return absl::NotFoundError(absl::StrCat("no what-if '", name, "'", DidYouMean(name, names),
                                          " (the program has ", absl::StrJoin(names, ", "),
                                          "; a file's name holds a '/' or ends in .textproto)"));
}

}  // namespace

absl::StatusOr<LoadedScenario> Intervene(const LoadedScenario& scenario,
                                         const std::vector<v1::Intervention>& interventions) {
  LoadedScenario changed = scenario;
  const int first = changed.proto.interventions_size();
  v1::Scenario added;
  LocationMap locations;
  for (size_t i = 0; i < interventions.size(); ++i) {
    *changed.proto.add_interventions() = interventions[i];
    *added.add_interventions() = interventions[i];
    // In place of a line of a file stands what was written.
    locations.Set(absl::StrCat("interventions[", static_cast<size_t>(first) + i, "]"),
                  {absl::StrCat("'", Shortened(InterventionText(interventions[i])), "'"), 0, 0});
  }
  // What fails elsewhere fails because of them together.
  locations.set_default_file(
      interventions.size() == 1
          ? absl::StrCat("'", Shortened(InterventionText(interventions.front())), "'")
          : "interventions");
  std::vector<Problem> problems;
  ApplyInterventions(first, locations, changed.proto, &problems);
  CheckRules(changed.proto, locations, &problems);
  const CheckContext context{changed.proto, locations, &problems};
  const Calendars calendars = CheckCalendars(context);
  CheckListings(context);
  CheckActors(context);
  CheckEvents(context, calendars);
  CheckPrincipals(context);
  if (!problems.empty()) return ProblemsToStatus(std::move(problems));
  changed.schedule = MakeSchedule(changed.proto);
  std::string text;
  google::protobuf::TextFormat::PrintToString(added, &text);
  changed.digest = Sha256Hex(changed.digest + text);
  changed.sources.push_back({absl::StrCat("interventions ", first), std::move(text)});
  return changed;
}

absl::StatusOr<WhatIf> LoadWhatIf(std::string_view path_or_name) {
  const absl::StatusOr<SourceText> source = Read(path_or_name);
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
  if (!problems.empty()) return ProblemsToStatus(std::move(problems));
  WhatIf what_if;
  what_if.name = NameOf(source->name);
  what_if.title = parsed.message.title().empty() ? what_if.name : parsed.message.title();
  what_if.description = parsed.message.description();
  what_if.interventions.assign(parsed.message.interventions().begin(),
                               parsed.message.interventions().end());
  return what_if;
}

std::vector<std::string> WhatIfs() {
  std::vector<std::string> names;
  for (const auto& [path, bytes] : embedded::scenarios::Files()) {
    if (path.starts_with(kFolder)) names.push_back(NameOf(path));
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace oneup::sims
