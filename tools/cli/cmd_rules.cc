// `oneup rules`: by which rules the people of a story behave.
#include <absl/strings/str_cat.h>
#include <absl/strings/str_join.h>

#include <boost/program_options.hpp>
#include <cstdio>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "agents/mind/rules/rules.h"
#include "oneup/v1/principals.pb.h"
#include "sims/report/terminal.h"
#include "sims/scenario/suggest.h"
#include "tools/cli/commands.h"
#include "tools/cli/options.h"
#include "tools/cli/rules_output.h"
#include "tools/cli/scenario_argument.h"

namespace oneup::cli {
namespace {

namespace po = boost::program_options;

constexpr char kName[] = "rules";

constexpr char kText[] =
    "Prints by which rules people behave in an emergent run: when something reaches one whose "
    "rule\n"
    "it is, and the condition holds, the effect follows. docs/rules.md is the same table.\n\n"
    "exit status: 0 printed, 64 wrong usage or nobody of that name, 65 a scenario is wrong,\n"
    "66 a file is missing";

// The rules of one person by its traits in the scenario. A value: something was wrong and was
// said; that is the exit code.
std::optional<int> ChooseWho(const std::string& who, const std::string& scenario_name,
                             RulesReport* report) {
  int code = kOk;
  const auto scenario = LoadScenarioArgument(kName, scenario_name, &code);
  if (!scenario) return code;
  std::vector<std::string> names;
  const v1::Principal* person = nullptr;
  for (const v1::Principal& principal : scenario->proto.principals()) {
    names.push_back(principal.actor());
    if (principal.actor() == who) person = &principal;
  }
  if (names.empty()) {
    return Fail(kName,
                absl::StrCat("nobody acts by rules in the scenario ", scenario->proto.name(),
                             ": it has no principals"),
                kBadInput);
  }
  if (person == nullptr) {
    const std::string guess = sims::DidYouMean(who, names);
    return Fail(
        kName,
        absl::StrCat("nobody called '", who, "' acts in the scenario ", scenario->proto.name(),
                     guess.empty() ? "; those who do: " + absl::StrJoin(names, ", ") : guess),
        kUsage);
  }
  std::erase_if(report->rules, [&](const mind::Rule* rule) {
    return rule->concerns == nullptr || !rule->concerns(*person);
  });
  const v1::Actor* actor = scenario->FindActor(who);
  report->who =
      absl::StrCat("Rules of ", actor != nullptr ? actor->name() : who, " in the scenario ",
                   scenario->proto.name(), ": ", report->rules.size());
  report->off.assign(scenario->proto.minds().off().begin(), scenario->proto.minds().off().end());
  return std::nullopt;
}

int Run(const std::vector<std::string>& args) {
  std::string who;
  std::string scenario = "autonomous";
  std::string format = "text";
  OptionParser parser("rules [OPTIONS]", kText);
  parser.Add()("who", po::value(&who)->value_name("ACTOR"),
               "only the rules of this person (huang), by its traits")(
      "scenario", po::value(&scenario)->value_name("SCENARIO")->default_value(scenario),
      "where its traits stand; a name or a file")(
      "format", po::value(&format)->value_name("FORMAT")->default_value(format),
      "text, json, csv or markdown");
  if (const std::optional<int> code = parser.Parse(args)) return *code;
  if (format != "text" && format != "json" && format != "csv" && format != "markdown") {
    return Fail(kName, "--format '" + format + "'; allowed are text, json, csv and markdown",
                kUsage);
  }
  if (parser.Has("scenario") && !parser.Has("who")) {
    return Fail(kName, "--scenario says where a person's traits stand: add --who ACTOR", kUsage);
  }
  RulesReport report;
  for (const mind::Rule& rule : mind::Rules()) report.rules.push_back(&rule);
  for (const mind::Rule& rule : mind::MarketRules()) report.rules.push_back(&rule);
  if (parser.Has("who")) {
    if (const std::optional<int> code = ChooseWho(who, scenario, &report)) return *code;
  }
  if (format == "json") {
    std::cout << RulesJson(report);
  } else if (format == "csv") {
    std::cout << RulesCsv(report);
  } else if (format == "markdown") {
    std::cout << RulesMarkdown(report);
  } else {
    std::cout << RulesText(report, sims::TerminalStyle::Detect(stdout));
  }
  return kOk;
}

}  // namespace

const Command kRulesCommand = {kName, "print the rules by which people behave", Run};

}  // namespace oneup::cli
