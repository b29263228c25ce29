#include "sims/emergent/gates.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "sims/emergent/ensemble_report.h"

namespace oneup::sims {
namespace {

constexpr int kQuietDays = 60;
constexpr int kAnswerDays = 10;
constexpr double kRefusals = 0.8;
constexpr double kLeads = 0.5;

const DealOutcome* FirstMega(const StoryOutcome& outcome) {
  const auto found = std::ranges::find_if(outcome.deals, [](const DealOutcome& deal) {
    return deal.headline_usd_bn >= kMegaProjectUsdBn;
  });
  return found == outcome.deals.end() ? nullptr : &*found;
}

// Whoever says so.
bool IsStallWith(const StoryFact& fact, const std::string& supplier) {
  return fact.kind == v1::EVENT_KIND_STALL && (fact.actor == supplier || fact.other == supplier);
}

class Evaluation {
 public:
  explicit Evaluation(const std::vector<StoryOutcome>& outcomes) : outcomes_(outcomes) {}

  // least: 0 asks for one run at least.
  void Share(const std::string& name, double least,
             const std::function<bool(const StoryOutcome&)>& has) {
    const auto count = std::ranges::count_if(outcomes_, has);
    const auto runs = static_cast<double>(outcomes_.size());
    Gate& gate = gates_.emplace_back();
    gate.name = name;
    gate.required = least > 0 ? absl::StrFormat("at least %.0f %% of runs", 100 * least)
                              : std::string("in some run");
    gate.unit = "share of runs";
    gate.value = static_cast<double>(count) / runs;
    gate.note = absl::StrCat(count, " of ", outcomes_.size(), " runs");
    gate.passed = least > 0 ? gate.value >= least : count > 0;
  }

  void Calls(const std::string& supplier) {
    int leaks = 0;
    int calls = 0;
    for (const StoryOutcome& outcome : outcomes_) {
      const LeakAnswer answer = AnswerToLeak(outcome, supplier);
      leaks += answer != LeakAnswer::kNoLeak;
      calls += answer == LeakAnswer::kCall;
    }
    Gate& gate = gates_.emplace_back();
    gate.name = absl::StrCat(supplier, " calls within ", kAnswerDays,
                             " days of a leak that follows stalled talks");
    gate.unit = "share of runs";
    gate.value =
        leaks > 0 ? static_cast<double>(calls) / leaks : std::numeric_limits<double>::quiet_NaN();
    gate.note = absl::StrCat(calls, " of ", leaks, " runs with such a leak");
  }

  void Cooler(const AblationRow* ablated) {
    Gate& gate = gates_.emplace_back();
    gate.name = "without fomo and ego fewer deals or smaller commitments";
    gate.required = "95 % interval below 0";
    gate.value = std::numeric_limits<double>::quiet_NaN();
    gate.note = "ablation not run";
    if (ablated == nullptr) return;
    const PairedEffect* deals = ablated->Find(kDealsMetric);
    const PairedEffect* commitments = ablated->Find(kCommitmentsMetric);
    if (deals == nullptr || commitments == nullptr) return;
    // The one that passes; of none, or both, the deals.
    const bool by_deals = deals->high < 0 || !(commitments->high < 0);
    const PairedEffect& effect = by_deals ? *deals : *commitments;
    gate.value = effect.difference;
    gate.unit = effect.unit;
    gate.note = absl::StrFormat("deals [%.2f, %.2f], commitments [%.0f, %.0f] billion USD",
                                deals->low, deals->high, commitments->low, commitments->high);
    gate.passed = deals->high < 0 || commitments->high < 0;
  }

  std::vector<Gate> Take() { return std::move(gates_); }

 private:
  const std::vector<StoryOutcome>& outcomes_;
  std::vector<Gate> gates_;
};

}  // namespace

bool HasQuietMonths(const StoryOutcome& outcome) {
  const DealOutcome* mega = FirstMega(outcome);
  if (mega == nullptr) return false;
  const auto first = static_cast<size_t>(mega - outcome.deals.data());
  for (size_t i = first + 1; i < outcome.deals.size(); ++i) {
    if (outcome.deals[i].day - outcome.deals[i - 1].day >= kQuietDays) return true;
  }
  return false;
}

LeakAnswer AnswerToLeak(const StoryOutcome& outcome, const std::string& supplier) {
  bool stalled = false;
  LeakAnswer answer = LeakAnswer::kNoLeak;
  for (auto it = outcome.facts.begin(); it != outcome.facts.end(); ++it) {
    stalled = stalled || IsStallWith(*it, supplier);
    if (!stalled || it->kind != v1::EVENT_KIND_LEAK || it->other != supplier) continue;
    answer = LeakAnswer::kNoCall;
    const bool calls = std::any_of(it, outcome.facts.end(), [&](const StoryFact& fact) {
      return fact.kind == v1::EVENT_KIND_CALL && fact.actor == supplier &&
             fact.day - it->day <= kAnswerDays;
    });
    if (calls) return LeakAnswer::kCall;
  }
  return answer;
}

std::vector<Gate> EvaluateGates(const std::vector<StoryOutcome>& outcomes,
                                const AblationRow* ablated, const GateParts& parts) {
  Evaluation evaluation(outcomes);
  for (const std::string& refuser : parts.refusers) {
    evaluation.Share(refuser + " refuses", kRefusals, [&](const StoryOutcome& outcome) {
      return outcome.First(v1::EVENT_KIND_REFUSAL, refuser, parts.hub) != nullptr;
    });
  }
  evaluation.Share(parts.leader + " has the first mega-project", kLeads,
                   [&](const StoryOutcome& outcome) {
                     const DealOutcome* mega = FirstMega(outcome);
                     return mega != nullptr && mega->supplier == parts.leader;
                   });
  evaluation.Share("months of quiet after the first mega-project", 0, HasQuietMonths);
  evaluation.Share("talks with " + parts.incumbent + " stall", 0, [&](const StoryOutcome& outcome) {
    return std::ranges::any_of(
        outcome.facts, [&](const StoryFact& fact) { return IsStallWith(fact, parts.incumbent); });
  });
  evaluation.Calls(parts.incumbent);
  evaluation.Cooler(ablated);
  return evaluation.Take();
}

}  // namespace oneup::sims
