// The numbers of a scenario's principals that a page offers as sliders: a few telling ones of each,
// which `pin` and `set` of the grammar of interventions can change.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sims/scenario/scenario.h"

namespace oneup::server {

struct Trait {
  std::string path;   // "huang.fomo"
  std::string who;    // "huang"
  std::string label;  // "pressure to join (FOMO)"
  std::string kind;   // "pin" or "set": the line is KIND PATH VALUE
  // A slider's ends; both are allowed.
  double min = 0;
  double max = 0;
  // As the scenario has it; nothing for a state, which changes by itself.
  std::optional<double> value;
  std::string unit;  // empty for a plain number
};

std::vector<Trait> TraitsOf(const sims::LoadedScenario& scenario);

}  // namespace oneup::server
