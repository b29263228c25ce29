// Records a run in a trace: each event of the scenario, the news that it became, every
// session's bar, and at the end how each listing reacted; each with what caused it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "sims/replay/reaction.h"
#include "sims/scenario/scenario.h"
#include "sims/trace/writer.h"
#include "sims/world/world.h"

namespace oneup::sims {

class TraceRecorder final : public RunListener {
 public:
  // Both must outlive the recorder. Errors of writing are kept by the writer.
  TraceRecorder(const LoadedScenario& scenario, trace::TraceWriter& writer);

  uint64_t OnEvent(const ScheduledEvent& event) override;
  uint64_t OnImpact(Time at, const v1::Event& event, const Impact& impact, uint64_t cause) override;
  void OnClose(Time at, int listing, const traders::ListingMarket& market) override;
  void OnFill(Time at, int listing, const exchange::Fill& fill) override;
  bool WantsFills() const override;

  // After the run: how each listing reacted, beside what was recorded. The three vectors
  // are in step.
  void RecordReactions(Time end, const std::vector<ReactionKey>& keys,
                       const std::vector<Reaction>& simulated,
                       const std::vector<Reaction>& recorded);

 private:
  const std::string& Ticker(int listing) const;

  const LoadedScenario& scenario_;
  trace::TraceWriter& writer_;
  std::map<std::pair<int, std::string>, uint64_t> causes_;  // listing and event: the news
  std::map<int, uint64_t> fresh_news_;  // by listing: the last news since its last bar
  std::map<std::string, uint64_t> happenings_;
  v1::Record bar_;  // reused
  v1::Record fill_;
};

// One run, recorded in a file; zstd-compressed if its name ends in .zst. Returns the
// run's fingerprint. Errors: those of the trace writer; no file is left then.
absl::StatusOr<std::string> TraceRun(const LoadedScenario& scenario, const RunOptions& options,
                                     v1::Detail detail, const std::string& path);

}  // namespace oneup::sims
