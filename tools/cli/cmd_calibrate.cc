#include <algorithm>
#include <cstdio>
#include <iostream>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "sims/calibration/market_calibration.h"
#include "sims/world/resolution.h"
#include "tools/cli/calibrate_data.h"
#include "tools/cli/calibrate_story.h"
#include "tools/cli/command.h"
#include "tools/cli/interrupt.h"
#include "tools/cli/options.h"
#include "tools/cli/output_file.h"
#include "tools/cli/scenario_argument.h"

namespace oneup::cli {
namespace {

constexpr char kName[] = "calibrate";

constexpr char kText[] =
    "Fits the global parameters of the news valuation to the reactions that a scenario\n"
    "records (announcement.recorded), on all of them and with each left out in turn, by\n"
    "simulated moments with common random numbers. Prints the parameters as a file that a\n"
    "scenario imports; the shipped one is sims/scenarios/valuation.textproto.\n"
    "\n"
    "A scenario with principals has no recorded deals to react to: there the principals are\n"
    "fitted, to what had happened by a day and what had not (--spec: a specification,\n"
    "proto/oneup/v1/calibration.proto; the shipped one ends on 2025-06-30). Prints settings;\n"
    "the shipped ones are sims/scenarios/principals_fitted.textproto. docs/calibration.md\n"
    "tells what can be learnt:\n"
    "\n"
    "  oneup calibrate autonomous --seeds 100 --trials 240 --resolution low    the best fit\n"
    "  oneup calibrate autonomous --posterior --seeds 20 --resolution low\n"
    "      all values that would do: posterior by approximate Bayesian computation;\n"
    "      --out: its weighted particles, CSV\n"
    "  oneup calibrate autonomous --synthetic 20 --seeds 20 --trials 60 --resolution low\n"
    "      whether they can be found: from data that the model made with values from the\n"
    "      prior; --out: truths and estimates, CSV, which grows study by study, so that after\n"
    "      Ctrl-C or worse the same call with --resume goes on to the same bytes\n"
    "  ... --parameter credit_years --parameter funding_slope      these two alone";

struct Arguments : StoryCalibrationArguments {
  std::string scenario = kDefaultScenario;
  std::string resolution_name = "default";
  Seed given_seed = {1};
};

void AddOptions(OptionParser& parser, Arguments& a) {
  namespace po = boost::program_options;
  parser.AddPositional("scenario", &a.scenario);
  parser.Add()("out", po::value(&a.out)->value_name("FILE"), "write to FILE, not standard output")(
      "seeds", po::value(&a.seeds)->value_name("N"), "runs a simulation (100)")(
      "trials", po::value(&a.trials)->value_name("N"), "most simulations a fit (8)")(
      "resolution", po::value(&a.resolution_name)->value_name("R"),
      "low, default, high, or orders a day and listing: that of\n"
      "the replays that are quoted")("threads,j", po::value(&a.threads)->value_name("N"),
                                     "threads; the results do not depend on it")(
      "spec", po::value(&a.spec)->value_name("FILE"), "what to fit principals to, and by what");
  parser.Add()("parameter", po::value(&a.parameters)->value_name("PATH"),
               "of the specification's parameters only this, by its path or\n"
               "the path's end; may be given several times")(
      "posterior", po::bool_switch(&a.posterior), "the principals' posterior, not a fit")(
      "synthetic", po::value(&a.synthetic)->value_name("K"),
      "K times: data that the model made, fit and posterior")(
      "particles", po::value(&a.particles)->value_name("N"), "of a posterior (100)")(
      "generations", po::value(&a.generations)->value_name("N"),
      "of a posterior, with the prior; tolerance falls from each to the next (5)")(
      "resume", po::bool_switch(&a.resume),
      "of --synthetic: go on with the studies that --out holds")(
      "fresh-seeds", po::bool_switch(&a.fresh_seeds),
      "each of a posterior's simulations has seeds of its own, not common ones")(
      "seed", po::value(&a.given_seed)->value_name("N"),
      "of posterior and synthetic data, not of the runs (1)")(
      "format", po::value(&a.format)->value_name("F"),
      "of what is told: text, json or csv; --out is as it was");
}

absl::Status CheckArguments(const OptionParser& given, const Arguments& a) {
  if (a.seeds < 1 || a.seeds > 100'000) {
    return absl::InvalidArgumentError("--seeds: allowed are 1 to 100000");
  }
  if (a.trials < 1 || a.trials > 10'000) {
    return absl::InvalidArgumentError("--trials: allowed are 1 to 10000");
  }
  if (const absl::Status status = CheckThreads(given, a.threads); !status.ok()) return status;
  if (const absl::Status status = CheckFormat(a.format); !status.ok()) return status;
  if (given.Has("synthetic") && a.synthetic == 0) {
    return absl::InvalidArgumentError("--synthetic 0: allowed are 2 to 100000");
  }
  return CheckStoryArguments(a);
}

std::string CommandOf(const Arguments& a) {
  std::string command = absl::StrCat("oneup calibrate ", a.scenario, " --seeds ", a.seeds,
                                     " --trials ", a.trials, " --resolution ", a.resolution_name);
  for (const std::string& name : a.parameters) absl::StrAppend(&command, " --parameter ", name);
  return command;
}

int CalibrateMarket(const sims::LoadedScenario& scenario, const Arguments& a) {
  sims::CalibrationOptions options;
  options.seeds = a.seeds;
  options.max_trials = a.trials;
  options.threads = a.threads;
  options.resolution = a.resolution;
  const Interrupt interrupt;
  options.stop = &interrupt.asked();
  options.progress = [](const std::string& what, int trial, double loss) {
    std::fprintf(stderr, "fitting %s: trial %d, loss %.2f\n", what.c_str(), trial, loss);
  };
  const absl::StatusOr<sims::Calibration> calibration = sims::CalibrateValuation(scenario, options);
  if (absl::IsCancelled(calibration.status())) {
    return Fail(kName, "stopped; nothing is kept", interrupt.exit_code());
  }
  if (!calibration.ok()) {
    return Fail(kName, std::string(calibration.status().message()), kBadInput);
  }
  const std::string text = sims::ToTextproto(*calibration, a.command);
  if (a.format == "json") {
    std::cout << ValuationJson(*calibration);
  } else if (a.format == "csv") {
    std::cout << ValuationCsv(*calibration);
  } else if (a.out.empty()) {
    std::cout << text;
  }
  if (a.out.empty()) return kOk;
  if (const absl::Status status = WriteFileAtomically(a.out, text); !status.ok()) {
    return Fail(kName, std::string(status.message()), kCantCreate);
  }
  return kOk;
}

int RunCalibrate(const std::vector<std::string>& args) {
  Arguments a;
  OptionParser parser("calibrate [SCENARIO] [OPTIONS]", kText);
  AddOptions(parser, a);
  if (const std::optional<int> code = parser.Parse(args)) return *code;
  if (const absl::Status status = CheckArguments(parser, a); !status.ok()) {
    return Fail(kName, std::string(status.message()), kUsage);
  }
  const absl::StatusOr<traders::Resolution> resolution = sims::ParseResolution(a.resolution_name);
  if (!resolution.ok()) return Fail(kName, std::string(resolution.status().message()), kUsage);
  int code = kOk;
  const std::optional<sims::LoadedScenario> scenario =
      LoadScenarioArgument(kName, a.scenario, &code);
  if (!scenario) return code;
  a.resolution = *resolution;
  a.seed = a.given_seed.value;
  a.command = CommandOf(a);
  a.threads = ThreadsOf(a.threads);
  if (!scenario->proto.principals().empty()) return CalibratePrincipals(kName, *scenario, a);
  for (const char* option : {"posterior", "synthetic", "parameter"}) {
    if (!parser.Has(option)) continue;
    return Fail(kName,
                absl::StrCat("--", option, ": scenario '", a.scenario, "' has no principals"),
                kUsage);
  }
  return CalibrateMarket(*scenario, a);
}

}  // namespace

extern const Command kCalibrateCommand = {
    kName, "fit the valuation of news, or principals, to what was recorded", RunCalibrate};

}  // namespace oneup::cli
