// What is kept of one emergent run: its deals, and what else happened, small enough for millions.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "market/kernel/civil_time.h"
#include "sims/scenario/scenario.h"
#include "sims/world/world.h"

namespace oneup::sims {

// A deal that was announced.
struct DealOutcome {
  std::string event;     // its id
  std::string supplier;  // the person: "huang"
  kernel::CivilDay day;  // of the announcement
  double capacity_gw = 0;
  double usd_bn = 0;  // contract value over its term
  double headline_usd_bn = 0;
  double equity_usd_bn = 0;
  double warrants_percent = 0;
  double guarantee_usd_bn = 0;
  bool invests = false;  // the supplier is a funder: no purchase of computing
  // First-day change of the supplier's market value, billion USD; NaN without a listing or a
  // session after it.
  double added_usd_bn = 0;
  double first_day = 0;  // return
};

// Anything else: who did what to whom.
struct StoryFact {
  v1::EventKind kind = v1::EVENT_KIND_UNSPECIFIED;
  std::string actor;
  std::string other;  // empty for none
  kernel::CivilDay day;
};

struct StoryOutcome {
  uint64_t seed = 0;
  std::vector<DealOutcome> deals;  // in order of time
  std::vector<StoryFact> facts;    // in order of time; deals are not among them

  // The first such fact; an empty `other` stands for anybody. Null if there is none.
  const StoryFact* First(v1::EventKind kind, const std::string& actor,
                         const std::string& other = "") const;
  const DealOutcome* DealOf(const std::string& supplier) const;
};

// First-day return, on the run's own prices, of the listing that an announcement names first; NaN
// if it names none, or the run has no session on both sides of it.
double FirstDayReturn(const LoadedScenario& scenario, const RunResult& result,
                      const v1::Announcement& announcement);

StoryOutcome OutcomeOf(const LoadedScenario& scenario, uint64_t seed, const RunResult& result);

}  // namespace oneup::sims
