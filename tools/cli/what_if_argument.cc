#include "tools/cli/what_if_argument.h"

#include "absl/strings/str_cat.h"
#include "sims/scenario/intervention_text.h"
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
      add(word, ", ", &all.title);
      continue;
    }
    auto file = sims::LoadWhatIf(word);
    if (!file.ok()) return file.status();
    add(file->title, ", ", &all.title);
    add(file->description, " ", &all.description);
    all.interventions.insert(all.interventions.end(), file->interventions.begin(),
                             file->interventions.end());
  }
  return all;
}

std::optional<int> ApplyWhatIf(const std::string& command, const std::vector<std::string>& words,
                               sims::LoadedScenario* scenario) {
  if (words.empty()) return std::nullopt;
  const absl::StatusOr<sims::WhatIf> what_if = ReadWhatIf(words);
  if (!what_if.ok()) {
    return Fail(command, std::string(what_if.status().message()), CodeOf(what_if.status()));
  }
  absl::StatusOr<sims::LoadedScenario> changed = sims::Intervene(*scenario, what_if->interventions);
  if (!changed.ok()) return Fail(command, std::string(changed.status().message()), kBadInput);
  *scenario = *std::move(changed);
  return std::nullopt;
}

std::string WhatIfCall(const std::vector<std::string>& words) {
  std::string call;
  for (const std::string& word : words) absl::StrAppend(&call, " --do ", Quoted(word));
  return call;
}

}  // namespace oneup::cli
