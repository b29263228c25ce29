// Domains that the tests of this folder share, small enough to check by hand.
#pragma once

#include <string>
#include <vector>

#include "agents/negotiation/outcome_space.h"
#include "agents/negotiation/profile.h"

namespace oneup::negotiation {

// Issues named a, b, ... with values "0", "1", ...
inline OutcomeSpace MakeSpace(const std::vector<size_t>& sizes) {
  std::vector<Issue> issues;
  for (const size_t size : sizes) {
    issues.push_back({.name = std::string(1, static_cast<char>('a' + issues.size()))});
    for (size_t v = 0; v < size; ++v) issues.back().values.push_back(std::to_string(v));
  }
  return OutcomeSpace(issues);
}

// One issue of `pieces` + 1 values: the first has the share v / pieces, the second the rest.
struct Pie {
  explicit Pie(size_t pieces) : space(MakeSpace({pieces + 1})) {
    first.worth.emplace_back();
    second.worth.emplace_back();
    for (size_t v = 0; v <= pieces; ++v) {
      const double share = static_cast<double>(v) / static_cast<double>(pieces);
      first.worth[0].push_back(share);
      second.worth[0].push_back(1 - share);
    }
  }
  OutcomeSpace space;
  Profile first;
  Profile second;
};

// Two issues of three values; the first cares for a, the second for b: both can have .75 and more.
//   first:  a 0, .35, .7;  b .3, .15, 0
//   second: a .3, .15, 0;  b 0, .35, .7
struct Logroll {
  OutcomeSpace space = MakeSpace({3, 3});
  Profile first = {.name = "first", .worth = {{0, .35, .7}, {.3, .15, 0}}};
  Profile second = {.name = "second", .worth = {{.3, .15, 0}, {0, .35, .7}}};
};

}  // namespace oneup::negotiation
