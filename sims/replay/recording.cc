#include "sims/replay/recording.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "sims/replay/replay.h"
#include "sims/trace/story.h"
#include "sims/world/emerged.h"

namespace oneup::sims {

absl::StatusOr<std::unique_ptr<RunUnderWay>> RunUnderWay::Begin(
    const LoadedScenario& scenario, const RunOptions& options, v1::Detail detail,
    std::unique_ptr<trace::ByteSink> sink) {
  v1::Header header = trace::HeaderFor(scenario, options.seed, detail);
  v1::Setting* resolution = header.add_settings();
  resolution->set_name("resolution");
  resolution->set_value(ToString(options.resolution));
  for (const std::string& name : scenario.proto.minds().off()) {
    v1::Setting* off = header.add_settings();
    off->set_name("off");
    off->set_value(name);
  }
  absl::StatusOr<std::unique_ptr<trace::TraceWriter>> writer =
      trace::TraceWriter::Create(std::move(sink), std::move(header));
  if (!writer.ok()) return writer.status();
  return std::unique_ptr<RunUnderWay>(new RunUnderWay(scenario, options, *std::move(writer)));
}

RunUnderWay::RunUnderWay(const LoadedScenario& scenario, const RunOptions& options,
                         std::unique_ptr<trace::TraceWriter> writer)
    : scenario_(scenario),
      options_(options),
      writer_(std::move(writer)),
      recorder_(scenario, *writer_) {}

void RunUnderWay::MakeWorld() {
  if (world_ == nullptr) world_ = std::make_unique<World>(scenario_, options_, &recorder_);
}

absl::Status RunUnderWay::RunUntil(Time time) {
  MakeWorld();
  world_->RunUntil(std::min(time, world_->end()));
  return writer_->GiveRecords();
}

absl::StatusOr<Recording> RunUnderWay::Finish() {
  MakeWorld();
  RunResult result = world_->Run();
  const LoadedScenario told = EmergedScenario(scenario_, result);
  const std::vector<ReactionKey> keys = ReactionKeys(told);
  std::vector<Reaction> simulated;
  for (const ReactionKey& key : keys) {
    simulated.push_back(MeasureReaction(told, result.prices, key));
  }
  recorder_.RecordReactions(world_->end(), told, keys, simulated, RecordedReactions(told, keys));
  if (const absl::Status status = writer_->Finish(); !status.ok()) return status;
  return Recording{writer_->digest(), std::move(result)};
}

absl::StatusOr<Recording> RecordRun(const LoadedScenario& scenario, const RunOptions& options,
                                    v1::Detail detail, std::unique_ptr<trace::ByteSink> sink) {
  const auto run = RunUnderWay::Begin(scenario, options, detail, std::move(sink));
  if (!run.ok()) return run.status();
  return (*run)->Finish();
}

absl::StatusOr<std::string> TraceRun(const LoadedScenario& scenario, const RunOptions& options,
                                     v1::Detail detail, const std::string& path) {
  absl::StatusOr<std::unique_ptr<trace::ByteSink>> sink = trace::OpenTraceSink(path);
  if (!sink.ok()) return sink.status();
  absl::StatusOr<Recording> recording = RecordRun(scenario, options, detail, *std::move(sink));
  if (!recording.ok()) return recording.status();
  return std::move(recording->fingerprint);
}

}  // namespace oneup::sims
