// `oneup negotiate`: negotiators on published domains, in Genius' convention.
#include <absl/strings/str_cat.h>

#include <boost/program_options.hpp>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "agents/negotiation/analysis.h"
#include "agents/negotiation/play.h"
#include "agents/negotiation/tactics.h"
#include "sims/domains/domain.h"
#include "tools/cli/command.h"
#include "tools/cli/negotiate_output.h"
#include "tools/cli/options.h"

namespace oneup::cli {
namespace {

namespace po = boost::program_options;

constexpr char kName[] = "negotiate";
constexpr int kMaxRounds = 1'000'000;
constexpr int kMaxRepetitions = 100'000;
// That --offers may print: a gigabyte of JSON, about.
constexpr uint64_t kMaxMoves = 1'000'000;

std::string HelpText() {
  std::string text =
      "Lets negotiators bargain over a published domain, by stacked alternating offers as Genius\n"
      "plays them, and prints what came of it. docs/negotiation.md has the definitions.\n\n"
      "  oneup negotiate --domain D.xml --profile P1.xml --profile P2.xml \\\n"
      "      --tactic boulware:0.2 --tactic conceder:2 --rounds 30 --format json\n"
      "  oneup negotiate --domain FOLDER --analyse\n\n"
      "Domains: Genius XML, GeniusWeb and NegMAS JSON, or a folder of NegoLog (profileA.json,\n"
      "profileB.json) or of Genius XML. Tactics, a name for each party in order, or one for "
      "all:\n\n";
  for (const negotiation::TacticKind& kind : negotiation::TacticKinds()) {
    std::string name = kind.name;
    name.resize(12, ' ');
    absl::StrAppend(&text, "  ", name, kind.summary, "\n");
    if (*kind.parameter != '\0') absl::StrAppend(&text, "              :", kind.parameter, "\n");
  }
  return text +
         "\nexit status: 0 negotiated (agreement or not), 64 wrong usage, 65 a file is wrong, "
         "66 missing";
}

struct Options {
  std::string domain;
  std::vector<std::string> profiles;
  std::vector<std::string> tactics;
  int rounds = 100;
  int repetitions = 1;
  std::string format = "text";
  Seed seed{1};
  bool analyse = false;
  NegotiationReport report;
};

int PrintAnalysis(const Options& options) {
  const NegotiationReport& report = options.report;
  std::cout << (options.format == "json"  ? AnalysisJson(report)
                : options.format == "csv" ? AnalysisCsv(report)
                                          : AnalysisText(report));
  return kOk;
}

int RunSessions(Options& options) {
  NegotiationReport& report = options.report;
  const sims::NegotiationDomain& domain = *report.domain;
  const size_t parties = domain.profiles.size();
  std::vector<std::string>& tactics = options.tactics;
  if (tactics.empty()) tactics = {"oneup"};
  if (tactics.size() == 1) tactics.assign(parties, tactics[0]);
  if (tactics.size() != parties) {
    return Fail(kName,
                absl::StrCat(tactics.size(), " times --tactic for ", parties,
                             " parties: allowed are none, one for all, or one each"),
                kUsage);
  }
  std::vector<negotiation::TacticMaker> makers;
  for (const std::string& tactic : tactics) {
    const absl::StatusOr<negotiation::TacticMaker> maker = negotiation::FindTactic(tactic);
    if (!maker.ok()) return Fail(kName, "--" + std::string(maker.status().message()), kUsage);
    makers.push_back(*maker);
  }
  if (domain.space.size() > negotiation::kMaxRanked) {
    return Fail(
        kName,
        absl::StrCat(domain.name, ": ", domain.space.size(), " outcomes; tactics take up to ",
                     negotiation::kMaxRanked, ", --analyse more"),
        kBadInput);
  }
  std::vector<negotiation::Preferences> preferences;
  preferences.reserve(parties);
  std::vector<const negotiation::Preferences*> order;
  for (const negotiation::Profile& profile : domain.profiles) {
    preferences.emplace_back(domain.space, profile);
    order.push_back(&preferences.back());
  }
  const uint64_t rounds =
      static_cast<uint64_t>(options.rounds) * static_cast<uint64_t>(options.repetitions);
  if (report.offers && rounds * parties > kMaxMoves) {
    return Fail(kName,
                absl::StrCat("--offers: rounds x repetitions x parties is ", rounds * parties,
                             "; allowed are up to ", kMaxMoves),
                kUsage);
  }
  report.tactics = tactics;
  report.rounds = options.rounds;
  report.seed = options.seed.value;
  for (int i = 0; i < options.repetitions; ++i) {
    report.sessions.push_back(
        negotiation::Play(order, makers, options.rounds, report.seed + static_cast<uint64_t>(i)));
    // Of many sessions they would fill the memory.
    if (!report.offers) report.sessions.back().moves = std::vector<negotiation::Move>();
  }
  std::cout << (options.format == "json"  ? SessionsJson(report)
                : options.format == "csv" ? SessionsCsv(report)
                                          : SessionsText(report));
  return kOk;
}

int RunNegotiate(const std::vector<std::string>& args) {
  Options options;
  OptionParser parser("negotiate --domain D --profile P1 --profile P2 [OPTIONS]", HelpText());
  parser.Add()("domain", po::value(&options.domain)->value_name("D"),
               "the domain's file, or a folder with everything")(
      "profile", po::value(&options.profiles)->value_name("P"),
      "a party's profile; once for each party, in the order of play")(
      "tactic", po::value(&options.tactics)->value_name("NAME[:PARAMETER]"),
      "a party's tactic, in the same order (oneup)")(
      "rounds", po::value(&options.rounds)->value_name("N"), "rounds of a session (100)")(
      "repetitions", po::value(&options.repetitions)->value_name("N"),
      "sessions, each with the next seed (1)")("seed", po::value(&options.seed)->value_name("N"),
                                               "of the first session (1)")(
      "offers", po::bool_switch(&options.report.offers), "print every move")(
      "analyse", po::bool_switch(&options.analyse),
      "print the domain's figures, negotiate nothing")(
      "format", po::value(&options.format)->value_name("text|json|csv"), "output (text)");
  if (const std::optional<int> code = parser.Parse(args)) return *code;
  if (options.domain.empty()) return Fail(kName, "--domain is missing", kUsage);
  if (options.rounds < 1 || options.rounds > kMaxRounds) {
    return Fail(kName, absl::StrCat("--rounds: allowed are 1 to ", kMaxRounds), kUsage);
  }
  if (options.repetitions < 1 || options.repetitions > kMaxRepetitions) {
    return Fail(kName, absl::StrCat("--repetitions: allowed are 1 to ", kMaxRepetitions), kUsage);
  }
  if (options.format != "text" && options.format != "json" && options.format != "csv") {
    return Fail(kName, "--format '" + options.format + "': allowed are text, json and csv", kUsage);
  }
  const absl::StatusOr<sims::NegotiationDomain> domain =
      sims::LoadDomain(options.domain, options.profiles);
  if (!domain.ok()) {
    const bool wrong = absl::IsInvalidArgument(domain.status());
    return Fail(kName, std::string(domain.status().message()), wrong ? kBadInput : kNoInput);
  }
  if (domain->profiles.size() < 2) {
    return Fail(kName, "--profile: at least two parties are needed", kUsage);
  }
  for (const std::string& note : domain->notes) std::cerr << "oneup negotiate: " << note << "\n";

  std::vector<const negotiation::Profile*> profiles;
  for (const negotiation::Profile& profile : domain->profiles) profiles.push_back(&profile);
  options.report.domain = &*domain;
  absl::StatusOr<negotiation::Analysis> analysis = negotiation::Analyse(domain->space, profiles);
  if (analysis.ok()) {
    options.report.analysis = *std::move(analysis);
    options.report.greatest_distance =
        negotiation::GreatestDistance(domain->space, profiles, options.report.analysis->frontier);
  } else if (options.analyse) {
    return Fail(kName, domain->name + ": " + std::string(analysis.status().message()), kBadInput);
  } else {
    std::cerr << "oneup negotiate: " << analysis.status().message() << "; distances are left out\n";
  }
  return options.analyse ? PrintAnalysis(options) : RunSessions(options);
}

}  // namespace

extern const Command kNegotiateCommand = {
    kName, "let negotiators bargain over a published domain (Genius, NegMAS, NegoLog)",
    RunNegotiate};

}  // namespace oneup::cli
