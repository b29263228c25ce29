// Other names of what may happen in a scenario: people ask a story of principals for what history
// called otherwise (sims/scenarios/aliases.textproto).
#pragma once

#include <string>
#include <vector>

#include "oneup/v1/intervention.pb.h"

namespace oneup::sims {

// All of them, in the order of the file.
const std::vector<v1::Alias>& Aliases();

// The event that a name stands for where nothing is called so; "" if the name is no alias.
std::string EventOfAlias(const std::string& name);

}  // namespace oneup::sims
