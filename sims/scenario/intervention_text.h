// The grammar in which people write interventions: one line, one message of
// proto/oneup/v1/intervention.proto, and back.
//
//   drop EVENT [and what follows]     drop leak_nvidia*
//   move EVENT to DAY                 move amd_6gw to 2025-09-15
//   set PATH VALUE                    set son.site_wish 0
//   scale PATH FACTOR                 scale altman.revenue_usd_bn 0.5 from 2025-06-01
//   pin WHO.STATE VALUE               pin huang.fomo 0
//   force WHO.ACT [EVENT]             force nadella.accept
//   rule off NAME, rule on NAME       rule off R06 from 2025-01-01
//
// Each but move may end in "from DAY". PATH is that of field_path.h, [*] standing for all values of
// a repeated field, or short: a principal's id, a dot and the name of a field of its character,
// supply or demand (or the outlook in it): huang.fear_usd_bn.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace oneup::v1 {
class Intervention;
}

namespace oneup::sims {

// Error: InvalidArgument, one line: what is wrong, and what is allowed.
absl::StatusOr<v1::Intervention> ParseIntervention(std::string_view line);

// Whether the words begin as a line of the grammar does: one of its verbs, and more after it.
bool BeginsAsIntervention(std::string_view words);

// The line; for an event that is added "add ID". ParseIntervention reads the same back, if it is
// no such.
std::string InterventionText(const v1::Intervention& intervention);

}  // namespace oneup::sims
