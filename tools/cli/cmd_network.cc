// `oneup network`: who has promised whom how much, and what it means for the whole.
#include <absl/strings/numbers.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "market/kernel/civil_time.h"
#include "sims/network/drawing.h"
#include "sims/world/emerged.h"
#include "sims/world/resolution.h"
#include "sims/world/world.h"
#include "tools/cli/command.h"
#include "tools/cli/network_arguments.h"
#include "tools/cli/network_data.h"
#include "tools/cli/network_series.h"
#include "tools/cli/network_tables.h"
#include "tools/cli/options.h"
#include "tools/cli/output_file.h"
#include "tools/cli/scenario_argument.h"

namespace oneup::cli {
namespace {

constexpr char kName[] = "network";

constexpr char kText[] =
    "Draws the network of a scenario's deals on a day and measures it: how much of the money goes\n"
    "round, who hangs on the hub, obligations over revenue through time, and who loses how much\n"
    "if a company fails (clearing after Eisenberg and Noe, distress as DebtRank). "
    "docs/systemic.md\n"
    "explains the figures.\n\n"
    "A COMPANY is an actor's id, a name or a ticker. All sums are billions of US dollars.\n\n"
    "  oneup network --at 2025-09-30\n"
    "  oneup network --svg network.svg\n"
    "  oneup network autonomous --seed 7 --at 2025-06-30    of what has emerged by then\n"
    "  oneup network --through-time --format csv\n"
    "  oneup network --loans 60 --guarantee nvidia=20 --recovery 0.3 --buffer 0.1";

int Unknown(const std::string& option, const std::string& company) {
  return Fail(kName, option + " '" + company + "': no such company in the network on this day",
              kUsage);
}

// "nvidia=20", into the outcome's options.
std::optional<int> ReadGuarantees(const NetworkArguments& options,
                                  const sims::ObligationGraph& graph,
                                  sims::DefaultOptions* outcome) {
  for (const std::string& word : options.guarantees) {
    const size_t sign = word.find('=');
    double usd_bn = 0;
    if (sign == std::string::npos || !absl::SimpleAtod(word.substr(sign + 1), &usd_bn) ||
        !InRange(usd_bn, 1000)) {
      return Fail(kName,
                  "--guarantee '" + word + "': write COMPANY=USD_BN, 0 to 1000, as nvidia=20",
                  kUsage);
    }
    const int guarantor = graph.Find(word.substr(0, sign));
    if (guarantor < 0) return Unknown("--guarantee", word.substr(0, sign));
    if (guarantor == outcome->failing) {
      return Fail(kName, "--guarantee '" + word + "': is the company that fails", kUsage);
    }
    outcome->guarantees.push_back({guarantor, outcome->failing, usd_bn, ""});
  }
  return std::nullopt;
}

std::optional<int> WriteDrawings(const NetworkArguments& options, const NetworkReport& report) {
  if (options.dot_file.empty() && options.svg_file.empty()) return std::nullopt;
  sims::ObligationGraph graph = report.graph;
  for (const sims::LoanGuarantee& guarantee : report.default_options.guarantees) {
    graph.guarantees.push_back(guarantee);
  }
  const bool told = !options.failing.empty() && report.default_options.failing >= 0;
  std::string title = "Who promised whom, " + kernel::FormatDay(report.figures.day);
  if (told) title += ", and if " + graph.companies[report.default_options.failing].name + " fails";
  const std::string dot =
      sims::ToDot({graph, report.figures, told ? &report.outcome : nullptr, title});
  const auto write = [](const std::string& path, const std::string& text) -> std::optional<int> {
    const absl::Status status = WriteFileAtomically(path, text);
    if (status.ok()) return std::nullopt;
    return Fail(kName, std::string(status.message()), kCantCreate);
  };
  if (!options.svg_file.empty()) {
    const absl::StatusOr<std::string> svg = sims::DotToSvg(dot);
    if (!svg.ok()) return Fail(kName, std::string(svg.status().message()), kFailed);
    if (const auto code = write(options.svg_file, *svg)) return code;
  }
  return options.dot_file.empty() ? std::nullopt : write(options.dot_file, dot);
}

// The end of the day that was asked for, or the scenario's last.
std::optional<kernel::CivilDay> DayOf(const NetworkArguments& options,
                                      const sims::LoadedScenario& scenario) {
  const absl::StatusOr<kernel::CivilDay> day =
      kernel::ParseDay(options.at.empty() ? scenario.proto.end_date() : options.at);
  return day.ok() ? std::optional(*day) : std::nullopt;
}

// Puts into the scenario what its principals have done, if it has any: the whole story, as
// `oneup run --story` would write it, whichever day of it is looked at.
std::optional<int> LetAct(const OptionParser& given, const NetworkArguments& options,
                          sims::LoadedScenario* scenario, std::optional<uint64_t>* seed) {
  if (scenario->proto.principals().empty()) {
    for (const char* option : {"seed", "resolution"}) {
      if (!given.Has(option)) continue;
      return Fail(kName,
                  std::string("--") + option +
                      " goes with a scenario whose principals act, such as autonomous",
                  kUsage);
    }
    return std::nullopt;
  }
  const absl::StatusOr<traders::Resolution> resolution = sims::ParseResolution(options.resolution);
  if (!resolution.ok()) return Fail(kName, std::string(resolution.status().message()), kUsage);
  sims::RunOptions run;
  run.seed = given.Has("seed") ? options.seed.value : scenario->proto.default_seed();
  run.resolution = *resolution;
  *scenario = sims::EmergedScenario(*scenario, sims::World(*scenario, run, nullptr).Run());
  *seed = run.seed;
  return std::nullopt;
}

void Print(const NetworkArguments& options, const NetworkReport& report) {
  if (options.format == "json") {
    options.through_time ? PrintSeriesJson(report) : PrintNetworkJson(report);
  } else if (options.format == "csv") {
    options.through_time ? PrintSeriesCsv(report) : PrintNetworkCsv(report);
  } else {
    options.through_time ? PrintSeriesText(report) : PrintNetworkText(report);
  }
}

int RunNetwork(const std::vector<std::string>& args) {
  NetworkArguments options;
  OptionParser parser("network [SCENARIO] [OPTIONS]", kText);
  AddNetworkOptions(parser, options);
  if (const std::optional<int> code = parser.Parse(args)) return *code;
  if (const std::optional<int> code = CheckNetworkArguments(kName, options)) return *code;
  int code = kOk;
  auto scenario = LoadScenarioArgument(kName, options.scenario, &code);
  if (!scenario) return code;
  const std::optional<kernel::CivilDay> at = DayOf(options, *scenario);
  if (!at) {
    return Fail(kName, "--at '" + options.at + "': allowed is a day such as 2025-09-30", kUsage);
  }
  NetworkReport report{.scenario = *scenario};
  if (const auto failed = LetAct(parser, options, &*scenario, &report.seed)) return *failed;
  report.graph = sims::BuildObligations(*scenario, *at);
  report.default_options = options.outcome;
  report.default_options.failing = report.graph.hub;
  if (!options.failing.empty()) {
    report.default_options.failing = report.graph.Find(options.failing);
    if (report.default_options.failing < 0) return Unknown("--default", options.failing);
  }
  if (report.default_options.failing >= 0) {
    if (const auto wrong = ReadGuarantees(options, report.graph, &report.default_options)) {
      return *wrong;
    }
    auto outcome = sims::SimulateDefault(*scenario, report.graph, *at, report.default_options);
    if (!outcome.ok()) return Fail(kName, std::string(outcome.status().message()), kFailed);
    report.outcome = *std::move(outcome);
  }
  report.figures = sims::MeasureSystem(*scenario, report.graph, *at, options.figures);
  if (report.graph.hub >= 0) {
    report.series =
        sims::SystemThroughTime(*scenario, report.graph.companies[report.graph.hub].id, *at);
  }
  if (const auto failed = WriteDrawings(options, report)) return *failed;
  Print(options, report);
  return kOk;
}

}  // namespace

extern const Command kNetworkCommand = {
    kName, "the network of promises: circular money, concentration, a default", RunNetwork};

}  // namespace oneup::cli
