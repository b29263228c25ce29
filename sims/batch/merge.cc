#include "sims/batch/merge.h"

#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "sims/batch/shard.h"
#include "sims/batch/traces.h"

namespace oneup::sims {
namespace {

// "3-7, 9"
std::string Ranges(const std::vector<uint64_t>& numbers) {
  std::vector<std::string> ranges;
  for (size_t i = 0; i < numbers.size(); ++i) {
    size_t last = i;
    while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1) ++last;
    ranges.push_back(last == i ? absl::StrCat(numbers[i])
                               : absl::StrCat(numbers[i], "-", numbers[last]));
    i = last;
  }
  return absl::StrJoin(ranges, ", ");
}

class Merger {
 public:
  Merger(const std::vector<std::string>& folders, std::string out)
      : folders_(folders), out_(std::move(out)) {}

  absl::StatusOr<MergeOutcome> Merge() {
    if (const absl::Status status = ReadPlans(); !status.ok()) return status;
    Inspect();
    if (!outcome_.problems.empty()) return std::move(outcome_);
    absl::StatusOr<BatchFolder> out = BatchFolder::Open(out_, plan_, {}, true);
    if (!out.ok()) return out.status();
    outcome_.warning = out->warning();
    if (const absl::Status status = Gather(*out); !status.ok()) return status;
    const absl::StatusOr<BatchCounts> counts = WriteTables(plan_, *out);
    if (!counts.ok()) return counts.status();
    outcome_.counts = *counts;
    outcome_.shards = ShardsOf(plan_);
    return std::move(outcome_);
  }

 private:
  void Report(std::string line) { outcome_.problems.push_back(std::move(line)); }

  // All folders hold the same plan, or are told of and left out.
  absl::Status ReadPlans() {
    for (const std::string& folder : folders_) {
      absl::StatusOr<v1::BatchPlan> plan = ReadPlan(folder);
      if (!plan.ok()) return plan.status();
      if (absl::Status status = CheckBuild(folder, *plan); !status.ok()) return status;
      if (places_.empty()) {
        plan_ = *std::move(plan);
      } else if (plan->SerializeAsString() != plan_.SerializeAsString()) {
        Report(absl::StrCat(folder, ": holds another batch, '", plan->name(), "', than ",
                            folders_[0]));
        continue;
      }
      places_.emplace_back(folder);
    }
    return absl::OkStatus();
  }

  void Inspect() {
    std::map<uint64_t, std::vector<size_t>> holders;
    for (size_t place = 0; place < places_.size(); ++place) {
      for (const uint64_t shard : places_[place].Shards()) holders[shard].push_back(place);
    }
    std::vector<uint64_t> missing;
    for (uint64_t shard = 0; shard < ShardsOf(plan_); ++shard) {
      const auto found = holders.find(shard);
      if (found == holders.end()) {
        missing.push_back(shard);
      } else {
        InspectShard(shard, found->second);
        holders.erase(found);
      }
    }
    for (const auto& [what, shards] : foreign_) {
      const auto& [place, why] = what;
      Report(absl::StrCat(shards.size() == 1
                              ? places_[place].ShardPath(shards[0])
                              : absl::StrCat(places_[place].path(), ": shards ", Ranges(shards)),
                          why));
    }
    for (const auto& [shard, at] : holders) {
      Report(absl::StrCat(places_[at[0]].ShardPath(shard),
                          ": is no shard of this batch, which has ", ShardsOf(plan_)));
    }
    if (!missing.empty()) {
      Report(absl::StrCat("missing: ", missing.size() == 1 ? "shard " : "shards ", Ranges(missing),
                          " of 0-", ShardsOf(plan_) - 1));
    }
    for (const auto& [place, runs] : missing_traces_) {
      Report(absl::StrCat(places_[place].path(), ": missing: traces of ",
                          runs.size() == 1 ? "run " : "runs ", Ranges(runs)));
    }
  }

  void InspectShard(uint64_t shard, const std::vector<size_t>& holders) {
    std::string digest;
    for (const size_t place : holders) {
      const std::string path = places_[place].ShardPath(shard);
      const absl::StatusOr<v1::Shard> whole = ReadShard(plan_, shard, path);
      if (absl::IsFailedPrecondition(whole.status())) {
        // Of many shards of another build, say, each would be told of in the same words.
        foreign_[{place, std::string(whole.status().message().substr(path.size()))}].push_back(
            shard);
        continue;
      }
      if (!whole.ok()) {
        Report(std::string(whole.status().message()));
        continue;
      }
      for (const TraceProblem& problem : CheckTraces(*whole, places_[place])) {
        if (absl::IsNotFound(problem.status)) {
          missing_traces_[place].push_back(problem.run_id);
        } else {
          Report(std::string(problem.status.message()));
        }
      }
      const std::string& own = whole->records(whole->records_size() - 1).footer().digest();
      if (digest.empty()) {
        digest = own;
        source_[shard] = place;
      } else if (own != digest) {
        Report(absl::StrCat(path, ": differs from ", places_[source_[shard]].ShardPath(shard)));
      }
    }
  }

  absl::Status Gather(const BatchFolder& out) {
    for (const uint64_t shard : out.missing()) {
      const BatchFolder& place = places_[source_.at(shard)];
      const absl::StatusOr<v1::Shard> whole = ReadShard(plan_, shard, place.ShardPath(shard));
      if (!whole.ok()) return whole.status();
      for (const v1::ShardRecord& record : whole->records()) {
        if (record.run().trace_digest().empty()) continue;
        const uint64_t run = record.run().run_id();
        const absl::Status status = Copy(place.TracePath(run), out.TracePath(run));
        if (!status.ok()) return status;
      }
      const absl::Status status = Copy(place.ShardPath(shard), out.ShardPath(shard));
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  }

  static absl::Status Copy(const std::string& from, const std::string& to) {
    const absl::StatusOr<std::string> bytes = ReadBytes(from);
    return bytes.ok() ? WriteBytes(to, *bytes) : bytes.status();
  }

  const std::vector<std::string>& folders_;
  std::string out_;
  v1::BatchPlan plan_;
  std::vector<BatchFolder> places_;
  std::map<uint64_t, size_t> source_;  // of a shard, into places_
  // Shards that are not the batch's own, by their place and why.
  std::map<std::pair<size_t, std::string>, std::vector<uint64_t>> foreign_;
  std::map<size_t, std::vector<uint64_t>> missing_traces_;  // runs, by the place of their shard
  MergeOutcome outcome_;
};

}  // namespace

absl::StatusOr<MergeOutcome> MergeBatch(const std::vector<std::string>& folders,
                                        const std::string& out) {
  return Merger(folders, out).Merge();
}

}  // namespace oneup::sims
