// What must hold of the negotiators over many random domains (T2-T7), and of the machinery around
// them (T8-T11). docs/negotiation.md says what each gate is for.
#pragma once

#include <vector>

#include "sims/validation/check.h"

namespace oneup::sims {

// T2: nothing below the felt reservation value over 5 episodes fuzzed sessions. T3-T5: agreement,
// and its distance to the frontier and to Nash, over episodes / 100 domains. T6: roles swap,
// results swap. T7: more fear of missing out means a smaller share, an earlier and likelier
// agreement.
std::vector<Check> CheckNegotiators(const ValidationOptions& options);

// T8: one buyer, many sellers. T9: commitments are left only for more than their penalty. T10: the
// frontier by merging is that of brute force. T11: speed.
std::vector<Check> CheckNegotiationMachinery(const ValidationOptions& options);

}  // namespace oneup::sims
