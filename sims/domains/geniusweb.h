// GeniusWeb's JSON: a domain {"name", "issuesValues"} and profiles {"LinearAdditiveUtilitySpace"},
// which hold their domain too.
//
// Issues list their values, or have a range of numbers ["lowest", "highest", "step"]. Utilities lie
// in [0, 1]: discrete ones by value (discreteutils, DiscreteValueSetUtilities), those of numbers
// linear between a low and a high value (numberutils, NumberValueSetUtilities). The reservation
// value is the utility of the reservationBid, or 0 without one.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "sims/domains/domain.h"
#include "sims/domains/json_input.h"

namespace oneup::sims {

// Whether a parsed file is of this format.
bool IsGeniusWeb(const JsonField& file);

// The parsed files, each a field that is named after it.
absl::StatusOr<NegotiationDomain> ParseGeniusWeb(const JsonField& domain,
                                                 const std::vector<JsonField>& profiles);

}  // namespace oneup::sims
