// What the API tells of the program, as JSON: scenarios, what-ifs, rules, traits, traces.
// docs/viewer.md lists the fields.
#pragma once

#include <string>

#include "sims/scenario/scenario.h"
#include "tools/server/library.h"
#include "tools/server/limits.h"

namespace oneup::server {

// GET /api/site.
std::string SiteJson(const Library& library, const Limits& limits);

// GET /api/scenario/NAME, and the same of a trace's scenario.
std::string ScenarioJson(const sims::LoadedScenario& scenario);

}  // namespace oneup::server
