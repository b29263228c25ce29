// One line of a validation table: what was measured, what the source says, whether
// they agree.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace oneup::sims {

struct Check {
  std::string name;    // "mean efficiency, ZI-C"
  std::string source;  // "Gode and Sunder (1993)"
  double measured = 0;
  std::string expected;  // as the source has it, for people: "0.989 to 0.993"
  bool holds = false;
};

// A check of a measured mean against a published one: within four standard errors.
Check AgainstPublished(std::string name, std::string source, double measured, double standard_error,
                       double published);
// A check against an interval, both ends included.
Check WithinRange(std::string name, std::string source, double measured, double low, double high);

// How much work a validation does.
struct ValidationOptions {
  uint64_t seed = 1;
  int episodes = 20'000;  // of each stochastic experiment
};

}  // namespace oneup::sims
