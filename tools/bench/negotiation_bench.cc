// Negotiation over 10^4 outcomes, four issues of ten values, and frontiers of spaces that cannot be
// enumerated.
//
//   Session/<tactic>   from the profiles to the end of 100 rounds, or to the agreement
//   Frontier/<issues>  the Pareto frontier of so many issues of ten values, two parties
#include <benchmark/benchmark.h>

#include <string>

#include "agents/negotiation/pareto.h"
#include "agents/negotiation/play.h"
#include "agents/negotiation/tactics.h"
#include "market/kernel/random.h"

namespace oneup::negotiation {
namespace {

// Interests mostly opposed, weights alike.
struct Domain {
  explicit Domain(size_t count) : space(Issues(count)) {
    kernel::Stream stream(1, 0, 0);
    for (size_t i = 0; i < count; ++i) {
      first.worth.emplace_back();
      second.worth.emplace_back();
      for (int v = 0; v < 10; ++v) {
        const double share = 1 / static_cast<double>(count);
        first.worth.back().push_back(share * (.8 * v / 9 + .2 * stream.Uniform()));
        second.worth.back().push_back(share * (.8 * (9 - v) / 9 + .2 * stream.Uniform()));
      }
    }
  }
  static std::vector<Issue> Issues(size_t count) {
    std::vector<Issue> issues(count);
    for (Issue& issue : issues) {
      for (int v = 0; v < 10; ++v) issue.values.push_back(std::to_string(v));
    }
    return issues;
  }
  OutcomeSpace space;
  Profile first;
  Profile second;
};

void BM_Session(benchmark::State& state, const std::string& tactic) {
  const Domain domain(4);
  const TacticMaker maker = *FindTactic(tactic);
  for (auto _ : state) {
    const Preferences one(domain.space, domain.first);
    const Preferences other(domain.space, domain.second);
    benchmark::DoNotOptimize(Play({&one, &other}, {maker, maker}, 100, 1));
  }
}
BENCHMARK_CAPTURE(BM_Session, boulware, std::string("boulware"))->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_Session, micro, std::string("micro"))->Unit(benchmark::kMillisecond);
// Concedes so late that all rounds are played.
BENCHMARK_CAPTURE(BM_Session, oneup, std::string("oneup:concession=0.02"))
    ->Unit(benchmark::kMillisecond);

void BM_Frontier(benchmark::State& state) {
  const Domain domain(static_cast<size_t>(state.range(0)));
  for (auto _ : state) {
    benchmark::DoNotOptimize(ParetoFrontier(domain.space, {&domain.first, &domain.second}));
  }
  state.SetLabel(std::to_string(domain.space.size()) + " outcomes");
}
BENCHMARK(BM_Frontier)->Arg(4)->Arg(8)->Arg(12)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace oneup::negotiation
