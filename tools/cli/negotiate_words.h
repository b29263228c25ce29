// How outcomes and their figures are written, in sessions and in the figures of a domain.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "agents/negotiation/outcome_space.h"
#include "sims/report/json.h"

namespace oneup::cli {

// "Price=$3.98, Delivery=60 days", for people and spreadsheets: control characters, which a file's
// names may hold and a terminal would obey, become '?'.
std::string Spell(const negotiation::OutcomeSpace& space, negotiation::Outcome outcome);

// Six decimals; "n/a" for NaN or none. Several are separated by blanks.
std::string Figure(double value);
std::string Figure(const std::optional<double>& value);
std::string Figures(const std::vector<double>& values);

// All digits; empty for NaN.
std::string CsvNumber(double value);

void WriteNumbers(sims::JsonWriter& json, const std::vector<double>& values);
// {"Price": "$3.98", ...}
void WriteOutcome(sims::JsonWriter& json, const negotiation::OutcomeSpace& space,
                  negotiation::Outcome outcome);

}  // namespace oneup::cli
