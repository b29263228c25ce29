// What an emergent scenario must show before anybody believes it: the features of the story that
// do not depend on its autumn. Each gate says what it asks, what the runs say, and whether they
// pass; some are reported only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sims/emergent/ablation.h"
#include "sims/emergent/outcome.h"

namespace oneup::sims {

struct Gate {
  std::string name;
  std::string required;        // "at least 80 % of runs"; empty if it is only reported
  double value = 0;            // NaN if no run can tell
  std::string unit;            // "share of runs", "billion USD", "deals"
  std::string note;            // "184 of 200 runs", an interval
  std::optional<bool> passed;  // nothing: reported only, or cannot be told
};

// Who plays which part in the gates; the scenario's persons.
struct GateParts {
  std::string hub = "altman";
  std::vector<std::string> refusers = {"nadella", "wei"};
  std::string leader = "son";       // has the first mega-project
  std::string incumbent = "huang";  // stalls, is leaked about, calls
};

// Whether at least 60 days pass between two announcements, the first mega-project being the former
// or before it. A silence that no announcement ends is none.
bool HasQuietMonths(const StoryOutcome& outcome);

// Of a supplier whose talks have stalled, a leak about it, and whether its call to the hub follows
// within 10 days.
enum class LeakAnswer { kNoLeak, kNoCall, kCall };
LeakAnswer AnswerToLeak(const StoryOutcome& outcome, const std::string& supplier);

// outcomes: at least one. ablated: the row of fomo+ego, or null if it was not run.
//   each refuser says no to the hub: at least 80 % of runs
//   the leader has the first deal with a headline of 100 billion USD or more: at least 50 % of
//   runs,
//     those without such a deal included
//   months of quiet, and stalled talks with the incumbent: in some run
//   the incumbent calls after a leak: of the runs with a leak after a stall; reported
//   without fomo and ego fewer deals or smaller commitments: a 95 % interval below zero
std::vector<Gate> EvaluateGates(const std::vector<StoryOutcome>& outcomes,
                                const AblationRow* ablated, const GateParts& parts = {});

}  // namespace oneup::sims
