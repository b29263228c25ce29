// NegMAS' JSON (Scenario.dumpas of a scenario of linear additive utility functions): a domain
// {"issues": [{"name", "type", "values"}]} and a file a party {"type":
// "LinearAdditiveUtilityFunction", "weights", "values", "reserved_value"}.
//
// A ContiguousIssue has the values from its first to its last whole number, any other the values
// that it lists. An issue's value function is a TableFun (its mapping), an AffineFun (slope, bias),
// a LinearFun (slope) or an IdentityFun of the value; utilities lie in [0, 1].
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "sims/domains/domain.h"
#include "sims/domains/json_input.h"

namespace oneup::sims {

// The parsed files, each a field that is named after it.
absl::StatusOr<NegotiationDomain> ParseNegMas(const JsonField& domain,
                                              const std::vector<JsonField>& profiles);

}  // namespace oneup::sims
