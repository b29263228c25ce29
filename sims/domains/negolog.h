// NegoLog's profiles (Dogru, Keskin, Aydogan 2024): profileA.json and profileB.json with
// "reservationValue", "issueWeights" {issue: weight} and "issues" {issue: {value: evaluation}},
// each evaluation of [0, 1]. The domain is what the first profile lists, in its order.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "sims/domains/domain.h"
#include "sims/domains/json_input.h"

namespace oneup::sims {

// The parsed files, each a field that is named after it; one at least.
absl::StatusOr<NegotiationDomain> ParseNegoLog(const std::vector<JsonField>& profiles);

}  // namespace oneup::sims
