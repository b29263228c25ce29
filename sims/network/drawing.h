// The network as a picture: companies as boxes, what they promise each other as arrows.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "market/kernel/civil_time.h"
#include "sims/network/contagion.h"
#include "sims/network/obligations.h"
#include "sims/network/systemic.h"

namespace oneup::sims {

struct Drawing {
  const ObligationGraph& graph;
  const SystemicFigures& figures;
  const DefaultOutcome* outcome = nullptr;  // adds to each box what the company loses
  std::string title;                        // one line, above
};

// In Graphviz' language DOT, UTF-8: blue purchases, green equity, purple warrants, dashed
// orange guarantees; the wider the more money; the hub in the middle. The same values give
// the same bytes.
std::string ToDot(const Drawing& drawing);

// DOT to SVG by Graphviz' program `dot`, which has to be on the PATH.
// Errors: NotFound if it is not, saying what to install; Internal with its exit code if it
// fails (its own words go to standard error).
absl::StatusOr<std::string> DotToSvg(const std::string& dot);

}  // namespace oneup::sims
