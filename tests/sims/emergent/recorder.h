// The record of an emergent run, kept in memory.
#pragma once

#include <cmath>
#include <utility>
#include <vector>

#include "oneup/v1/trace.pb.h"
#include "sims/scenario/scenario.h"
#include "sims/world/resolution.h"
#include "sims/world/world.h"

namespace oneup::sims {

// Keeps every record of the story, in order; ids count from 1.
class Recorder : public RunListener {
 public:
  uint64_t OnEvent(const ScheduledEvent& event) override {
    v1::Record record;
    record.set_time_ns(event.at.ns);
    return Keep(std::move(record));
  }
  uint64_t OnImpact(Time at, const v1::Event&, const Impact&, uint64_t cause) override {
    v1::Record record;
    record.set_time_ns(at.ns);
    record.set_cause_id(cause);
    return Keep(std::move(record));
  }
  uint64_t OnEmerged(Time at, const v1::Event& event, uint64_t cause) override {
    v1::Record record;
    record.set_time_ns(at.ns);
    record.set_cause_id(cause);
    v1::Happening& happening = *record.mutable_happening();
    happening.set_event_id(event.id());
    happening.set_kind(event.kind());
    happening.mutable_terms()->set_capacity_mw(Thousandths(event.terms().capacity_gw()));
    happening.mutable_terms()->set_value_usd_millions(Thousandths(event.terms().value_usd_bn()));
    *happening.mutable_actors() = event.actors();
    happening.set_headline(event.headline());
    happening.set_public_(!event.visibility().public_from().empty());
    return Keep(std::move(record));
  }
  uint64_t OnStory(Time at, v1::Record& record) override {
    record.set_time_ns(at.ns);
    return Keep(record);
  }
  bool WantsStory() const override { return true; }
  void OnClose(Time, int, const traders::ListingMarket&) override {}

  const std::vector<v1::Record>& records() const { return records_; }
  const v1::Record& At(uint64_t id) const { return records_[id - 1]; }

 private:
  static uint64_t Thousandths(double value) {
    return static_cast<uint64_t>(std::llround(1000 * value));
  }
  uint64_t Keep(v1::Record record) {
    record.set_id(records_.size() + 1);
    records_.push_back(std::move(record));
    return records_.size();
  }
  std::vector<v1::Record> records_;
};

inline const LoadedScenario& Autonomous() {
  static const LoadedScenario* const scenario = new LoadedScenario(*LoadScenario("autonomous"));
  return *scenario;
}

inline std::vector<v1::Record> RecordsOf(
    const LoadedScenario& scenario, uint64_t seed, kernel::CivilDay until,
    const traders::Resolution& resolution = traders::Continuous(20)) {
  Recorder recorder;
  World(scenario, {.seed = seed, .resolution = resolution, .until = until}, &recorder).Run();
  return recorder.records();
}

}  // namespace oneup::sims
