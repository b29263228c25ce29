// What `oneup negotiate` prints: sessions, and the figures of a domain.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "agents/negotiation/analysis.h"
#include "agents/negotiation/play.h"
#include "sims/domains/domain.h"

namespace oneup::cli {

struct NegotiationReport {
  const sims::NegotiationDomain* domain = nullptr;
  // None if the frontier was too large to be worked out; distances are then n/a, or null.
  std::optional<negotiation::Analysis> analysis;
  std::optional<double> greatest_distance;
  // Of sessions; empty for the domain's figures alone.
  std::vector<std::string> tactics;
  int rounds = 0;
  uint64_t seed = 1;  // of the first session; each next has the next
  std::vector<negotiation::Played> sessions;
  bool offers = false;  // whether every move is printed
};

// Each ends with a line break. JSON is one object: with several sessions its top holds the first,
// and `sessions` all of them.
std::string SessionsText(const NegotiationReport& report);
std::string SessionsJson(const NegotiationReport& report);
std::string SessionsCsv(const NegotiationReport& report);

std::string AnalysisText(const NegotiationReport& report);
std::string AnalysisJson(const NegotiationReport& report);
std::string AnalysisCsv(const NegotiationReport& report);

}  // namespace oneup::cli
