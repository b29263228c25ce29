// The calendar queue against std::priority_queue: the same order to the last tie,
// under flows that suit it and flows made to break it.
#include "market/kernel/event_queue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <queue>
#include <string>
#include <vector>

#include "market/kernel/random.h"

namespace oneup::kernel {
namespace {

// Drives both queues with the same calls and compares every event popped.
class TwoQueues {
 public:
  void Push(int64_t at, uint8_t priority = kDefaultPriority) {
    const Event event{Time{at}, Event::OrderOf(priority, sequence_++), 0, 0, 0};
    ours_.Push(event);
    reference_.push(event);
  }

  // Pops one event from both and returns its time.
  int64_t Pop() {
    const Event want = reference_.top();
    reference_.pop();
    const Event top = ours_.Top();
    const Event got = ours_.Pop();
    EXPECT_EQ(got.time, want.time);
    EXPECT_EQ(got.order, want.order);
    EXPECT_EQ(top.order, got.order);
    EXPECT_EQ(ours_.size(), reference_.size());
    return got.time.ns;
  }

  void PopAll() {
    while (!reference_.empty() && !::testing::Test::HasFailure()) Pop();
    EXPECT_TRUE(ours_.empty());
  }

  size_t size() const { return reference_.size(); }

 private:
  struct After {
    bool operator()(const Event& a, const Event& b) const {
      return a.time != b.time ? a.time > b.time : a.order > b.order;
    }
  };
  EventQueue ours_;
  std::priority_queue<Event, std::vector<Event>, After> reference_;
  uint64_t sequence_ = 0;
};

struct Law {
  std::string name;
  std::function<int64_t(Stream&)> increment;
};

const std::vector<Law>& Laws() {
  static const std::vector<Law> laws = {
      {"Exponential", [](Stream& s) { return static_cast<int64_t>(s.Exponential(1e6)); }},
      {"Bimodal",
       [](Stream& s) {
         return s.Bernoulli(0.9) ? s.UniformInt(0, 100) : s.UniformInt(0, 1'000'000);
       }},
      {"Pareto", [](Stream& s) { return static_cast<int64_t>(s.Pareto(1e3, 1.5)); }},
      {"VeryHeavyTail",
       [](Stream& s) { return static_cast<int64_t>(std::min(s.Pareto(1, 0.3), 1e18)); }},
      {"TickGrid", [](Stream& s) { return 1'000'000 * s.UniformInt(1, 3); }},
      {"NanosecondsApart", [](Stream& s) { return s.UniformInt(0, 3); }},
      {"AllAtOnce", [](Stream&) { return int64_t{0}; }},
      {"Constant", [](Stream&) { return int64_t{1} << 40; }},
      {"Decades", [](Stream& s) { return int64_t{1} << s.UniformInt(0, 50); }},
  };
  return laws;
}

class HoldModel : public ::testing::TestWithParam<Law> {};

INSTANTIATE_TEST_SUITE_P(EventQueue, HoldModel, ::testing::ValuesIn(Laws()),
                         [](const auto& test) { return test.param.name; });

TEST_P(HoldModel, OrderIsExact) {
  for (const size_t pending : {1, 2, 20, 300, 5000}) {
    Stream random(7, 1, static_cast<uint32_t>(pending));
    TwoQueues queues;
    for (size_t i = 0; i < pending; ++i) queues.Push(GetParam().increment(random));
    for (int i = 0; i < 20'000 && !HasFailure(); ++i) {
      // Beyond the last representable time there is only that time itself.
      const int64_t now = queues.Pop();
      const int64_t increment = GetParam().increment(random);
      const int64_t room = std::numeric_limits<int64_t>::max() - now;
      queues.Push(now + std::min(increment, room));
    }
    queues.PopAll();
  }
}

TEST_P(HoldModel, OrderIsExactWithPriorities) {
  Stream random(8, 1, 1);
  TwoQueues queues;
  int64_t now = 0;
  for (int i = 0; i < 30'000 && !HasFailure(); ++i) {
    const bool grow = queues.size() < 50 || random.Bernoulli(i < 15'000 ? 0.6 : 0.4);
    if (grow) {
      const int64_t at = now + std::min(GetParam().increment(random), int64_t{1} << 48);
      queues.Push(at, static_cast<uint8_t>(random.UniformInt(126, 130)));
    } else {
      now = queues.Pop();
    }
  }
  queues.PopAll();
}

// Grows and shrinks by orders of magnitude, empties, jumps, and changes its law.
TEST(EventQueue, OrderIsExactThroughChangesOfRegime) {
  for (const uint64_t seed : {1, 2, 3, 4, 5, 6}) {
    Stream random(seed, 2, 2);
    TwoQueues queues;
    int64_t now = random.UniformInt(-1'000'000'000'000, 1'000'000'000'000);
    for (int regime = 0; regime < 40 && !HasFailure(); ++regime) {
      const Law& law = Laws()[random.Index(static_cast<uint32_t>(Laws().size()))];
      const double growth = random.Uniform();
      const int64_t steps = random.UniformInt(1, 4000);
      for (int64_t i = 0; i < steps; ++i) {
        if (queues.size() == 0 || random.Bernoulli(growth)) {
          queues.Push(now + std::min(law.increment(random), int64_t{1} << 50));
        } else {
          now = queues.Pop();
        }
      }
      if (random.Bernoulli(0.3)) queues.PopAll();
    }
    queues.PopAll();
  }
}

TEST(EventQueue, AnyTimesInAnyOrder) {
  constexpr int64_t kMin = std::numeric_limits<int64_t>::min();
  constexpr int64_t kMax = std::numeric_limits<int64_t>::max();
  const std::vector<int64_t> edges = {kMin, kMin + 1, kMin / 2, -2,       -1,  0,
                                      1,    2,        kMax / 2, kMax - 1, kMax};
  Stream random(3, 3, 3);
  for (int round = 0; round < 50 && !HasFailure(); ++round) {
    TwoQueues queues;
    for (int i = 0; i < 2000; ++i) {
      const uint32_t what = random.Index(4);
      if (what == 0) {
        queues.Push(edges[random.Index(static_cast<uint32_t>(edges.size()))]);
      } else if (what == 1) {
        queues.Push(random.UniformInt(kMin, kMax));
      } else if (what == 2) {
        queues.Push(random.UniformInt(-50, 50));
      } else if (queues.size() > 0) {
        queues.Pop();
      }
    }
    queues.PopAll();
  }
}

TEST(EventQueue, DecreasingAndIncreasingTimes) {
  for (const int64_t step :
       {int64_t{-1}, int64_t{1}, int64_t{-1'000'000'007}, int64_t{1'000'000'007}}) {
    TwoQueues queues;
    for (int64_t i = 0; i < 20'000; ++i) {
      queues.Push(i * step);
      if (i % 3 == 0) queues.Pop();
    }
    queues.PopAll();
  }
}

TEST(EventQueue, ManyEventsComeAndGo) {
  Stream random(6, 6, 6);
  TwoQueues queues;
  int64_t now = 0;
  for (const double mean : {1e9, 1e3}) {
    for (int i = 0; i < 150'000; ++i)
      queues.Push(now + static_cast<int64_t>(random.Exponential(mean)));
    for (int i = 0; i < 149'990 && !HasFailure(); ++i) now = queues.Pop();
  }
  queues.PopAll();
}

// A dense burst in front of far events, and far events in front of still farther
// ones: the width of a day suits none of them.
TEST(EventQueue, BurstsAmongDistantEvents) {
  TwoQueues queues;
  Stream random(4, 4, 4);
  for (int64_t era = 0; era < 20; ++era) {
    const int64_t start = era << 55;
    for (int i = 0; i < 500; ++i) queues.Push(start + random.UniformInt(0, 1000));
    for (int i = 0; i < 500; ++i) queues.Push(start + (random.UniformInt(0, 1000) << 30));
  }
  for (int i = 0; i < 5000; ++i) queues.Push(queues.Pop() + random.UniformInt(0, 3));
  queues.PopAll();
}

// One actor walks on in front of a crowd that waits at the end of time: nothing
// may look through the crowd at every step. At 10^5 waiting that would be 10^10
// steps here, and the test would not end.
TEST(EventQueue, ACrowdFarAwayCostsNothing) {
  EventQueue queue;
  uint64_t sequence = 0;
  const auto push = [&](int64_t at) {
    queue.Push({Time{at}, Event::OrderOf(kDefaultPriority, sequence++), 0, 0, 0});
  };
  for (int i = 0; i < 100'000; ++i) push(std::numeric_limits<int64_t>::max() - i % 7);
  push(0);
  Stream random(5, 5, 5);
  int64_t last = 0;
  for (int i = 0; i < 1'000'000; ++i) {
    const Event event = queue.Pop();
    ASSERT_LE(last, event.time.ns);
    last = event.time.ns;
    push(last + random.UniformInt(1, int64_t{1} << (i / 30'000)));
  }
}

}  // namespace
}  // namespace oneup::kernel
