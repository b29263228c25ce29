// From a scenario's words to a trace's: the header of a run, the terms of a deal.
#pragma once

#include <cstdint>

#include "oneup/v1/trace.pb.h"
#include "sims/scenario/scenario.h"

namespace oneup::trace {

// The header of a run of this scenario. The caller adds the settings.
v1::Header HeaderFor(const sims::LoadedScenario& scenario, uint64_t seed, v1::Detail detail);

// An event as a happening, without what only the run knows (`public`).
v1::Happening HappeningOf(const v1::Event& event);

// Rounds each figure to the trace's unit; vendor warrants to basis points.
v1::Terms TermsOf(const v1::DealTerms& terms);

// A fraction in parts per million, rounded half away from zero: 0.0125 is 12500.
// Contract: |fraction| < 1e12, not NaN.
int64_t Ppm(double fraction);

}  // namespace oneup::trace
