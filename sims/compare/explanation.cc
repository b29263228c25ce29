#include "sims/compare/explanation.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace oneup::sims {
namespace {

constexpr size_t kLongestChain = 1000;

// What a record says, whatever its place in the file: time and body.
std::string KeyOf(const v1::Record& record) {
  v1::Record key = record;
  key.clear_id();
  key.clear_cause_id();
  return key.SerializeAsString();
}

// Whose deed, feeling or hearing it is; empty for nobody's.
std::string MakerOf(const v1::Record& record) {
  switch (record.body_case()) {
    case v1::Record::kPerception:
      return record.perception().actor();
    case v1::Record::kRuleFiring:
      return record.rule_firing().actor();
    case v1::Record::kMindChange:
      return record.mind_change().actor();
    case v1::Record::kOffer:
      return record.offer().from();
    case v1::Record::kThreadChange:
      return record.thread_change().supplier();
    case v1::Record::kInterventionEffect:
      return record.intervention_effect().actor();
    case v1::Record::kHappening:
      return record.happening().actors().empty() ? "" : record.happening().actors(0);
    default:
      return "";
  }
}

bool Begins(const v1::Record& record) {
  return record.has_intervention_effect() && record.intervention_effect().effect() == "begins";
}

// One world of a pair, and what in it the other does not have.
class OneWorld {
 public:
  OneWorld(const RecordedRun& run, const RecordedRun& other) : run_(run) {
    std::multiset<std::string> there;
    for (const v1::Record& record : other.records) there.insert(KeyOf(record));
    for (size_t i = 0; i < run.records.size(); ++i) {
      const auto found = there.find(KeyOf(run.records[i]));
      differs_.push_back(found == there.end());
      if (found != there.end()) {
        there.erase(found);
      } else {
        by_maker_[MakerOf(run.records[i])].push_back(i);
        if (run.records[i].has_happening()) news_.push_back(i);
      }
    }
  }

  const v1::Record& At(uint64_t id) const { return run_.records[id - 1]; }
  bool Differs(uint64_t id) const { return id != 0 && differs_[id - 1]; }

  // The last record up to `time_ns` (and before the id, if it is of this world) that only this
  // world has: of the maker, or for an empty name any happening, as what moves stocks. Null for
  // none.
  const v1::Record* LastBefore(const std::string& maker, int64_t time_ns, uint64_t id) const {
    const auto found = by_maker_.find(maker);
    const std::vector<size_t> none;
    const std::vector<size_t>& places = maker.empty()              ? news_
                                        : found == by_maker_.end() ? none
                                                                   : found->second;
    const v1::Record* last = nullptr;
    for (const size_t place : places) {
      const v1::Record& record = run_.records[place];
      if (record.time_ns() > time_ns || (id != 0 && record.id() >= id)) break;
      last = &record;
    }
    return last;
  }

  // The last effect of an intervention up to the time, and the beginning of the first; null for
  // none.
  const v1::Record* LastIntervention(int64_t time_ns) const {
    const v1::Record* last = nullptr;
    for (const v1::Record& record : run_.records) {
      if (record.time_ns() > time_ns) break;
      if (record.has_intervention_effect()) last = &record;
    }
    return last;
  }
  const v1::Record* FirstIntervention() const {
    const auto found = std::ranges::find_if(run_.records, Begins);
    return found == run_.records.end() ? nullptr : &*found;
  }

 private:
  const RecordedRun& run_;
  std::vector<bool> differs_;  // by place
  std::vector<size_t> news_;   // places of happenings that differ
  std::map<std::string, std::vector<size_t>> by_maker_;
};

class Explainer {
 public:
  Explainer(const RecordedRun& baseline, const RecordedRun& changed)
      : baseline_(baseline, changed), changed_(changed, baseline) {}

  // Back from a record that only `world` has, to the intervention.
  std::vector<Link> ChainTo(WorldOf world, const v1::Record& end) const {
    std::vector<Link> links = {{world, end, false}};
    std::set<std::pair<WorldOf, uint64_t>> seen = {{world, end.id()}};
    while (links.size() < kLongestChain && !Begins(links.back().record)) {
      std::optional<Link> before = Before(links.back());
      if (!before || !seen.emplace(before->world, before->record.id()).second) break;
      links.back().inferred = before->inferred;
      before->inferred = false;
      links.push_back(*std::move(before));
    }
    // Where nothing else made the difference it is what an intervention did last, and that it
    // began.
    for (const v1::Record* record :
         {changed_.LastIntervention(links.back().record.time_ns()), changed_.FirstIntervention()}) {
      const Link& last = links.back();
      if (record == nullptr || Begins(last.record)) continue;
      if (record->time_ns() > last.record.time_ns()) continue;
      if (last.world == WorldOf::kChanged && last.record.id() == record->id()) continue;
      links.back().inferred = true;
      links.push_back({WorldOf::kChanged, *record, false});
    }
    std::ranges::reverse(links);
    return links;
  }

 private:
  const OneWorld& Of(WorldOf world) const {
    return world == WorldOf::kBaseline ? baseline_ : changed_;
  }

  // The link before; `inferred` tells how it led to the one given.
  std::optional<Link> Before(const Link& link) const {
    const v1::Record& record = link.record;
    const OneWorld& own = Of(link.world);
    if (own.Differs(record.cause_id())) return Link{link.world, own.At(record.cause_id()), false};
    // Its cause is in both worlds: it came out otherwise because its maker was different. A stock's
    // unusual day has no maker; news had moved it.
    const std::string maker = record.perception().signal() == "surge" ? "" : MakerOf(record);
    const WorldOf there = link.world == WorldOf::kBaseline ? WorldOf::kChanged : WorldOf::kBaseline;
    const v1::Record* here = own.LastBefore(maker, record.time_ns(), record.id());
    const v1::Record* other = Of(there).LastBefore(maker, record.time_ns() - 1, 0);
    if (here == nullptr && other == nullptr) return std::nullopt;
    const bool take_other =
        here == nullptr || (other != nullptr && other->time_ns() > here->time_ns());
    return Link{take_other ? there : link.world, take_other ? *other : *here, true};
  }

  OneWorld baseline_;
  OneWorld changed_;
};

bool IsDeal(const v1::Record& record) {
  return record.has_happening() && record.happening().has_terms() &&
         record.happening().kind() == v1::EVENT_KIND_ANNOUNCEMENT;
}

}  // namespace

Explanation ExplainRuns(const RecordedRun& baseline, const RecordedRun& changed) {
  Explanation explanation;
  explanation.seed = baseline.header.seed();
  const auto told = [](const RecordedRun& run) {
    std::vector<const v1::Record*> records;
    for (const v1::Record& record : run.records) {
      const bool of_intervention =
          record.has_intervention_effect() ||
          (record.cause_id() != 0 && Begins(run.records[record.cause_id() - 1]));
      if (!of_intervention) records.push_back(&record);
    }
    return records;
  };
  const std::vector<const v1::Record*> a_told = told(baseline);
  const std::vector<const v1::Record*> b_told = told(changed);
  const size_t shorter = std::min(a_told.size(), b_told.size());
  size_t& equal = explanation.equal_records;
  while (equal < shorter && KeyOf(*a_told[equal]) == KeyOf(*b_told[equal])) ++equal;
  if (equal < a_told.size()) explanation.first_baseline = *a_told[equal];
  if (equal < b_told.size()) explanation.first_changed = *b_told[equal];
  explanation.same = equal == a_told.size() && equal == b_told.size();
  if (explanation.same) return explanation;

  std::set<std::string> events;
  std::vector<std::string> order;
  for (const RecordedRun* run : {&baseline, &changed}) {
    for (const v1::Record& record : run->records) {
      if (!IsDeal(record)) continue;
      if (events.insert(record.happening().event_id()).second) {
        order.push_back(record.happening().event_id());
      }
    }
  }
  const Explainer explainer(baseline, changed);
  for (const std::string& event : order) {
    const v1::Record* a = baseline.Happening(event);
    const v1::Record* b = changed.Happening(event);
    if (a != nullptr && b != nullptr && KeyOf(*a) == KeyOf(*b)) continue;
    ChangedDeal& deal = explanation.deals.emplace_back();
    deal.event = event;
    deal.both = {a != nullptr ? *a : v1::Record(), b != nullptr ? *b : v1::Record()};
    deal.chain = b != nullptr ? explainer.ChainTo(WorldOf::kChanged, *b)
                              : explainer.ChainTo(WorldOf::kBaseline, *a);
  }
  return explanation;
}

absl::StatusOr<Explanation> Explain(const LoadedScenario& baseline, const LoadedScenario& changed,
                                    const RunOptions& options) {
  const absl::StatusOr<RecordedRun> a = RunAndRecord(baseline, options);
  if (!a.ok()) return a.status();
  const absl::StatusOr<RecordedRun> b = RunAndRecord(changed, options);
  if (!b.ok()) return b.status();
  return ExplainRuns(*a, *b);
}

}  // namespace oneup::sims
