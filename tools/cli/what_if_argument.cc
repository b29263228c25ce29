#include "tools/cli/what_if_argument.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "sims/scenario/intervention_text.h"
#include "sims/scenario/late_interventions.h"
#include "tools/cli/command.h"
#include "tools/cli/run_arguments.h"

namespace oneup::cli {
namespace {

// The name of a file or of a what-if has one word, as a rule.
bool IsLine(const std::string& word) {
  const bool several = word.find_first_of(" \t\n") != std::string::npos;
  return sims::BeginsAsIntervention(word) || (several && word.find('/') == std::string::npos);
}

}  // namespace

void AddWhatIfOption(OptionParser& parser, std::vector<std::string>& words) {
  namespace po = boost::program_options;
  parser.Add()("do", po::value(&words)->value_name("WHAT"),
               "what is otherwise: a line of the grammar of interventions, the name of a\n"
               "what-if (oneup compare --list) or a file; may be given several times");
}

absl::StatusOr<sims::WhatIf> ReadWhatIf(const std::vector<std::string>& words) {
  sims::WhatIf all;
  const auto add = [](const std::string& text, const char* between, std::string* to) {
    if (!text.empty()) absl::StrAppend(to, to->empty() ? "" : between, text);
  };
  for (const std::string& word : words) {
    if (IsLine(word)) {
      const auto intervention = sims::ParseIntervention(word);
      if (!intervention.ok()) {
        return absl::InvalidArgumentError(
            absl::StrCat("--do ", std::string(intervention.status().message())));
      }
      all.interventions.push_back(*intervention);
      all.places.emplace_back();
      add(word, ", ", &all.title);
      continue;
    }
    auto file = sims::LoadWhatIf(word);
    if (!file.ok()) return file.status();
    add(file->title, ", ", &all.title);
    add(file->description, " ", &all.description);
    all.interventions.insert(all.interventions.end(), file->interventions.begin(),
                             file->interventions.end());
    all.places.insert(all.places.end(), file->places.begin(), file->places.end());
  }
  return all;
}

std::optional<sims::LoadedScenario> ApplyWhatIf(const std::string& command,
                                                const sims::LoadedScenario& scenario,
                                                kernel::CivilDay until, sims::WhatIf* what_if,
                                                int* code) {
  absl::StatusOr<sims::LoadedScenario> changed =
      sims::Intervene(scenario, what_if->interventions, what_if->places);
  if (!changed.ok()) {
    *code = Fail(command, std::string(changed.status().message()), kBadInput);
    return std::nullopt;
  }
  what_if->interventions = sims::LastInterventions(*changed, what_if->interventions.size());
  const v1::Intervention* late = sims::LateIntervention(scenario, what_if->interventions, until);
  if (late != nullptr) {
    *code = Fail(command,
                 absl::StrCat("--until ", kernel::FormatDay(until), ": the run ends before '",
                              sims::InterventionText(*late), "' changes anything, on ",
                              kernel::FormatDay(*sims::FirstDayOf(scenario, *late))),
                 kUsage);
    return std::nullopt;
  }
  return *std::move(changed);
}

std::optional<int> ApplyWhatIf(const std::string& command, const std::vector<std::string>& words,
                               kernel::CivilDay until, sims::LoadedScenario* scenario) {
  if (words.empty()) return std::nullopt;
  absl::StatusOr<sims::WhatIf> what_if = ReadWhatIf(words);
  if (!what_if.ok()) {
    return Fail(command, std::string(what_if.status().message()), CodeOf(what_if.status()));
  }
  int code = kOk;
  std::optional<sims::LoadedScenario> changed =
      ApplyWhatIf(command, *scenario, until, &*what_if, &code);
  if (!changed) return code;
  *scenario = *std::move(changed);
  return std::nullopt;
}

std::string WhatIfCall(const std::vector<std::string>& words) {
  std::string call;
  for (const std::string& word : words) absl::StrAppend(&call, " --do ", Quoted(word));
  return call;
}

}  // namespace oneup::cli
