// What happened in reality, in the form in which an emergent run is kept, so that both can be
// compared figure by figure.
#pragma once

#include <string>
#include <vector>

#include "sims/emergent/outcome.h"
#include "sims/scenario/scenario.h"

namespace oneup::sims {

// One with whom the hub may sign.
struct SupplierName {
  std::string id;    // the person, as outcomes name it: "huang"
  std::string name;  // for people, the company: "Nvidia"
};

// The suppliers of an emergent scenario, in its order.
std::vector<SupplierName> SuppliersOf(const LoadedScenario& scenario);

// The deals and facts of a scenario that records, as "2025" does.
//   Deal: an announcement of the hub with a supplier that has a contract value (Stargate, Oracle,
// Nvidia, AMD, Broadcom in "2025"; its supplier is the first person that is not the hub's), on the
// day on which a replay tells it; or a deal that became public without figures (Google's cloud), on
// that day, with NaN for all that was not published. Market value and return are the recorded ones
// of the listing that it names first.
//   Fact: all that has another kind but statements, which say too many things to be compared, with
// organisations replaced by who acts for them, as principals do; a leak's `other` is whoever it
// says is displaced. An announcement in which the hub has no part is a counter-programme, which
// runs keep as a statement of one alone.
StoryOutcome RecordedOutcome(const LoadedScenario& recorded);

// The last day of which the record tells.
kernel::CivilDay RecordedUntil(const LoadedScenario& recorded);

}  // namespace oneup::sims
