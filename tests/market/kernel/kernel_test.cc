// The kernel's contract: order of ties, the clock, and what it refuses.
#include "market/kernel/kernel.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <vector>

namespace oneup::kernel {
namespace {

using ::testing::ElementsAre;

// Writes down what happens, and does what the test asks.
struct Recorder {
  void OnEvent(const Event& event) {
    kinds.push_back(event.kind);
    times.push_back(event.time.ns);
    if (then) then(event);
  }
  std::vector<uint32_t> kinds;
  std::vector<int64_t> times;
  std::function<void(const Event&)> then;
};

class KernelTest : public ::testing::Test {
 protected:
  Kernel kernel_{Time{100}};
  Recorder recorder_;
  HandlerId id_ = kernel_.Register(&recorder_);
};

TEST_F(KernelTest, RunsInOrderOfTimePriorityAndScheduling) {
  kernel_.Schedule(Time{200}, id_, 4);
  kernel_.Schedule(Time{150}, id_, 1);
  kernel_.Schedule(Time{200}, id_, 5);
  kernel_.Schedule(Time{200}, id_, 6, 0, kDefaultPriority + 1);
  kernel_.Schedule(Time{200}, id_, 3, 0, kDefaultPriority - 1);
  kernel_.Schedule(Time{150}, id_, 2);
  kernel_.Run();
  EXPECT_THAT(recorder_.kinds, ElementsAre(1, 2, 3, 4, 5, 6));
  EXPECT_EQ(kernel_.now(), Time{200});
  EXPECT_EQ(kernel_.processed(), 6u);
}

TEST_F(KernelTest, RunUntilIncludesItsEndAndMovesTheClockThere) {
  for (const int64_t at : {110, 120, 121}) kernel_.Schedule(Time{at}, id_, 0);
  kernel_.RunUntil(Time{120});
  EXPECT_THAT(recorder_.times, ElementsAre(110, 120));
  EXPECT_EQ(kernel_.now(), Time{120});
  EXPECT_EQ(kernel_.pending(), 1u);
  kernel_.RunUntil(Time{500});
  EXPECT_EQ(kernel_.now(), Time{500});
  kernel_.RunUntil(Time{400});
  EXPECT_EQ(kernel_.now(), Time{500});
}

TEST_F(KernelTest, AnEventScheduledForNowRunsAfterItsPeers) {
  recorder_.then = [this](const Event& event) {
    if (event.kind == 1) {
      kernel_.Schedule(kernel_.now(), id_, 3);
      kernel_.Schedule(kernel_.now(), id_, 9, 0, 0);  // a higher priority goes before them
    }
  };
  kernel_.Schedule(Time{100}, id_, 1);
  kernel_.Schedule(Time{100}, id_, 2);
  kernel_.Run();
  EXPECT_THAT(recorder_.kinds, ElementsAre(1, 9, 2, 3));
}

TEST_F(KernelTest, StopEndsTheRunAfterTheEvent) {
  recorder_.then = [this](const Event& event) {
    if (event.kind == 2) kernel_.Stop();
  };
  for (const uint32_t kind : {1, 2, 3}) kernel_.Schedule(Time{100 + kind}, id_, kind);
  kernel_.RunUntil(Time{1000});
  EXPECT_EQ(kernel_.now(), Time{102});
  kernel_.RunUntil(Time{1000});
  EXPECT_THAT(recorder_.kinds, ElementsAre(1, 2, 3));
}

TEST_F(KernelTest, EventsReachTheirHandlerWithTheirPayload) {
  Recorder other;
  uint64_t payload = 0;
  other.then = [&](const Event& event) { payload = event.payload; };
  const HandlerId other_id = kernel_.Register(&other);
  kernel_.Schedule(Time{101}, other_id, 7, 0x123456789abcdef0);
  EXPECT_TRUE(kernel_.Step());
  EXPECT_FALSE(kernel_.Step());
  EXPECT_THAT(other.kinds, ElementsAre(7));
  EXPECT_EQ(payload, 0x123456789abcdef0u);
  EXPECT_TRUE(recorder_.kinds.empty());
}

// The idiom that kernel.h documents for cancelling.
TEST_F(KernelTest, AGenerationInThePayloadCancels) {
  uint64_t generation = 0;
  int rung = 0;
  recorder_.then = [&](const Event& event) { rung += event.payload == generation; };
  kernel_.Schedule(Time{110}, id_, 0, generation);
  ++generation;  // cancels
  kernel_.Schedule(Time{120}, id_, 0, generation);
  kernel_.Run();
  EXPECT_EQ(rung, 1);
}

TEST_F(KernelTest, ThePastAndUnknownHandlersAreRefused) {
  EXPECT_DEATH(kernel_.Schedule(Time{99}, id_, 0), "cannot lie in the past");
  EXPECT_DEATH(kernel_.Schedule(Time{100}, HandlerId{1}, 0), "no such handler");
}

}  // namespace
}  // namespace oneup::kernel
