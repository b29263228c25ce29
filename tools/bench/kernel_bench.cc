// The event kernel under the classical hold model (D. W. Jones 1986, "An empirical
// comparison of priority-queue and event-set implementations", Communications of
// the ACM 29(4)): with n events pending, take the earliest and schedule one at its
// time plus a random increment. items_per_second counts holds, or whole events.
//
//   Hold/<queue>/<law>/<pending>   oneup's queue, std::priority_queue, and Boost's
//                                  4-ary heap, all with the same 32-byte events
//   Event/<law>/<pending>          the kernel: schedule, take, dispatch to a handler
//   Draw/<distribution>            random variates
#include <benchmark/benchmark.h>

#include <boost/heap/d_ary_heap.hpp>
#include <cstdint>
#include <queue>
#include <string>
#include <vector>

#include "market/kernel/event_queue.h"
#include "market/kernel/kernel.h"
#include "market/kernel/random.h"

namespace oneup::kernel {
namespace {

struct After {
  bool operator()(const Event& a, const Event& b) const { return Before(b, a); }
};

class StdQueue {
 public:
  void Push(const Event& event) { queue_.push(event); }
  Event Pop() {
    const Event event = queue_.top();
    queue_.pop();
    return event;
  }

 private:
  std::priority_queue<Event, std::vector<Event>, After> queue_;
};

class BoostQueue {
 public:
  void Push(const Event& event) { queue_.push(event); }
  Event Pop() {
    const Event event = queue_.top();
    queue_.pop();
    return event;
  }

 private:
  boost::heap::d_ary_heap<Event, boost::heap::arity<4>, boost::heap::compare<After>> queue_;
};

enum class Law { kExponential, kBimodal, kPareto, kTickGrid };

constexpr double kMeanNs = 1e9;

// Increments in nanoseconds, enough that their repetition goes unnoticed and few
// enough to stay in cache beside the queue.
std::vector<int64_t> Increments(Law law, int64_t pending) {
  std::vector<int64_t> increments(1 << 14);
  Stream random(1, 1, static_cast<uint32_t>(law));
  for (int64_t& increment : increments) {
    switch (law) {
      case Law::kExponential:
        increment = static_cast<int64_t>(random.Exponential(kMeanNs));
        break;
      case Law::kBimodal: {
        // Jones's: mostly within one unit, a tenth of them ten units later.
        const double near = 0.95238 * random.Uniform();
        const double late = random.Bernoulli(0.1) ? 9.5238 : 0.0;
        increment = static_cast<int64_t>((near + late) * kMeanNs);
        break;
      }
      case Law::kPareto:
        increment = static_cast<int64_t>(random.Pareto(kMeanNs / 3, 1.5));
        break;
      case Law::kTickGrid: {
        // About a thousand of the pending events share each tick.
        const int64_t ticks = std::max<int64_t>(1, pending / 500);
        increment = static_cast<int64_t>(kMeanNs) * random.UniformInt(1, ticks);
        break;
      }
    }
  }
  return increments;
}

template <typename Queue>
void Hold(benchmark::State& state, Law law, int64_t pending) {
  const std::vector<int64_t> increments = Increments(law, pending);
  const size_t mask = increments.size() - 1;
  size_t next = 0;
  uint64_t sequence = 0;
  Queue queue;
  const auto push = [&](int64_t now) {
    queue.Push({Time{now + increments[next++ & mask]}, Event::OrderOf(kDefaultPriority, sequence++),
                0, 0, 0});
  };
  for (int64_t i = 0; i < pending; ++i) push(0);
  // Into the steady state, or near it: Pareto's has an infinite mean.
  for (int64_t i = 0; i < 4 * pending; ++i) push(queue.Pop().time.ns);
  for (auto _ : state) {
    const Event event = queue.Pop();
    benchmark::DoNotOptimize(event.payload);
    push(event.time.ns);
  }
  state.SetItemsProcessed(state.iterations());
}

struct Holder {
  void OnEvent(const Event& event) {
    kernel->Schedule(kernel->now() + Duration{increments[event.payload & 0x3fff]}, self, event.kind,
                     event.payload + 1);
  }
  Kernel* kernel;
  std::vector<int64_t> increments;
  HandlerId self;
};

void WholeEvents(benchmark::State& state, Law law, int64_t pending) {
  Kernel kernel;
  // Eight handlers, so that the target of the call must be predicted.
  std::vector<Holder> holders(8, Holder{&kernel, Increments(law, pending), {}});
  for (Holder& holder : holders) holder.self = kernel.Register(&holder);
  for (int64_t i = 0; i < pending; ++i) {
    Holder& holder = holders[static_cast<size_t>(i) % holders.size()];
    kernel.Schedule(Time{holder.increments[static_cast<size_t>(i) & 0x3fff]}, holder.self, 0,
                    static_cast<uint64_t>(i) * 7);
  }
  for (int64_t i = 0; i < 4 * pending; ++i) kernel.Step();
  for (auto _ : state) kernel.Step();
  state.SetItemsProcessed(state.iterations());
}

template <typename Draw>
void Draws(benchmark::State& state, Draw draw) {
  Stream random(1, 2, 3);
  for (auto _ : state) benchmark::DoNotOptimize(draw(random));
  state.SetItemsProcessed(state.iterations());
}

const int kRegistered = [] {
  const struct {
    Law law;
    const char* name;
  } laws[] = {{Law::kExponential, "exponential"},
              {Law::kBimodal, "bimodal"},
              {Law::kPareto, "pareto"},
              {Law::kTickGrid, "tick_grid"}};
  for (const auto& [law, name] : laws) {
    for (const int64_t pending : {100, 10'000, 1'000'000}) {
      const std::string suffix = std::string("/") + name + "/" + std::to_string(pending);
      benchmark::RegisterBenchmark(("Hold/oneup" + suffix).c_str(), Hold<EventQueue>, law, pending);
      benchmark::RegisterBenchmark(("Hold/std" + suffix).c_str(), Hold<StdQueue>, law, pending);
      benchmark::RegisterBenchmark(("Hold/boost4" + suffix).c_str(), Hold<BoostQueue>, law,
                                   pending);
      benchmark::RegisterBenchmark(("Event" + suffix).c_str(), WholeEvents, law, pending);
    }
  }
  const auto draw = [](const char* name, auto f) {
    benchmark::RegisterBenchmark(name, [f](benchmark::State& state) { Draws(state, f); });
  };
  draw("Draw/word", [](Stream& s) { return s.NextU32(); });
  draw("Draw/uniform", [](Stream& s) { return s.Uniform(); });
  draw("Draw/index", [](Stream& s) { return s.Index(1000); });
  draw("Draw/normal", [](Stream& s) { return s.Normal(); });
  draw("Draw/exponential", [](Stream& s) { return s.Exponential(1.0); });
  draw("Draw/pareto", [](Stream& s) { return s.Pareto(1.0, 1.5); });
  draw("Draw/poisson_3", [](Stream& s) { return s.Poisson(3.0); });
  draw("Draw/poisson_100", [](Stream& s) { return s.Poisson(100.0); });
  return 0;
}();

}  // namespace
}  // namespace oneup::kernel
