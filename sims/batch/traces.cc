#include "sims/batch/traces.h"

#include <string>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "sims/trace/reader.h"

namespace oneup::sims {
namespace {

absl::Status CheckTrace(const std::string& path, const std::string& digest) {
  const auto reader = trace::TraceReader::Open(path);
  absl::Status status = reader.status();
  while (status.ok()) {
    const absl::StatusOr<const v1::Record*> record = (*reader)->Next();
    status = record.status();
    if (status.ok() && *record == nullptr) break;
  }
  // The reader tells what is no trace from one that is damaged; here both are damage.
  if (absl::IsInvalidArgument(status) || absl::IsUnimplemented(status)) {
    return absl::DataLossError(status.message());
  }
  if (!status.ok()) return status;
  if (absl::BytesToHexString((*reader)->footer().digest()) != digest) {
    return absl::DataLossError(absl::StrCat(path, ": is another trace than its shard says"));
  }
  return absl::OkStatus();
}

}  // namespace

std::vector<TraceProblem> CheckTraces(const v1::Shard& shard, const BatchFolder& folder) {
  std::vector<TraceProblem> problems;
  for (const v1::ShardRecord& record : shard.records()) {
    const v1::BatchRun& run = record.run();
    if (run.trace_digest().empty()) continue;
    absl::Status status = CheckTrace(folder.TracePath(run.run_id()), run.trace_digest());
    if (!status.ok()) problems.push_back({run.run_id(), std::move(status)});
  }
  return problems;
}

}  // namespace oneup::sims
