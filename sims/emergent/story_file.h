// A run's own story as the text of a scenario: to keep, to replay, to look at its network.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "market/kernel/civil_time.h"
#include "sims/scenario/scenario.h"

namespace oneup::sims {

// Which run it was.
struct StoryOrigin {
  uint64_t seed = 0;
  kernel::CivilDay until;  // its last day
  std::string command;     // the call that makes it again
};

// The scenario of a told run (EmergedScenario) as text: its events up to the last day in the order
// in which they were told, what emerged with all its terms, secrets with those who knew, and the
// market with values as they were simulated. Nobody acts by himself in it (no principals), so that
// a replay of it lets the same things happen to a new market; the seed of a replay is the run's.
//
// Calendars, actors, traders and valuation are imported where files inside the program hold just
// these, and written out where the scenario's differ. `path` is the file that the text is for:
// imports and recorded prices must be found from there. The same story gives the same bytes.
//
// Error: InvalidArgument if the text would not be a valid scenario there, because recorded prices
// of a scenario of one's own lie elsewhere; one line.
absl::StatusOr<std::string> StoryText(const LoadedScenario& told, const StoryOrigin& origin,
                                      const std::string& path);

}  // namespace oneup::sims
