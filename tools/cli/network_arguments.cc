#include "tools/cli/network_arguments.h"

#include <boost/program_options.hpp>

#include "tools/cli/command.h"
#include "tools/cli/output_file.h"

namespace oneup::cli {

void AddNetworkOptions(OptionParser& parser, NetworkArguments& a) {
  namespace po = boost::program_options;
  parser.AddPositional("scenario", &a.scenario);
  parser.Add()("at", po::value(&a.at)->value_name("DATE"),
               "the end of this day (the scenario's last)")(
      "seed", po::value(&a.seed)->value_name("N"),
      "of principals who act: the run whose story is looked at (the scenario's own)")(
      "resolution", po::value(&a.resolution)->value_name("R"),
      "of that run: low, default, high, or orders a day and listing")(
      "through-time", po::bool_switch(&a.through_time),
      "only obligations over revenue, event by event; as text with a plot")(
      "format", po::value(&a.format)->value_name("text|json|csv"),
      "text: tables (default); json: all figures; csv: the flows, or the events through time")(
      "dot", po::value(&a.dot_file)->value_name("FILE"), "write the graph for Graphviz")(
      "svg", po::value(&a.svg_file)->value_name("FILE"), "draw the graph (needs graphviz)")(
      "default", po::value(&a.failing)->value_name("COMPANY"),
      "who fails (the scenario's hub); given, the drawing shows the losses too")(
      "recovery", po::value(&a.outcome.recovery)->value_name("SHARE"),
      "part of its debts that it still pays (0.4)")(
      "buffer", po::value(&a.outcome.buffer)->value_name("SHARE"),
      "part of their market value that the others can turn into payments (1)")(
      "loans", po::value(&a.outcome.loans_usd_bn)->value_name("USD_BN"),
      "what it owes to lenders outside (what is guaranteed)")(
      "guarantee", po::value(&a.guarantees)->value_name("COMPANY=USD_BN")->composing(),
      "a guarantee of these loans besides the scenario's; may be repeated")(
      "cash", po::value(&a.figures.cash_usd_bn)->value_name("USD_BN"),
      "the hub's cash, for what is due in twelve months (0)")(
      "rate", po::value(&a.figures.discount_rate)->value_name("RATE"),
      "a year, at which that is discounted (0.1)");
}

std::optional<int> CheckNetworkArguments(const std::string& command, const NetworkArguments& a) {
  constexpr double kMostUsdBn = 1'000'000;
  if (a.format != "text" && a.format != "json" && a.format != "csv") {
    return Fail(command, "--format '" + a.format + "': allowed are text, json and csv", kUsage);
  }
  if (!InRange(a.outcome.recovery, 1)) {
    return Fail(command, "--recovery: allowed are 0 to 1", kUsage);
  }
  if (!InRange(a.outcome.buffer, 100)) {
    return Fail(command, "--buffer: allowed are 0 to 100", kUsage);
  }
  if (!InRange(a.outcome.loans_usd_bn, kMostUsdBn)) {
    return Fail(command, "--loans: allowed are 0 to 1000000 billion USD", kUsage);
  }
  if (!InRange(a.figures.cash_usd_bn, kMostUsdBn)) {
    return Fail(command, "--cash: allowed are 0 to 1000000 billion USD", kUsage);
  }
  if (!InRange(a.figures.discount_rate, 1)) {
    return Fail(command, "--rate: allowed are 0 to 1 a year", kUsage);
  }
  for (const std::string& file : {a.dot_file, a.svg_file}) {
    if (file.empty()) continue;
    const absl::Status status = CheckWritable(file);
    if (!status.ok()) return Fail(command, std::string(status.message()), kCantCreate);
  }
  return std::nullopt;
}

}  // namespace oneup::cli
