// A whole emergent run of three years, beside the replay of 2025 at the same resolution.
#include <benchmark/benchmark.h>

#include "sims/scenario/scenario.h"
#include "sims/world/resolution.h"
#include "sims/world/world.h"

namespace oneup::sims {
namespace {

void Run(benchmark::State& state, const char* name, const traders::Resolution& resolution) {
  const LoadedScenario scenario = *LoadScenario(name);
  RunOptions options{.resolution = resolution};
  for (auto _ : state) {
    benchmark::DoNotOptimize(World(scenario, options, nullptr).Run());
    ++options.seed;
  }
}

// What a summary over many seeds takes: the same hundred runs each time.
void RunHundred(benchmark::State& state) {
  const LoadedScenario scenario = *LoadScenario("autonomous");
  for (auto _ : state) {
    for (uint64_t seed = 1; seed <= 100; ++seed) {
      const RunOptions options{.seed = seed, .resolution = kLowResolution};
      benchmark::DoNotOptimize(World(scenario, options, nullptr).Run());
    }
  }
}

BENCHMARK(RunHundred)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Run, story_low, "autonomous", kLowResolution)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Run, replay_low, "2025", kLowResolution)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Run, story_default, "autonomous", kDefaultResolution)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(Run, replay_default, "2025", kDefaultResolution)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace oneup::sims
