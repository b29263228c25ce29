#include "sims/compare/recorded_run.h"

#include <utility>

#include "sims/replay/recording.h"
#include "sims/trace/reader.h"
#include "sims/trace/sink.h"
#include "sims/trace/source.h"

namespace oneup::sims {

const v1::Record* RecordedRun::Happening(const std::string& event) const {
  for (const v1::Record& record : records) {
    if (record.has_happening() && record.happening().event_id() == event) return &record;
  }
  return nullptr;
}

absl::StatusOr<RecordedRun> RunAndRecord(const LoadedScenario& scenario,
                                         const RunOptions& options) {
  std::string bytes;
  const auto recording =
      RecordRun(scenario, options, v1::DETAIL_DEALS, trace::MakeStringSink(&bytes));
  if (!recording.ok()) return recording.status();
  auto reader = trace::TraceReader::Open(trace::MakeStringSource(bytes), "run");
  if (!reader.ok()) return reader.status();
  RecordedRun run;
  run.header = (*reader)->header();
  for (;;) {
    const absl::StatusOr<const v1::Record*> record = (*reader)->Next();
    if (!record.ok()) return record.status();
    if (*record == nullptr) return run;
    run.records.push_back(**record);
  }
}

}  // namespace oneup::sims
