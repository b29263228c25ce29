// Any line as an intervention: it is read or refused with one line, and what is read is written so
// that it reads back the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "oneup/v1/intervention.pb.h"
#include "sims/scenario/intervene.h"
#include "sims/scenario/intervention_text.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace oneup;
  static const auto* const autonomous = new sims::LoadedScenario(*sims::LoadScenario("autonomous"));
  const auto read =
      sims::ParseIntervention(std::string_view(reinterpret_cast<const char*>(data), size));
  if (!read.ok()) return 0;
  const auto again = sims::ParseIntervention(sims::InterventionText(*read));
  if (!again.ok() || again->SerializeAsString() != read->SerializeAsString()) std::abort();
  // Whatever it names, it changes a scenario or is refused.
  sims::Intervene(*autonomous, {*read}).status().IgnoreError();
  return 0;
}
