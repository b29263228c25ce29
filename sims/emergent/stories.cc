#include "sims/emergent/stories.h"

namespace oneup::sims {

std::vector<StoryOutcome> RunStories(const LoadedScenario& scenario,
                                     const EnsembleOptions& options) {
  std::vector<StoryOutcome> outcomes(static_cast<size_t>(options.seeds));
  ForEachSeed(options, [&](size_t i, const RunOptions& run) {
    outcomes[i] = OutcomeOf(scenario, run.seed, World(scenario, run, nullptr).Run());
  });
  return outcomes;
}

LoadedScenario Without(const LoadedScenario& scenario, const std::vector<std::string>& off) {
  LoadedScenario without = scenario;
  for (const std::string& name : off) without.proto.mutable_minds()->add_off(name);
  return without;
}

}  // namespace oneup::sims
