// The replay of 2025: one run of the whole scenario, its eight books and traders
// included, with no trace. Loading the scenario is not part of a run.
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include "sims/scenario/scenario.h"
#include "sims/world/world.h"

namespace oneup::sims {
namespace {

void Run2025(benchmark::State& state, const traders::Resolution& resolution) {
  const absl::StatusOr<LoadedScenario> scenario = LoadScenario("2025");
  if (!scenario.ok()) return state.SkipWithError("the scenario does not load");
  RunOptions options;
  options.resolution = resolution;
  uint64_t orders = 0;
  uint64_t events = 0;
  for (auto _ : state) {
    const RunResult result = World(*scenario, options, nullptr).Run();
    orders += result.orders;
    events += result.events;
    ++options.seed;
  }
  using benchmark::Counter;
  state.counters["orders/s"] = Counter(static_cast<double>(orders), Counter::kIsRate);
  state.counters["events/s"] = Counter(static_cast<double>(events), Counter::kIsRate);
  // Of the process so far: an upper bound of what this run needed.
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  state.counters["peak_MB"] = static_cast<double>(usage.ru_maxrss) / 1024;
}

void BM_ReplayLow(benchmark::State& state) { Run2025(state, kLowResolution); }
void BM_ReplayDefault(benchmark::State& state) { Run2025(state, kDefaultResolution); }
void BM_ReplayHigh(benchmark::State& state) { Run2025(state, kHighResolution); }

BENCHMARK(BM_ReplayLow)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_ReplayDefault)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_ReplayHigh)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
}  // namespace oneup::sims
