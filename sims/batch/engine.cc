#include "sims/batch/engine.h"

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <cmath>
#include <exception>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "sims/batch/shard.h"
#include "sims/batch/variant.h"
#include "sims/replay/recording.h"
#include "sims/trace/sink.h"

namespace oneup::sims {
namespace {

// The scenario of one combination, kept while runs of it follow each other.
class Variants {
 public:
  explicit Variants(const Experiment& experiment) : experiment_(experiment) {}

  absl::StatusOr<const LoadedScenario*> At(uint64_t scenario_id) {
    if (experiment_.plan.factors().empty()) return &experiment_.scenario;
    if (!variant_ || scenario_id != scenario_id_) {
      scenario_id_ = scenario_id;
      variant_ = VariantOf(experiment_.scenario, experiment_.plan,
                           experiment_.plan.points(static_cast<int>(scenario_id)));
    }
    if (!variant_->ok()) return variant_->status();
    return &**variant_;
  }

 private:
  const Experiment& experiment_;
  uint64_t scenario_id_ = 0;
  std::optional<absl::StatusOr<LoadedScenario>> variant_;
};

using Sink = std::unique_ptr<trace::ByteSink>;

// Runs it, recorded if there is a sink; only a trace that cannot be written is an error.
absl::Status Simulate(const Experiment& experiment, const PlannedRun& run, Sink sink,
                      Variants& variants, v1::BatchRun& row) {
  row.set_run_id(run.run_id);
  row.set_scenario_id(run.scenario_id);
  row.set_replicate(run.replicate);
  row.set_seed(run.seed);
  const absl::StatusOr<const LoadedScenario*> scenario = variants.At(run.scenario_id);
  if (!scenario.ok()) {
    row.set_error(std::string(scenario.status().message()));
    return absl::OkStatus();
  }
  RunOptions options = experiment.run;
  options.seed = run.seed;
  try {
    RunResult result;
    if (sink != nullptr) {
      absl::StatusOr<Recording> recording =
          RecordRun(**scenario, options, experiment.plan.trace_detail(), std::move(sink));
      if (!recording.ok()) return recording.status();
      row.set_trace_digest(recording->fingerprint);
      result = std::move(recording->result);
    } else {
      result = World(**scenario, options, nullptr).Run();
    }
    for (const double value : Measure(**scenario, experiment.metrics, result)) {
      // One NaN of many: equal results have equal bytes.
      row.add_values(std::isnan(value) ? std::numeric_limits<double>::quiet_NaN() : value);
    }
  } catch (const std::exception& error) {
    row.clear_values();
    row.clear_trace_digest();
    row.set_error(error.what());
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::BatchRun> RunOne(const Experiment& experiment, const PlannedRun& run,
                                    const std::string& trace, Variants& variants) {
  Sink sink;
  if (!trace.empty()) {
    absl::StatusOr<Sink> file = trace::OpenTraceSink(trace);
    if (!file.ok()) return file.status();
    sink = *std::move(file);
  }
  v1::BatchRun row;
  const absl::Status status = Simulate(experiment, run, std::move(sink), variants, row);
  if (!status.ok()) return status;
  return row;
}

absl::Status RunShard(const Experiment& experiment, const BatchFolder& folder, uint64_t number,
                      const EngineOptions& options) {
  v1::Shard shard;
  *shard.add_records()->mutable_header() = HeaderOf(experiment.plan, number);
  const RunRange range = RangeOf(experiment.plan, number);
  Variants variants(experiment);
  for (uint64_t id = range.first; id < range.first + range.count; ++id) {
    if (options.stop != nullptr && *options.stop) return absl::CancelledError("stopped");
    const std::string trace = IsTraced(experiment.plan, id) ? folder.TracePath(id) : "";
    absl::StatusOr<v1::BatchRun> row =
        RunOne(experiment, RunAt(experiment.plan, id), trace, variants);
    if (!row.ok()) return row.status();
    *shard.add_records()->mutable_run() = *std::move(row);
    if (options.progress) options.progress();
  }
  return WriteBytes(folder.ShardPath(number), ShardBytes(std::move(shard)));
}

}  // namespace

absl::StatusOr<v1::BatchRun> RunOne(const Experiment& experiment, const PlannedRun& run,
                                    const std::string& trace) {
  Variants variants(experiment);
  return RunOne(experiment, run, trace, variants);
}

absl::Status RunShards(const Experiment& experiment, const BatchFolder& folder,
                       const EngineOptions& options) {
  const std::vector<uint64_t>& missing = folder.missing();
  std::atomic<size_t> next = 0;
  std::atomic<bool> failed = false;
  std::mutex mutex;
  absl::Status first;
  boost::asio::thread_pool pool(static_cast<size_t>(options.threads));
  for (int thread = 0; thread < options.threads; ++thread) {
    boost::asio::post(pool, [&] {
      for (size_t at = next++; at < missing.size() && !failed; at = next++) {
        const absl::Status status = RunShard(experiment, folder, missing[at], options);
        if (status.ok()) continue;
        failed = true;
        const std::lock_guard<std::mutex> lock(mutex);
        // That the disk is full says more than that somebody then stopped it.
        if (first.ok() || absl::IsCancelled(first)) first = status;
      }
    });
  }
  pool.join();
  return first;
}

absl::StatusOr<std::vector<v1::BatchRun>> RunInMemory(const Experiment& experiment,
                                                      const EngineOptions& options) {
  const uint64_t replicates = experiment.plan.replicates();
  std::vector<v1::BatchRun> rows(RunsOf(experiment.plan));
  std::atomic<uint64_t> next = 0;
  std::atomic<bool> stopped = false;
  boost::asio::thread_pool pool(static_cast<size_t>(options.threads));
  for (int thread = 0; thread < options.threads; ++thread) {
    boost::asio::post(pool, [&] {
      Variants variants(experiment);
      // One combination after another: its scenario is made once.
      for (uint64_t first = replicates * next++; first < rows.size(); first = replicates * next++) {
        for (uint64_t id = first; id < first + replicates; ++id) {
          if (options.stop != nullptr && *options.stop) {
            stopped = true;
            return;
          }
          // Without a sink nothing can fail but the run itself, and its row says so.
          Simulate(experiment, RunAt(experiment.plan, id), nullptr, variants, rows[id])
              .IgnoreError();
          if (options.progress) options.progress();
        }
      }
    });
  }
  pool.join();
  if (stopped) return absl::CancelledError("stopped");
  return rows;
}

Estimate Probe(const Experiment& experiment) {
  const uint64_t runs = RunsOf(experiment.plan);
  Estimate estimate;
  Variants variants(experiment);
  const auto start = std::chrono::steady_clock::now();
  for (const uint64_t id : std::set<uint64_t>{0, runs / 2, runs - 1}) {
    v1::BatchRun row;
    if (!Simulate(experiment, RunAt(experiment.plan, id), nullptr, variants, row).ok()) continue;
    // In a shard, as text and in the database it takes about as much each time.
    estimate.bytes_per_run += 3 * static_cast<double>(row.ByteSizeLong());
    ++estimate.runs;
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  estimate.seconds_per_run = took.count() / estimate.runs;
  estimate.bytes_per_run /= estimate.runs;
  if (experiment.plan.trace_every() > 0) {
    std::string bytes;
    v1::BatchRun row;
    Simulate(experiment, RunAt(experiment.plan, 0),
             trace::MakeZstdSink(trace::MakeStringSink(&bytes)), variants, row)
        .IgnoreError();
    estimate.bytes_per_trace = static_cast<double>(bytes.size());
  }
  return estimate;
}

}  // namespace oneup::sims
