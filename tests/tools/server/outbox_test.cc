#include "tools/server/outbox.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tools/server/wire.h"

namespace oneup::server {
namespace {

class OutboxTest : public ::testing::Test {
 protected:
  // What can be sent now, in order.
  std::vector<std::string> TakeAll() {
    std::vector<std::string> all;
    while (auto message = outbox_.Take()) all.push_back(message->bytes);
    return all;
  }
  using Bytes = std::vector<std::string>;

  int woken_ = 0;
  Outbox outbox_{[this] { ++woken_; }};
};

TEST_F(OutboxTest, FramesWaitForCreditAndOtherMessagesForTheFramesBeforeThem) {
  outbox_.Open(1, 1);
  for (const char* const frame : {"a", "b", "c"}) outbox_.GiveFrame(1, frame);
  outbox_.Give(1, "then");
  outbox_.End(1, "last", false);
  EXPECT_EQ(TakeAll(), Bytes{"a"});
  outbox_.AddCredit(1, 1);
  EXPECT_EQ(TakeAll(), Bytes{"b"});
  outbox_.AddCredit(1, 100);
  EXPECT_EQ(TakeAll(), (Bytes{"c", "then", "last"}));
}

TEST_F(OutboxTest, IsFullAfterAFewFramesAndHasRoomAgainWhenTheyAreTaken) {
  outbox_.Open(1, 0);
  EXPECT_FALSE(outbox_.IsHungry(1)) << "no credit";
  for (size_t i = 0; i < Outbox::kAhead; ++i) {
    EXPECT_TRUE(outbox_.HasRoom(1));
    outbox_.GiveFrame(1, "x");
  }
  EXPECT_FALSE(outbox_.HasRoom(1));
  outbox_.AddCredit(1, Outbox::kAhead + 1);
  EXPECT_FALSE(outbox_.IsHungry(1));
  EXPECT_EQ(TakeAll().size(), Outbox::kAhead);
  EXPECT_TRUE(outbox_.HasRoom(1));
  EXPECT_TRUE(outbox_.IsHungry(1));
}

TEST_F(OutboxTest, StreamsTakeTurns) {
  for (const uint32_t stream : {1, 2}) {
    outbox_.Open(stream, 10);
    for (int i = 0; i < 3; ++i) outbox_.GiveFrame(stream, std::to_string(stream));
  }
  EXPECT_EQ(TakeAll(), (Bytes{"1", "2", "1", "2", "1", "2"}));
}

TEST_F(OutboxTest, OfAdvancesTheLastOneIsSent) {
  outbox_.Open(1, 0);
  v1::Advance advance;
  for (const uint32_t pairs : {1, 2, 3}) {
    advance.set_pairs(pairs);
    outbox_.GiveAdvance(1, advance);
  }
  EXPECT_EQ(TakeAll(), Bytes{AdvanceMessage(1, advance)});
}

TEST_F(OutboxTest, AnEndAtOnceDropsWhatWaitsAndNothingComesAfterIt) {
  outbox_.Open(1, 5);
  outbox_.GiveFrame(1, "a");
  outbox_.End(1, "cancelled", true);
  outbox_.GiveFrame(1, "b");
  outbox_.End(1, "too late", false);
  const auto message = outbox_.Take();
  ASSERT_TRUE(message);
  EXPECT_EQ(message->bytes, "cancelled");
  EXPECT_TRUE(message->last);
  outbox_.AddCredit(1, 5);
  outbox_.GiveFrame(1, "c");
  EXPECT_FALSE(outbox_.Take());
}

TEST_F(OutboxTest, WakesForWhatCanBeSentOnly) {
  outbox_.Open(1, 0);
  outbox_.GiveFrame(1, "a");
  EXPECT_EQ(woken_, 0);
  outbox_.AddCredit(1, 1);
  EXPECT_EQ(woken_, 1);
}

TEST_F(OutboxTest, TakesNothingMoreWhenClosed) {
  outbox_.Open(1, 5);
  outbox_.GiveFrame(1, "a");
  outbox_.Close();
  outbox_.Open(2, 5);
  outbox_.GiveFrame(2, "b");
  outbox_.Give(1, "c");
  EXPECT_FALSE(outbox_.Take());
  EXPECT_TRUE(outbox_.HasRoom(1)) << "whoever runs is not parked for ever";
}

}  // namespace
}  // namespace oneup::server
