// Short paths to the numbers of a scenario, and paths to several of them.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "oneup/v1/scenario.pb.h"

namespace oneup::sims {

// The paths of field_path.h that a path of an intervention stands for, at least one:
//   huang.fear_usd_bn       a field of the principal's character, supply or demand
//   altman.revenue_usd_bn   of the outlook within demand: at each of its dates that states it
//   son.credit              what SoftBank can borrow on its shares: supply.loan_to_value
//   listings[*].beta_to_market  all values of a repeated field
//   valuation.elasticity   also in the valuations that were fitted without one event (held_out),
//                          with which leave-one-out predictions are made
// Any other path is itself. Error: InvalidArgument, one line, for a name that nothing has.
absl::StatusOr<std::vector<std::string>> ExpandPath(const std::string& path,
                                                    const v1::Scenario& scenario);

}  // namespace oneup::sims
