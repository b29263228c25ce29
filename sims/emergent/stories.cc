#include "sims/emergent/stories.h"

#include <algorithm>

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
  // An intervention must not switch on again within the run what is off here.
  auto& interventions = *without.proto.mutable_interventions();
  interventions.erase(std::remove_if(interventions.begin(), interventions.end(),
                                     [&](const v1::Intervention& intervention) {
                                       return intervention.has_rule_on() &&
                                              std::ranges::find(off, intervention.rule_on()) !=
                                                  off.end();
                                     }),
                      interventions.end());
  return without;
}

}  // namespace oneup::sims
