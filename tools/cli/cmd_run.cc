#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>
#include <thread>

#include "sims/emergent/emerged.h"
#include "sims/emergent/stories.h"
#include "sims/report/terminal.h"
#include "sims/world/resolution.h"
#include "tools/cli/command.h"
#include "tools/cli/options.h"
#include "tools/cli/replay_tables.h"
#include "tools/cli/replay_text.h"
#include "tools/cli/scenario_argument.h"

namespace oneup::cli {
namespace {

constexpr char kName[] = "run";
constexpr char kText[] = "Lets a story unfold.";

struct Arguments {
  std::string scenario = "autonomous";
  Seed seed;
  int seeds = 1;
  int threads = 0;
  std::string resolution = "default";
  std::string until;
  std::vector<std::string> off;
};

int RunCommand(const std::vector<std::string>& args) {
  namespace po = boost::program_options;
  Arguments a;
  OptionParser parser("run [SCENARIO] [OPTIONS]", kText);
  parser.AddPositional("scenario", &a.scenario);
  parser.Add()("seed", po::value(&a.seed), "seed")("seeds", po::value(&a.seeds), "seeds")(
      "threads", po::value(&a.threads), "threads")("resolution", po::value(&a.resolution), "r")(
      "until", po::value(&a.until), "until")("off", po::value(&a.off), "off");
  if (const std::optional<int> code = parser.Parse(args)) return *code;
  int code = kOk;
  std::optional<sims::LoadedScenario> scenario = LoadScenarioArgument(kName, a.scenario, &code);
  if (!scenario) return code;
  *scenario = sims::Without(*scenario, a.off);
  sims::StoriesOptions options;
  options.first_seed = parser.Has("seed") ? a.seed.value : scenario->proto.default_seed();
  options.seeds = a.seeds;
  options.threads = a.threads > 0 ? a.threads : static_cast<int>(std::thread::hardware_concurrency());
  options.run.orders_per_day = *sims::ParseResolution(a.resolution);
  if (!a.until.empty()) options.run.until = *kernel::ParseDay(a.until);
  if (a.seeds == 1) {
    options.run.seed = options.first_seed;
    const sims::RunResult result = sims::World(*scenario, options.run, nullptr).Run();
    const sims::LoadedScenario told = sims::EmergedScenario(*scenario, result);
    const sims::Replay replay = sims::ReactionsOf(told, result, options.first_seed);
    sims::TerminalStyle style = sims::TerminalStyle::Detect(stdout);
    style.width = 100;
    Narrator narrator(told, replay, style);
    for (size_t i = 0; i < told.schedule.size(); ++i) std::cout << narrator.Tell(i);
    return kOk;
  }
  for (const sims::StoryOutcome& outcome : sims::RunStories(*scenario, options)) {
    std::cout << outcome.seed << ":";
    for (const auto& f : outcome.facts) {
      std::cout << " " << f.day << " " << f.actor << "/" << f.other << " " << v1::EventKind_Name(f.kind).substr(11) << ";";
    }
    for (const auto& d : outcome.deals) {
      std::cout << " DEAL " << d.supplier << " " << d.day << " " << d.usd_bn << " h" << d.headline_usd_bn << " g" << d.capacity_gw << " E" << d.equity_usd_bn << " w" << d.warrants_percent << " fd" << d.first_day << ";";
    }
    std::cout << "\n";
  }
  return kOk;
}

}  // namespace

extern const Command kRunCommand = {kName, "let the principals act for themselves", RunCommand};

}  // namespace oneup::cli
