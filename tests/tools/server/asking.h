// What the tests of this folder ask a server for, and one library for all of them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "oneup/v1/serve.pb.h"
#include "sims/replay/recording.h"
#include "sims/scenario/intervene.h"
#include "sims/scenario/intervention_text.h"
#include "sims/world/resolution.h"
#include "tools/server/library.h"

namespace oneup::server {

inline const Library& TestLibrary() {
  static const Library* const library = Library::Open({})->release();
  return *library;
}

// The first month of the story, of a seed.
inline v1::Simulation Month(uint64_t seed) {
  v1::Simulation simulation;
  simulation.set_scenario("autonomous");
  simulation.set_seed(seed);
  simulation.set_resolution("low");
  simulation.set_until("2023-01-31");
  return simulation;
}

// The story to its end, which no test waits for: more than a page without credit lets it make.
inline v1::Simulation Years(uint64_t seed) {
  v1::Simulation years = Month(seed);
  years.clear_until();
  return years;
}

// What a trace file of it holds.
inline std::string TraceOf(const v1::Simulation& simulation, v1::Detail detail) {
  sims::RunOptions run;
  run.seed = simulation.seed();
  run.resolution = *sims::ParseResolution(simulation.resolution());
  run.until = *kernel::ParseDay(simulation.until());
  std::vector<v1::Intervention> interventions;
  for (const std::string& line : simulation.interventions()) {
    interventions.push_back(*sims::ParseIntervention(line));
  }
  const sims::LoadedScenario& base = *TestLibrary().FindScenario(simulation.scenario());
  std::string bytes;
  const auto recording = interventions.empty()
                             ? sims::RecordRun(base, run, detail, trace::MakeStringSink(&bytes))
                             : sims::RecordRun(*sims::Intervene(base, interventions), run, detail,
                                               trace::MakeStringSink(&bytes));
  return recording.ok() ? bytes : "no recording";
}

inline std::string WatchMessage(uint32_t stream, const v1::Simulation& simulation, uint32_t credit,
                                uint32_t days = 0) {
  v1::ClientMessage message;
  message.set_stream(stream);
  *message.mutable_watch()->mutable_simulation() = simulation;
  message.mutable_watch()->set_credit(credit);
  message.mutable_watch()->set_days(days);
  return message.SerializeAsString();
}

inline std::string CreditMessage(uint32_t stream, uint32_t frames) {
  v1::ClientMessage message;
  message.set_stream(stream);
  message.mutable_credit()->set_frames(frames);
  return message.SerializeAsString();
}

inline std::string CancelMessage(uint32_t stream) {
  v1::ClientMessage message;
  message.set_stream(stream);
  message.mutable_cancel();
  return message.SerializeAsString();
}

}  // namespace oneup::server
