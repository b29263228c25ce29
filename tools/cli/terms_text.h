// The terms of an event in one line, for the narrated timeline, the page and `scenario show`.
#pragma once

#include <string>

#include "oneup/v1/scenario.pb.h"

namespace oneup::cli {

// "10 GW of Nvidia's systems, $350 bn over 5 years, ..., letter of intent"; empty without any.
std::string TermsLine(const v1::DealTerms& terms);

// What the terms are by the kind of their event: "asked", "refused", "goal", else "terms".
std::string TermsLabel(v1::EventKind kind);

}  // namespace oneup::cli
