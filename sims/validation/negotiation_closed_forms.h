// T1: bargaining over one pie has closed forms; the protocol and the tactics play it and must end
// there. (model 8 of docs/negotiation.md; Rubinstein 1982, Stahl 1972.)
#pragma once

#include <vector>

#include "sims/validation/check.h"

namespace oneup::sims {

std::vector<Check> CheckNegotiationClosedForms();

}  // namespace oneup::sims
