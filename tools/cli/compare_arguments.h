// What `oneup compare` takes, and what it means.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "sims/compare/comparison.h"
#include "tools/cli/options.h"

namespace oneup::cli {

// As they were given.
struct CompareArguments {
  std::string scenario = "autonomous";
  std::vector<std::string> what_if;
  Seed seed;
  int seeds = 200;
  int threads = 0;
  std::string resolution = "low";
  std::string until;
  std::vector<std::string> metrics;
  double precision = 0;
  int most_seeds = 10'000;
  double level = 95;
  bool explain = false;
  int explain_seeds = 20;
  std::string report;
  std::string format = "text";
  bool list = false;
};

// In the order of the help.
void AddCompareOptions(OptionParser& parser, CompareArguments& arguments);

// One line says what is not allowed. threads and progress are the caller's.
absl::StatusOr<sims::CompareOptions> CheckCompareArguments(const OptionParser& given,
                                                           const CompareArguments& arguments);

// The call that makes the comparison again.
std::string CallOf(const CompareArguments& arguments, uint64_t seed);

}  // namespace oneup::cli
