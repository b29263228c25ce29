#include "sims/batch/folder.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "oneup/version.h"
#include "sims/batch/shard.h"
#include "sims/batch/traces.h"
#include "sims/provenance/build.h"
#include "sims/trace/replaced_file.h"

namespace oneup::sims {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPartial = ".partial-";
constexpr std::string_view kShardEnding = ".binpb";

bool IsLeftover(const std::string& name) { return name.find(kPartial) != std::string::npos; }

absl::Status MakeFolder(const std::string& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) return trace::FileError("create", path, error.value());
  if (!fs::is_directory(path, error)) {
    return absl::FailedPreconditionError(absl::StrCat(path, ": is there, and no folder"));
  }
  return absl::OkStatus();
}

// The names in a folder, sorted; none if it cannot be read.
std::vector<std::string> NamesIn(const std::string& path) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator it(path, error), end; !error && it != end; it.increment(error)) {
    names.push_back(it->path().filename().string());
  }
  std::ranges::sort(names);
  return names;
}

// The number that a file's name begins with.
std::optional<uint64_t> NumberOf(const std::string& name) {
  uint64_t number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  return error == std::errc() && end != name.data() ? std::optional(number) : std::nullopt;
}

bool Exists(const std::string& path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0;
}

}  // namespace

absl::StatusOr<v1::BatchPlan> ReadPlan(const std::string& folder) {
  const std::string path = BatchFolder(folder).PlanPath();
  const absl::StatusOr<std::string> bytes = ReadBytes(path);
  if (absl::IsNotFound(bytes.status())) {
    return absl::NotFoundError(absl::StrCat(folder, ": holds no batch (no plan.binpb)"));
  }
  if (!bytes.ok()) return bytes.status();
  v1::BatchPlan plan;
  if (!plan.ParseFromString(*bytes) || plan.replicates() == 0 || plan.runs_per_shard() == 0 ||
      RunsOf(plan) > kMaxRuns) {
    return absl::DataLossError(absl::StrCat(path, ": is damaged, or no plan"));
  }
  return plan;
}

absl::Status CheckBuild(const std::string& folder, const v1::BatchPlan& plan) {
  if (plan.format_version() == kBatchFormat && plan.program_version() == kVersion &&
      plan.source_digest() == SourceDigest()) {
    return absl::OkStatus();
  }
  return absl::FailedPreconditionError(absl::StrCat(
      folder, ": holds a batch of ", BuildText(plan.program_version(), plan.source_digest()),
      ", format ", plan.format_version(), "; this is ", ThisBuild(), ", format ", kBatchFormat));
}

std::string BatchFolder::ShardPath(uint64_t shard) const {
  return absl::StrFormat("%s/shards/%05d.binpb", path_, shard);
}

std::string BatchFolder::TracePath(uint64_t run_id) const {
  return absl::StrFormat("%s/traces/%08d.binpb.zst", path_, run_id);
}

absl::StatusOr<BatchFolder> BatchFolder::Open(const std::string& path, const v1::BatchPlan& plan,
                                              BatchPart part, bool resume) {
  BatchFolder folder(path);
  if (const absl::Status status = MakeFolder(path); !status.ok()) return status;
  // Listed before the plan is looked for: another part may write it in between.
  std::vector<std::string> names = NamesIn(path);
  std::erase_if(names,
                [](const std::string& name) { return IsLeftover(name) || name == kLockName; });
  if (!names.empty() && !Exists(folder.PlanPath())) {
    return absl::FailedPreconditionError(
        absl::StrCat(path, ": is not empty, and holds no batch; give another --out"));
  }
  // Before leftovers are removed, which may be what another is writing.
  absl::StatusOr<std::unique_ptr<PartLock>> lock = PartLock::Take(path, part);
  if (!lock.ok()) return lock.status();
  folder.lock_ = *std::move(lock);
  if (Exists(folder.PlanPath())) {
    const absl::Status status = folder.CheckPlan(plan, resume, part);
    if (!status.ok()) return status;
  } else {
    const absl::Status status = WriteBytes(folder.PlanPath(), plan.SerializeAsString());
    if (!status.ok()) return status;
  }
  for (const char* part_of_it : {"/shards", "/traces"}) {
    if (plan.trace_every() == 0 && std::string_view(part_of_it) == "/traces") continue;
    if (const absl::Status status = MakeFolder(path + part_of_it); !status.ok()) return status;
  }
  folder.RemoveLeftovers(plan, part);
  if (const absl::Status status = folder.FindMissing(plan, part); !status.ok()) return status;
  return folder;
}

absl::Status BatchFolder::CheckPlan(const v1::BatchPlan& plan, bool resume, BatchPart part) const {
  const absl::StatusOr<v1::BatchPlan> there = ReadPlan(path_);
  if (!there.ok()) return there.status();
  if (const absl::Status status = CheckBuild(path_, *there); !status.ok()) return status;
  if (there->SerializeAsString() != plan.SerializeAsString()) {
    return absl::FailedPreconditionError(
        absl::StrCat(path_, ": holds another experiment, '", there->name(), "'",
                     there->name() == plan.name() ? " as it was before a change" : ""));
  }
  if (resume) return absl::OkStatus();
  // The parts of a batch may share a folder: only what this part has done itself is in its way.
  const std::vector<uint64_t> shards = Shards();
  if (part.of == 1 ||
      std::ranges::any_of(shards, [part](uint64_t shard) { return part.Has(shard); })) {
    return absl::AlreadyExistsError(
        absl::StrCat(path_, ": holds this batch already; --resume goes on with it"));
  }
  return absl::OkStatus();
}

void BatchFolder::RemoveLeftovers(const v1::BatchPlan& plan, BatchPart part) const {
  const auto remove = [&](const std::string& folder, auto is_own) {
    for (const std::string& name : NamesIn(folder)) {
      if (!IsLeftover(name) || !is_own(name)) continue;
      ::unlink(absl::StrCat(folder, "/", name).c_str());
    }
  };
  const auto number_in_part = [&](const std::string& name, uint64_t runs) {
    const std::optional<uint64_t> number = NumberOf(name);
    return number && part.Has(*number / runs);
  };
  remove(path_ + "/shards", [&](const std::string& name) { return number_in_part(name, 1); });
  remove(path_ + "/traces",
         [&](const std::string& name) { return number_in_part(name, plan.runs_per_shard()); });
  if (part.of == 1) remove(path_, [](const std::string&) { return true; });
}

absl::Status BatchFolder::FindMissing(const v1::BatchPlan& plan, BatchPart part) {
  const uint64_t shards = ShardsOf(plan);
  for (uint64_t shard = part.index; shard < shards; shard += part.of) {
    const std::string path = ShardPath(shard);
    if (!Exists(path)) {
      missing_.push_back(shard);
      continue;
    }
    const absl::StatusOr<v1::Shard> whole = ReadShard(plan, shard, path);
    absl::Status status = whole.status();
    if (status.ok()) {
      // The first says enough: all of the shard is run again.
      const std::vector<TraceProblem> problems = CheckTraces(*whole, *this);
      if (problems.empty()) continue;
      status = problems[0].status;
    } else if (absl::IsNotFound(status)) {
      return status;
    }
    if (!absl::IsDataLoss(status) && !absl::IsNotFound(status)) return status;
    damaged_.emplace_back(status.message());
    missing_.push_back(shard);
  }
  return absl::OkStatus();
}

std::vector<uint64_t> BatchFolder::Shards() const {
  std::vector<uint64_t> shards;
  for (const std::string& name : NamesIn(path_ + "/shards")) {
    const std::optional<uint64_t> number = NumberOf(name);
    if (number && !IsLeftover(name) && name.ends_with(kShardEnding)) shards.push_back(*number);
  }
  std::ranges::sort(shards);
  return shards;
}

bool BatchFolder::HasAllShards(const v1::BatchPlan& plan) const {
  for (uint64_t shard = 0; shard < ShardsOf(plan); ++shard) {
    if (!Exists(ShardPath(shard))) return false;
  }
  return true;
}

}  // namespace oneup::sims
