// One run with its trace: at once, or a piece at a time for those who have something else to do in
// between.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "oneup/v1/trace.pb.h"
#include "sims/replay/trace_recorder.h"
#include "sims/scenario/scenario.h"
#include "sims/trace/sink.h"
#include "sims/trace/writer.h"
#include "sims/world/world.h"

namespace oneup::sims {

// One run, recorded.
struct Recording {
  std::string fingerprint;
  RunResult result;
};
// Errors: those of the trace writer.
absl::StatusOr<Recording> RecordRun(const LoadedScenario& scenario, const RunOptions& options,
                                    v1::Detail detail, std::unique_ptr<trace::ByteSink> sink);

// One run, recorded in a file; zstd-compressed if its name ends in .zst. Returns the
// run's fingerprint. Errors: those of the trace writer; no file is left then.
absl::StatusOr<std::string> TraceRun(const LoadedScenario& scenario, const RunOptions& options,
                                     v1::Detail detail, const std::string& path);

// A run that is recorded as it goes on. However it is cut into pieces, the bytes are the same.
class RunUnderWay {
 public:
  // Gives the sink the header; nothing is simulated yet. The scenario must outlive it. Errors:
  // those of the trace writer.
  static absl::StatusOr<std::unique_ptr<RunUnderWay>> Begin(const LoadedScenario& scenario,
                                                            const RunOptions& options,
                                                            v1::Detail detail,
                                                            std::unique_ptr<trace::ByteSink> sink);

  // Simulates up to and including `time`, at most to the end, and gives the sink what is recorded
  // so far. The first call makes the world.
  absl::Status RunUntil(Time time);
  // Once the world is made.
  Time end() const { return world_->end(); }
  // To the end; once.
  absl::StatusOr<Recording> Finish();

 private:
  RunUnderWay(const LoadedScenario& scenario, const RunOptions& options,
              std::unique_ptr<trace::TraceWriter> writer);
  void MakeWorld();

  const LoadedScenario& scenario_;
  RunOptions options_;
  std::unique_ptr<trace::TraceWriter> writer_;
  TraceRecorder recorder_;
  std::unique_ptr<World> world_;
};

}  // namespace oneup::sims
