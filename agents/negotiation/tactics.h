// The tactics by name, as the command line and scenarios call them: "boulware", "conceder:4",
// "oneup:fomo=1,concession=0.3". One line each in tactics.cc.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "agents/negotiation/preferences.h"
#include "agents/negotiation/tactic.h"

namespace oneup::negotiation {

struct TacticKind {
  const char* name;
  const char* summary;    // one line: what it does
  const char* parameter;  // what may follow "name:", with range and default; "" for nothing
};

// In the order in which they are shown.
const std::vector<TacticKind>& TacticKinds();

// Where a tactic sits: its place among the parties, their number, and the seed of its draws.
struct Seat {
  size_t party = 0;
  size_t parties = 2;
  uint64_t seed = 1;
};

// Makes the tactic for one party of one session; the preferences outlive it.
using TacticMaker =
    std::function<std::unique_ptr<Tactic>(const Preferences& own, const Seat& seat)>;

// InvalidArgument, with what is allowed, for an unknown name or a parameter out of range.
absl::StatusOr<TacticMaker> FindTactic(const std::string& text);

}  // namespace oneup::negotiation
