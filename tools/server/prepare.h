// From what a page asks for to what is run: the scenario, changed by its lines, and the run's
// options; or what is wrong with it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "oneup/v1/serve.pb.h"
#include "sims/metrics/metrics.h"
#include "sims/scenario/intervene.h"
#include "sims/scenario/scenario.h"
#include "sims/world/world.h"
#include "tools/server/library.h"
#include "tools/server/limits.h"

namespace oneup::server {

struct Prepared {
  // Of the library, which outlives it.
  const sims::LoadedScenario* baseline = nullptr;
  // With what is otherwise; null if nothing is.
  std::unique_ptr<const sims::LoadedScenario> changed;
  const sims::LoadedScenario& scenario() const { return changed ? *changed : *baseline; }
  // As they are understood there.
  sims::WhatIf what_if;
  sims::RunOptions run;
};

// Whether what is asked for is small enough to be kept while it waits: numbers of things, bytes of
// texts. Quick. Error: InvalidArgument, one line a problem.
absl::Status CheckSizes(const Limits& limits, const v1::Simulation& asked);
absl::Status CheckSizes(const Limits& limits, const v1::CompareWorlds& asked);

// Takes some milliseconds if there are interventions. resolution: where none is asked for. Error:
// InvalidArgument; one line a problem.
absl::StatusOr<Prepared> Prepare(const Library& library, const Limits& limits,
                                 const v1::Simulation& asked, const std::string& resolution);

// A comparison.
struct PreparedComparison {
  Prepared worlds;
  int pairs = 0;
  std::vector<sims::Metric> metrics;
};
absl::StatusOr<PreparedComparison> Prepare(const Library& library, const Limits& limits,
                                           const v1::CompareWorlds& asked);

}  // namespace oneup::server
