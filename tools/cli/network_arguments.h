// What `oneup network` takes: its options, and which values are allowed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sims/network/contagion.h"
#include "sims/network/systemic.h"
#include "tools/cli/options.h"

namespace oneup::cli {

// As they were given.
struct NetworkArguments {
  // 2025 and the promises that moved no stock.
  std::string scenario = "2025-obligations";
  Seed seed;
  std::string resolution = "default";
  std::string at;
  std::string format = "text";
  bool through_time = false;
  std::string dot_file;
  std::string svg_file;
  std::string failing;
  std::vector<std::string> guarantees;
  sims::DefaultOptions outcome;
  sims::SystemicOptions figures;
};

// In the order of the help.
void AddNetworkOptions(OptionParser& parser, NetworkArguments& arguments);

// 0 to most; not NaN.
inline bool InRange(double value, double most) { return value >= 0 && value <= most; }

// Says what is out of range, or which file cannot be written; nothing if all is well. A value: an
// exit code.
std::optional<int> CheckNetworkArguments(const std::string& command,
                                         const NetworkArguments& arguments);

}  // namespace oneup::cli
