#include <algorithm>
#include <cstdio>
#include <iostream>
#include <string>
#include <thread>

#include "sims/calibration/market_calibration.h"
#include "sims/calibration/story_calibration.h"
#include "sims/world/resolution.h"
#include "tools/cli/command.h"
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
    "the shipped ones are sims/scenarios/principals_fitted.textproto.";

// Fits the principals, and writes the settings.
int CalibratePrincipals(const sims::LoadedScenario& scenario, const std::string& spec,
                        const sims::StoryCalibrationOptions& options, const std::string& command,
                        std::string* text) {
  const absl::StatusOr<v1::StoryCalibration> specification = sims::LoadStoryCalibration(spec);
  if (!specification.ok()) {
    return Fail(kName, std::string(specification.status().message()), kBadInput);
  }
  const absl::StatusOr<sims::StoryFit> fit =
      sims::CalibrateStory(scenario, *specification, options);
  if (!fit.ok()) return Fail(kName, std::string(fit.status().message()), kBadInput);
  *text = sims::ToSettings(*specification, *fit, command);
  return kOk;
}

int RunCalibrate(const std::vector<std::string>& args) {
  std::string name = kDefaultScenario;
  std::string out;
  std::string resolution = "default";
  std::string spec = "story";
  int seeds = 100;
  int trials = 8;
  OptionParser parser("calibrate [SCENARIO] [OPTIONS]", kText);
  namespace po = boost::program_options;
  parser.AddPositional("scenario", &name);
  parser.Add()("out", po::value(&out)->value_name("FILE"), "write to FILE, not standard output")(
      "seeds", po::value(&seeds)->value_name("N"), "runs a simulation (100)")(
      "trials", po::value(&trials)->value_name("N"), "most simulations a fit (8)")(
      "resolution", po::value(&resolution)->value_name("R"),
      "low, default, high, or orders a day and listing: that of\n"
      "the replays that are quoted")("spec", po::value(&spec)->value_name("FILE"),
                                     "what to fit principals to, and by what");
  if (const std::optional<int> code = parser.Parse(args)) return *code;
  if (seeds < 1 || seeds > 100'000) return Fail(kName, "--seeds: allowed are 1 to 100000", kUsage);
  if (trials < 1 || trials > 10'000) return Fail(kName, "--trials: allowed are 1 to 10000", kUsage);
  const absl::StatusOr<traders::Resolution> parsed = sims::ParseResolution(resolution);
  if (!parsed.ok()) return Fail(kName, std::string(parsed.status().message()), kUsage);
  int code = kOk;
  const std::optional<sims::LoadedScenario> scenario = LoadScenarioArgument(kName, name, &code);
  if (!scenario) return code;

  const int threads = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  const std::string command = "oneup calibrate " + name + " --seeds " + std::to_string(seeds) +
                              " --trials " + std::to_string(trials) + " --resolution " + resolution;
  std::string text;
  if (!scenario->proto.principals().empty()) {
    sims::StoryCalibrationOptions story;
    story.seeds = seeds;
    story.trials = trials;
    story.threads = threads;
    story.resolution = *parsed;
    story.progress = [](int trial, double loss, double best) {
      std::fprintf(stderr, "trial %d: loss %.3f, best %.3f\n", trial, loss, best);
    };
    code = CalibratePrincipals(*scenario, spec, story, command, &text);
    if (code != kOk) return code;
  } else {
    sims::CalibrationOptions options;
    options.seeds = seeds;
    options.max_trials = trials;
    options.threads = threads;
    options.resolution = *parsed;
    options.progress = [](const std::string& what, int trial, double loss) {
      std::fprintf(stderr, "fitting %s: trial %d, loss %.2f\n", what.c_str(), trial, loss);
    };
    const absl::StatusOr<sims::Calibration> calibration =
        sims::CalibrateValuation(*scenario, options);
    if (!calibration.ok()) {
      return Fail(kName, std::string(calibration.status().message()), kBadInput);
    }
    text = sims::ToTextproto(*calibration, command);
  }
  if (out.empty()) {
    std::cout << text;
  } else if (const absl::Status status = WriteFileAtomically(out, text); !status.ok()) {
    return Fail(kName, std::string(status.message()), kCantCreate);
  }
  return kOk;
}

}  // namespace

extern const Command kCalibrateCommand = {
    kName, "fit the valuation of news, or principals, to what was recorded", RunCalibrate};

}  // namespace oneup::cli
