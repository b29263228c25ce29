#include "sims/batch/shard.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "absl/strings/str_cat.h"
#include "oneup/version.h"
#include "sims/batch/plan.h"
#include "sims/provenance/build.h"
#include "sims/trace/digest.h"
#include "sims/trace/replaced_file.h"
#include "sims/trace/sink.h"

namespace oneup::sims {
namespace {

std::string DigestOf(std::string_view bytes) {
  trace::Digest digest;
  digest.Update(bytes);
  return digest.Bytes();
}

std::string FooterBytes(const std::string& body, uint64_t failed) {
  v1::Shard end;
  v1::ShardFooter& footer = *end.add_records()->mutable_footer();
  footer.set_digest(DigestOf(body));
  footer.set_failed(failed);
  return end.SerializeAsString();
}

absl::Status Damaged(const std::string& path, const char* why) {
  return absl::DataLossError(absl::StrCat(path, ": is damaged: ", why));
}

// The runs are those of the plan, in its order.
bool HoldsRuns(const v1::BatchPlan& plan, uint64_t shard, const v1::Shard& whole) {
  const RunRange range = RangeOf(plan, shard);
  if (static_cast<uint64_t>(whole.records_size()) != range.count + 2) return false;
  for (uint64_t i = 0; i < range.count; ++i) {
    const v1::ShardRecord& record = whole.records(static_cast<int>(i + 1));
    const PlannedRun run = RunAt(plan, range.first + i);
    const bool ok = record.run().error().empty();
    const int values = ok ? plan.metrics_size() : 0;
    const bool recorded = ok && IsTraced(plan, run.run_id);
    if (!record.has_run() || record.run().run_id() != run.run_id ||
        record.run().scenario_id() != run.scenario_id || record.run().seed() != run.seed ||
        record.run().values_size() != values || record.run().trace_digest().empty() == recorded) {
      return false;
    }
  }
  return true;
}

}  // namespace

v1::ShardHeader HeaderOf(const v1::BatchPlan& plan, uint64_t shard) {
  const RunRange range = RangeOf(plan, shard);
  v1::ShardHeader header;
  header.set_format_version(kBatchFormat);
  header.set_program_version(kVersion);
  header.set_experiment_digest(plan.experiment_digest());
  header.set_shard(shard);
  header.set_shards(ShardsOf(plan));
  header.set_first_run(range.first);
  header.set_runs(range.count);
  header.set_source_digest(std::string(SourceDigest()));
  return header;
}

std::string ShardBytes(v1::Shard shard) {
  uint64_t failed = 0;
  for (const v1::ShardRecord& record : shard.records()) {
    if (!record.run().error().empty()) ++failed;
  }
  const std::string body = shard.SerializeAsString();
  return body + FooterBytes(body, failed);
}

absl::StatusOr<v1::Shard> ReadShard(const v1::BatchPlan& plan, uint64_t shard,
                                    const std::string& path) {
  const absl::StatusOr<std::string> bytes = ReadBytes(path);
  if (!bytes.ok()) return bytes.status();
  v1::Shard whole;
  if (!whole.ParseFromString(*bytes)) return Damaged(path, "it is cut off, or no shard");
  const int last = whole.records_size() - 1;
  if (last < 0 || !whole.records(0).has_header() || !whole.records(last).has_footer()) {
    return Damaged(path, "it is cut off, or no shard");
  }
  const v1::ShardFooter& footer = whole.records(last).footer();
  const size_t end = FooterBytes("", footer.failed()).size();
  const std::string body = bytes->substr(0, bytes->size() - std::min(end, bytes->size()));
  if (*bytes != body + FooterBytes(body, footer.failed())) {
    return Damaged(path, "its checksum is another");
  }
  const v1::ShardHeader& header = whole.records(0).header();
  if (header.format_version() != kBatchFormat || header.program_version() != kVersion ||
      header.source_digest() != SourceDigest()) {
    return absl::FailedPreconditionError(absl::StrCat(
        path, ": is of ", BuildText(header.program_version(), header.source_digest()), ", format ",
        header.format_version(), "; this is ", ThisBuild(), ", format ", kBatchFormat));
  }
  if (header.experiment_digest() != plan.experiment_digest()) {
    return absl::FailedPreconditionError(absl::StrCat(path, ": is of another experiment"));
  }
  if (header.SerializeAsString() != HeaderOf(plan, shard).SerializeAsString() ||
      !HoldsRuns(plan, shard, whole)) {
    return absl::FailedPreconditionError(absl::StrCat(path, ": holds other runs than its place"));
  }
  return whole;
}

absl::StatusOr<std::string> ReadBytes(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return trace::FileError("read", path, errno);
  std::string bytes;
  char piece[1 << 16];
  for (;;) {
    const ssize_t got = ::read(fd, piece, sizeof piece);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      const int error = errno;
      ::close(fd);
      return trace::FileError("read", path, error);
    }
    if (got == 0) break;
    bytes.append(piece, static_cast<size_t>(got));
  }
  ::close(fd);
  return bytes;
}

absl::Status WriteBytes(const std::string& path, std::string_view bytes) {
  const absl::StatusOr<std::unique_ptr<trace::ByteSink>> sink = trace::OpenFileSink(path);
  if (!sink.ok()) return sink.status();
  if (const absl::Status status = (*sink)->Write(bytes); !status.ok()) return status;
  return (*sink)->Close();
}

std::string DigestHex(std::string_view bytes) {
  trace::Digest digest;
  digest.Update(bytes);
  return digest.Hex();
}

}  // namespace oneup::sims
