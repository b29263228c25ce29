// `oneup scenario`: check, show and list scenarios.
#include <algorithm>
#include <boost/program_options.hpp>
#include <cstdio>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "market/kernel/civil_time.h"
#include "sims/scenario/describe.h"
#include "sims/scenario/scenario.h"
#include "tools/cli/commands.h"
#include "tools/cli/terms_text.h"

namespace oneup::cli {
namespace {

namespace po = boost::program_options;

constexpr const char* kUsageText =
    "usage: oneup scenario validate FILE...   check scenarios; all problems, with their lines\n"
    "       oneup scenario show [SCENARIO]    the events of a scenario (default: 2025)\n"
    "       oneup scenario list               the scenarios inside the program\n\n"
    "SCENARIO is a name of the list or a file; a file's name holds a '/' or ends in .textproto.\n"
    "docs/scenario-format.md says how to write one.\n\n"
    "exit status: 0 all is well, 1 a scenario has problems, 66 a file is missing, 64 wrong usage\n";

constexpr size_t kIndent = 20;
constexpr size_t kWidth = 100;

int Validate(const std::vector<std::string>& files) {
  int exit_code = kOk;
  for (const std::string& file : files) {
    const auto scenario = sims::LoadScenario(file);
    if (scenario.ok()) {
      std::cout << file << ": valid: " << scenario->proto.events_size() << " events, "
                << scenario->proto.listings_size() << " listings, "
                << scenario->proto.calendars_size() << " calendars, " << scenario->sources.size()
                << " files, digest " << scenario->digest << "\n";
      continue;
    }
    const bool missing = scenario.status().code() == absl::StatusCode::kNotFound;
    const std::string message(scenario.status().message());
    std::cerr << message << "\n";
    if (!missing) {
      const auto problems = std::count(message.begin(), message.end(), '\n') + 1;
      std::cerr << file << ": " << problems << (problems == 1 ? " problem\n" : " problems\n");
    }
    // A scenario with problems is the answer that was asked for; a missing file is none.
    exit_code = std::max<int>(exit_code, missing ? kNoInput : kFailed);
  }
  return exit_code;
}

void PrintIndented(const std::string& text) {
  for (const std::string& line : sims::WrapText(text, kWidth - kIndent)) {
    std::cout << std::string(kIndent, ' ') << line << "\n";
  }
}

std::string ActorNames(const sims::LoadedScenario& scenario, const v1::Event& event) {
  std::string names;
  for (const std::string& id : event.actors()) {
    names += (names.empty() ? "" : ", ") + scenario.FindActor(id)->name();
  }
  return names;
}

void PrintEvent(const sims::LoadedScenario& scenario, const sims::ScheduledEvent& scheduled) {
  const v1::Event& event = scenario.proto.events(scheduled.index);
  std::string first = sims::DateText(event);
  first.resize(std::max(kIndent, first.size() + 2), ' ');
  std::cout << first << sims::EnumWords(event.kind()) << " by " << ActorNames(scenario, event)
            << "  [" << event.id() << "]\n";
  PrintIndented(event.headline());
  if (const std::string terms = TermsLine(event.terms()); !terms.empty()) {
    PrintIndented(TermsLabel(event.kind()) + ": " + terms);
  }
  if (event.has_announcement()) {
    std::string news = "news: " + event.announcement().at() + ", first session " +
                       event.announcement().first_session();
    for (const auto& exposure : event.announcement().exposures()) {
      news += ", " + exposure.company() + " " + sims::EnumWords(exposure.role());
    }
    PrintIndented(news);
  }
  const std::string& public_from = event.visibility().public_from();
  if (public_from.empty()) {
    PrintIndented("stayed secret");
  } else if (public_from > kernel::FormatDay(scheduled.day)) {
    PrintIndented("public from " + public_from);
  }
}

int Show(const std::string& name) {
  const auto scenario = sims::LoadScenario(name);
  if (!scenario.ok()) {
    std::cerr << scenario.status().message() << "\n";
    return scenario.status().code() == absl::StatusCode::kNotFound ? kNoInput : kBadInput;
  }
  const v1::Scenario& proto = scenario->proto;
  std::cout << proto.name() << ": " << proto.title() << "\n";
  for (const std::string& line : sims::WrapText(proto.description(), kWidth)) {
    std::cout << line << "\n";
  }
  std::cout << "\nsimulated " << proto.start_date() << " to " << proto.end_date() << ", listings";
  for (const auto& listing : proto.listings()) {
    std::cout << " " << listing.ticker() << (listing.is_index() ? " (index)" : "");
  }
  std::cout << "\n\n";
  for (const sims::ScheduledEvent& scheduled : scenario->schedule) {
    PrintEvent(*scenario, scheduled);
  }
  return kOk;
}

int List() {
  for (const std::string& name : sims::BuiltinScenarios()) {
    const auto scenario = sims::LoadScenario(name);
    std::cout << name << (scenario.ok() ? "  " + scenario->proto.title() : "") << "\n";
  }
  return kOk;
}

int WrongUsage(const std::string& message) {
  std::cerr << "oneup scenario: " << message << "; `oneup scenario --help` explains\n";
  return kUsage;
}

int Run(const std::vector<std::string>& args) {
  po::options_description options("options");
  options.add_options()("help,h", "this text")("words", po::value<std::vector<std::string>>());
  po::positional_options_description positional;
  positional.add("words", -1);
  po::variables_map values;
  try {
    using po::command_line_style::allow_guessing;
    using po::command_line_style::default_style;
    po::store(po::command_line_parser(args)
                  .options(options)
                  .positional(positional)
                  .style(default_style & ~allow_guessing)
                  .run(),
              values);
  } catch (const po::error& error) {
    return WrongUsage(error.what());
  }
  if (values.count("help") > 0) {
    std::cout << kUsageText;
    return kOk;
  }
  std::vector<std::string> words;
  if (values.count("words") > 0) words = values["words"].as<std::vector<std::string>>();
  if (words.empty()) return WrongUsage("say what to do: validate, show or list");
  const std::string verb = words.front();
  words.erase(words.begin());
  if (verb == "validate") {
    return words.empty() ? WrongUsage("validate needs a file") : Validate(words);
  }
  if (verb == "show") {
    if (words.size() > 1) return WrongUsage("show takes one scenario");
    return Show(words.empty() ? "2025" : words.front());
  }
  if (verb == "list") return words.empty() ? List() : WrongUsage("list takes no argument");
  return WrongUsage("cannot '" + verb + "'; it can validate, show and list");
}

}  // namespace

const Command kScenarioCommand = {"scenario", "check, show and list scenarios", Run};

}  // namespace oneup::cli
