// Checks a scenario against the rules beside its fields (proto/oneup/v1/rules.proto):
// what must be there, ranges, how strings are written, and that references exist. A
// field that is added to the schema with a rule is checked without a change here.
#pragma once

#include <vector>

#include "oneup/v1/scenario.pb.h"
#include "sims/scenario/problem.h"
#include "sims/scenario/text_format.h"

namespace oneup::sims {

void CheckRules(const v1::Scenario& scenario, const LocationMap& locations,
                std::vector<Problem>* problems);

// The same of another message, in which nothing may be a reference.
void CheckRules(const google::protobuf::Message& message, const LocationMap& locations,
                std::vector<Problem>* problems);

}  // namespace oneup::sims
