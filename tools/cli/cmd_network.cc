// `oneup network`: who has promised whom how much, and what it means for the whole.
#include <absl/strings/numbers.h>

#include <boost/program_options.hpp>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "market/kernel/civil_time.h"
#include "sims/network/drawing.h"
#include "tools/cli/command.h"
#include "tools/cli/network_data.h"
#include "tools/cli/network_tables.h"
#include "tools/cli/options.h"
#include "tools/cli/output_file.h"
#include "tools/cli/scenario_argument.h"

namespace oneup::cli {
namespace {

namespace po = boost::program_options;

constexpr char kName[] = "network";
// 2025 and the promises that moved no stock.
constexpr char kScenario[] = "2025-obligations";

constexpr char kText[] =
    "Draws the network of a scenario's deals on a day and measures it: how much of the money goes\n"
    "round, who hangs on the hub, obligations over revenue through time, and who loses how much\n"
    "if a company fails (clearing after Eisenberg and Noe, distress as DebtRank). docs/systemic.md\n"
    "explains the figures.\n\n"
    "A COMPANY is an actor's id, a name or a ticker. All sums are billions of US dollars.\n\n"
    "  oneup network --at 2025-09-30\n"
    "  oneup network --svg network.svg\n"
    "  oneup network --loans 60 --guarantee nvidia=20 --recovery 0.3 --buffer 0.1";

struct Options {
  std::string scenario = kScenario;
  std::string at;
  std::string format = "text";
  std::string dot_file;
  std::string svg_file;
  std::string failing;
  std::vector<std::string> guarantees;
  sims::DefaultOptions outcome;
  sims::SystemicOptions figures;
};

int Unknown(const std::string& option, const std::string& company) {
  return Fail(kName, option + " '" + company + "': no such company in the network on this day",
              kUsage);
}

bool InRange(double value, double most) { return value >= 0 && value <= most; }

// Nothing if all options are in range.
std::optional<int> CheckRanges(const Options& options) {
  constexpr double kMostUsdBn = 1'000'000;
  if (options.format != "text" && options.format != "json" && options.format != "csv") {
    return Fail(kName, "--format '" + options.format + "': allowed are text, json and csv", kUsage);
  }
  if (!InRange(options.outcome.recovery, 1)) {
    return Fail(kName, "--recovery: allowed are 0 to 1", kUsage);
  }
  if (!InRange(options.outcome.buffer, 100)) {
    return Fail(kName, "--buffer: allowed are 0 to 100", kUsage);
  }
  if (!InRange(options.outcome.loans_usd_bn, kMostUsdBn)) {
    return Fail(kName, "--loans: allowed are 0 to 1000000 billion USD", kUsage);
  }
  if (!InRange(options.figures.cash_usd_bn, kMostUsdBn)) {
    return Fail(kName, "--cash: allowed are 0 to 1000000 billion USD", kUsage);
  }
  if (!InRange(options.figures.discount_rate, 1)) {
    return Fail(kName, "--rate: allowed are 0 to 1 a year", kUsage);
  }
  return std::nullopt;
}

// "nvidia=20", into the outcome's options.
std::optional<int> ReadGuarantees(const Options& options, const sims::ObligationGraph& graph,
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

std::optional<int> WriteDrawings(const Options& options, const NetworkReport& report) {
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

int RunNetwork(const std::vector<std::string>& args) {
  Options options;
  OptionParser parser("network [SCENARIO] [OPTIONS]", kText);
  parser.AddPositional("scenario", &options.scenario);
  parser.Add()("at", po::value(&options.at)->value_name("DATE"),
               "the end of this day (the scenario's last)")(
      "format", po::value(&options.format)->value_name("text|json|csv"),
      "text: tables (default); json: all figures; csv: the flows")(
      "dot", po::value(&options.dot_file)->value_name("FILE"), "write the graph for Graphviz")(
      "svg", po::value(&options.svg_file)->value_name("FILE"), "draw the graph (needs graphviz)")(
      "default", po::value(&options.failing)->value_name("COMPANY"),
      "who fails (the scenario's hub); given, the drawing shows the losses too")(
      "recovery", po::value(&options.outcome.recovery)->value_name("SHARE"),
      "part of its debts that it still pays (0.4)")(
      "buffer", po::value(&options.outcome.buffer)->value_name("SHARE"),
      "part of their market value that the others can turn into payments (1)")(
      "loans", po::value(&options.outcome.loans_usd_bn)->value_name("USD_BN"),
      "what it owes to lenders outside (what is guaranteed)")(
      "guarantee", po::value(&options.guarantees)->value_name("COMPANY=USD_BN")->composing(),
      "a guarantee of these loans besides the scenario's; may be repeated")(
      "cash", po::value(&options.figures.cash_usd_bn)->value_name("USD_BN"),
      "the hub's cash, for what is due in twelve months (0)")(
      "rate", po::value(&options.figures.discount_rate)->value_name("RATE"),
      "a year, at which that is discounted (0.1)");
  if (const std::optional<int> code = parser.Parse(args)) return *code;
  if (const std::optional<int> code = CheckRanges(options)) return *code;
  for (const std::string& file : {options.dot_file, options.svg_file}) {
    if (file.empty()) continue;
    const absl::Status status = CheckWritable(file);
    if (!status.ok()) return Fail(kName, std::string(status.message()), kCantCreate);
  }
  kernel::CivilDay at;
  if (!options.at.empty()) {
    const absl::StatusOr<kernel::CivilDay> day = kernel::ParseDay(options.at);
    if (!day.ok()) {
      return Fail(kName, "--at '" + options.at + "': allowed is a day such as 2025-09-30", kUsage);
    }
    at = *day;
  }
  int code = kOk;
  const auto scenario = LoadScenarioArgument(kName, options.scenario, &code);
  if (!scenario) return code;
  if (options.at.empty()) at = *kernel::ParseDay(scenario->proto.end_date());

  NetworkReport report{*scenario, sims::BuildObligations(*scenario, at), {}, {}, {}, {}};
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
    auto outcome = sims::SimulateDefault(*scenario, report.graph, at, report.default_options);
    if (!outcome.ok()) return Fail(kName, std::string(outcome.status().message()), kFailed);
    report.outcome = *std::move(outcome);
  }
  report.figures = sims::MeasureSystem(*scenario, report.graph, at, options.figures);
  if (report.graph.hub >= 0) {
    report.series =
        sims::SystemThroughTime(*scenario, report.graph.companies[report.graph.hub].id, at);
  }
  if (const auto failed = WriteDrawings(options, report)) return *failed;
  if (options.format == "json") {
    PrintNetworkJson(report);
  } else if (options.format == "csv") {
    PrintNetworkCsv(report);
  } else {
    PrintNetworkText(report);
  }
  return kOk;
}

}  // namespace

extern const Command kNetworkCommand = {
    kName, "the network of promises: circular money, concentration, a default", RunNetwork};

}  // namespace oneup::cli
