#include "sims/emergent/story_file.h"

#include <google/protobuf/text_format.h>
#include <google/protobuf/util/message_differencer.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "sims/scenario/files.h"
#include "sims/scenario/text_format.h"

namespace oneup::sims {
namespace {

using google::protobuf::FieldDescriptor;

constexpr char kHead[] =
    "# proto-file: proto/oneup/v1/scenario.proto\n"
    "# proto-message: oneup.v1.Scenario\n"
    "#\n"
    "# Written by oneup run --story: what emerged in one run. Market values are simulated "
    "ones.\n\n";

// The parts of a scenario that a story leaves as they are.
v1::Scenario Setting(const v1::Scenario& scenario) {
  v1::Scenario setting;
  *setting.mutable_calendars() = scenario.calendars();
  *setting.mutable_actors() = scenario.actors();
  if (scenario.has_traders()) *setting.mutable_traders() = scenario.traders();
  if (scenario.has_valuation()) *setting.mutable_valuation() = scenario.valuation();
  return setting;
}

void ClearSetting(v1::Scenario& scenario) {
  scenario.clear_calendars();
  scenario.clear_actors();
  scenario.clear_traders();
  scenario.clear_valuation();
}

// The files inside the program that make up the scenario's setting and hold nothing else; none if
// they do not make all of it.
std::vector<std::string> ImportsOf(const LoadedScenario& scenario) {
  std::vector<std::string> imports;
  v1::Scenario imported;
  for (const SourceText& source : scenario.sources) {
    const std::optional<std::string> path = BuiltinPath(source.name);
    if (!path || !path->ends_with(".textproto")) continue;
    std::vector<Problem> problems;
    const v1::Scenario part = ParseScenarioText(source, &problems).message;
    v1::Scenario rest = part;
    ClearSetting(rest);
    if (rest.ByteSizeLong() > 0) continue;
    imports.push_back(*path);
    imported.MergeFrom(part);
  }
  const bool whole =
      google::protobuf::util::MessageDifferencer::Equals(imported, Setting(scenario.proto));
  return whole ? imports : std::vector<std::string>{};
}

v1::Scenario StoryOf(const LoadedScenario& told, const StoryOrigin& origin) {
  v1::Scenario story = told.proto;
  story.clear_imports();
  story.clear_principals();
  story.clear_minds();
  story.clear_trend_until();
  story.clear_set();
  story.clear_interventions();  // what they have changed is in the story
  story.clear_held_out();
  for (const std::string& import : ImportsOf(told)) story.add_imports(import);
  if (story.imports_size() > 0) ClearSetting(story);

  story.set_name(absl::StrCat(told.proto.name(), "-", origin.seed));
  story.set_title(absl::StrCat(told.proto.title(), ", seed ", origin.seed));
  story.set_description(absl::StrCat("What emerged in: ", origin.command));
  const std::string end = kernel::FormatDay(origin.until);
  story.set_end_date(std::min(told.proto.end_date(), end));
  story.set_default_seed(origin.seed);
  story.clear_events();
  for (const ScheduledEvent& scheduled : told.schedule) {
    if (scheduled.day <= origin.until) *story.add_events() = told.proto.events(scheduled.index);
  }
  return story;
}

// As scenarios are written by hand: each message of the top level apart.
std::string TextOf(const v1::Scenario& scenario) {
  google::protobuf::TextFormat::Printer printer;
  printer.SetUseUtf8StringEscaping(true);
  std::vector<const FieldDescriptor*> fields;
  scenario.GetReflection()->ListFields(scenario, &fields);
  std::string text;
  for (const FieldDescriptor* field : fields) {
    const bool is_message = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
    printer.SetInitialIndentLevel(is_message ? 1 : 0);
    const int size =
        field->is_repeated() ? scenario.GetReflection()->FieldSize(scenario, field) : 1;
    for (int i = 0; i < size; ++i) {
      std::string value;
      printer.PrintFieldValueToString(scenario, field, field->is_repeated() ? i : -1, &value);
      if (is_message) {
        absl::StrAppend(&text, "\n", field->name(), " {\n", value, "}\n");
      } else {
        absl::StrAppend(&text, field->name(), ": ", value, "\n");
      }
    }
  }
  return text;
}

}  // namespace

absl::StatusOr<std::string> StoryText(const LoadedScenario& told, const StoryOrigin& origin,
                                      const std::string& path) {
  std::string text = kHead + TextOf(StoryOf(told, origin));
  const absl::Status read = LoadScenarioFrom({path, text}, FindOnDiskOrBuiltin).status();
  if (read.ok()) return text;
  // A file that is not found is the cause of all else that is wrong.
  const std::vector<std::string> problems = absl::StrSplit(read.message(), '\n');
  const auto cause = std::ranges::find_if(problems, [](const std::string& problem) {
    return absl::StrContains(problem, "no such file");
  });
  return absl::InvalidArgumentError("no scenario there: " +
                                    (cause != problems.end() ? *cause : problems.front()));
}

}  // namespace oneup::sims
