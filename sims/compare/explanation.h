// Why a deal came out otherwise: the first thing in which a pair of runs differs, and for each
// changed deal the chain that leads to it from the intervention.
//
// Every record of a run names its cause. A link of a chain either was caused by the link before it
// (of the same world), or its maker was in another state than in the other world because of the
// link before it: the last thing that this principal did, felt or heard in one world only. The
// second kind is an inference from the order of events, and is marked so.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "oneup/v1/trace.pb.h"
#include "sims/compare/recorded_run.h"
#include "sims/scenario/scenario.h"
#include "sims/world/world.h"

namespace oneup::sims {

enum class WorldOf { kBaseline, kChanged };

struct Link {
  WorldOf world = WorldOf::kChanged;
  v1::Record record;
  // How the link before it led here: as its recorded cause, or by the state of its maker.
  bool inferred = false;
};

// A deal that only one world has, or both with other terms or on another day.
struct ChangedDeal {
  std::string event;            // "deal_nvidia"
  std::vector<v1::Record> both;  // the happening in the baseline, in the counterfactual; a record
                                 // without a body where there is none
  std::vector<Link> chain;      // the intervention (or the first difference) first, the deal last
};

struct Explanation {
  uint64_t seed = 0;
  size_t equal_records = 0;  // before the first difference
  // The first records that differ; without a body if the world has ended.
  v1::Record first_baseline;
  v1::Record first_changed;
  bool same = false;  // no difference at all
  std::vector<ChangedDeal> deals;
};

absl::StatusOr<Explanation> Explain(const LoadedScenario& baseline, const LoadedScenario& changed,
                                    const RunOptions& options);

// Of two records of runs that are at hand.
Explanation ExplainRuns(const RecordedRun& baseline, const RecordedRun& changed);

}  // namespace oneup::sims
