// What a page is answered over its WebSocket, without the socket.
#include "tools/server/conversation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sims/compare/result.h"
#include "tests/tools/server/asking.h"
#include "tests/tools/server/page.h"
#include "tools/server/prepare.h"

namespace oneup::server {
namespace {

using ::testing::HasSubstr;

TEST(Conversation, AStreamHasTheBytesOfATraceFileHoweverItsFramesAreCut) {
  Workshop workshop(TestLibrary(), Limits(), 2);
  Page page(workshop, 1);
  v1::Simulation fork = Month(7);
  fork.add_interventions("pin huang.fomo 0 from 2023-01-10");
  uint32_t stream = 0;
  for (const v1::Simulation& simulation : {Month(7), fork}) {
    const std::string expected = TraceOf(simulation, v1::DETAIL_MARKET);
    for (const uint32_t days : {0, 1, 5}) {
      for (const uint32_t credit : {1, 100}) {
        ASSERT_TRUE(page.Ask(WatchMessage(++stream, simulation, credit, days)).ok());
        EXPECT_TRUE(page.All(stream) == expected) << stream;
      }
    }
  }
}

TEST(Conversation, TheHeaderComesBeforeAnythingIsSimulated) {
  Workshop workshop(TestLibrary(), Limits(), 1);
  Page page(workshop, 1);
  ASSERT_TRUE(page.Ask(WatchMessage(1, Month(1), 1)).ok());
  const v1::ServerMessage first = page.Answer();
  ASSERT_TRUE(first.has_records());
  EXPECT_TRUE(first.records().records(0).has_header());
  EXPECT_LE(first.records().records_size(), 2);
}

TEST(Conversation, WithDaysAFrameHoldsSoManyAtMostAndTheRunStaysNearThePage) {
  Workshop workshop(TestLibrary(), Limits(), 1);
  Page page(workshop, 1);
  ASSERT_TRUE(page.Ask(WatchMessage(1, Month(1), 100, 1)).ok());
  for (;;) {
    const v1::ServerMessage message = page.Answer();
    if (!message.has_records()) break;
    std::set<int64_t> days;
    for (const v1::Record& record : message.records().records()) {
      // Frame records have no time; reactions are measured at the end.
      if (record.id() > 0 && !record.has_reaction()) {
        days.insert(record.time_ns() / Duration::Days(1).ns);
      }
    }
    EXPECT_LE(days.size(), 1u);
  }
}

TEST(Conversation, AParkedRunHoldsUpNobody) {
  Workshop workshop(TestLibrary(), Limits(), 1);
  Page slow(workshop, 1);
  Page quick(workshop, 2);
  v1::Simulation years = Month(1);
  years.clear_until();
  for (uint32_t stream = 1; stream <= 8; ++stream) {
    ASSERT_TRUE(slow.Ask(WatchMessage(stream, years, 0)).ok());
  }
  ASSERT_TRUE(quick.Ask(WatchMessage(1, Month(7), 5)).ok());
  EXPECT_TRUE(quick.All(1) == TraceOf(Month(7), v1::DETAIL_MARKET));
  // And goes on when it gets credit.
  ASSERT_TRUE(slow.Ask(CreditMessage(3, 1)).ok());
  EXPECT_EQ(slow.Answer().stream(), 3u);
}

TEST(Conversation, ABusyPageHoldsUpNobody) {
  Workshop workshop(TestLibrary(), Limits(), 1);
  Page busy(workshop, 1);
  Page other(workshop, 2);
  v1::ClientMessage hours;  // of work
  *hours.mutable_compare()->mutable_simulation() = Month(1);
  hours.mutable_compare()->mutable_simulation()->clear_until();
  hours.mutable_compare()->mutable_simulation()->set_resolution("high");
  hours.mutable_compare()->mutable_simulation()->add_interventions("rule off fomo");
  hours.mutable_compare()->set_pairs(1000);
  for (uint32_t stream = 1; stream <= 4; ++stream) {
    hours.set_stream(stream);
    ASSERT_TRUE(busy.Ask(hours.SerializeAsString()).ok());
  }
  ASSERT_TRUE(other.Ask(WatchMessage(1, Month(7), 5)).ok());
  EXPECT_TRUE(other.All(1) == TraceOf(Month(7), v1::DETAIL_MARKET));
  EXPECT_EQ(busy.conversation().streams(), 4);
}

TEST(Conversation, CancelIsAnsweredAtOnceAndTheLastMessage) {
  Workshop workshop(TestLibrary(), Limits(), 1);
  Page page(workshop, 1);
  v1::Simulation high = Month(1);
  high.set_resolution("high");
  ASSERT_TRUE(page.Ask(WatchMessage(1, high, 100)).ok());
  EXPECT_TRUE(page.Answer().has_records());
  ASSERT_TRUE(page.Ask(CancelMessage(1)).ok());
  const v1::ServerMessage answer = page.Answer();
  EXPECT_TRUE(answer.done().cancelled());
  EXPECT_EQ(page.conversation().streams(), 0);
  // Late words about it are no mistake.
  EXPECT_TRUE(page.Ask(CreditMessage(1, 1)).ok());
  EXPECT_TRUE(page.Ask(CancelMessage(1)).ok());
}

TEST(Conversation, WhoFindsNoPlaceWaitsAndIsToldHowLongTheQueueIs) {
  Limits limits;
  limits.simulations = 1;
  limits.waiting = 1;
  Workshop workshop(TestLibrary(), limits, 2);
  Page first(workshop, 1);
  Page second(workshop, 2);
  Page third(workshop, 3);
  ASSERT_TRUE(first.Ask(WatchMessage(1, Years(1), 0)).ok());
  ASSERT_TRUE(second.Ask(WatchMessage(1, Month(2), 5)).ok());
  EXPECT_EQ(second.Next().advance().waiting(), 1u);
  ASSERT_TRUE(third.Ask(WatchMessage(1, Month(3), 5)).ok());
  EXPECT_TRUE(third.Answer().refusal().busy());
  // A page that goes away gives up its place.
  first.Leave();
  EXPECT_TRUE(second.All(1) == TraceOf(Month(2), v1::DETAIL_MARKET));
  ASSERT_TRUE(third.Ask(WatchMessage(2, Month(3), 5)).ok());
  EXPECT_TRUE(third.All(2) == TraceOf(Month(3), v1::DETAIL_MARKET));
}

TEST(Conversation, WhoWaitsCanCancelAndLeave) {
  Limits limits;
  limits.simulations = 1;
  Workshop workshop(TestLibrary(), limits, 1);
  Page first(workshop, 1);
  Page second(workshop, 2);
  Page third(workshop, 3);
  ASSERT_TRUE(first.Ask(WatchMessage(1, Years(1), 0)).ok());
  ASSERT_TRUE(second.Ask(WatchMessage(1, Month(2), 5)).ok());
  ASSERT_TRUE(third.Ask(WatchMessage(1, Month(3), 5)).ok());
  EXPECT_EQ(workshop.simulations.waiting(), 2);
  ASSERT_TRUE(second.Ask(CancelMessage(1)).ok());
  EXPECT_TRUE(second.Answer().done().cancelled());
  EXPECT_EQ(workshop.simulations.waiting(), 1);
  third.Leave();
  EXPECT_EQ(workshop.simulations.waiting(), 0);
}

TEST(Conversation, AComparisonIsTheOneOfTheLibraryAndTellsItsProgress) {
  Workshop workshop(TestLibrary(), Limits(), 3);
  Page page(workshop, 1);
  v1::ClientMessage message;
  message.set_stream(1);
  *message.mutable_compare()->mutable_simulation() = Month(5);
  message.mutable_compare()->mutable_simulation()->add_interventions("rule off fomo");
  message.mutable_compare()->set_pairs(5);
  ASSERT_TRUE(page.Ask(message.SerializeAsString()).ok());
  v1::ServerMessage answer = page.Next();
  uint32_t pairs = 0;
  for (; answer.has_advance(); answer = page.Next()) {
    EXPECT_GT(answer.advance().pairs(), pairs);
    EXPECT_EQ(answer.advance().of(), 5u);
    pairs = answer.advance().pairs();
  }
  const auto prepared = *Prepare(TestLibrary(), Limits(), message.compare());
  sims::CompareOptions options;
  options.runs.first_seed = 5;
  options.runs.seeds = 5;
  options.runs.run = prepared.worlds.run;
  sims::CompareResult result;
  result.scenario_title = prepared.worlds.baseline->proto.title();
  result.what_if = prepared.worlds.what_if;
  result.comparison =
      sims::Compare(*prepared.worlds.baseline, *prepared.worlds.changed, prepared.metrics, options);
  EXPECT_EQ(answer.comparison_json(), sims::CompareJson(result));
  EXPECT_TRUE(page.Next().has_done());
}

TEST(Conversation, AComparisonThatWaitsOrRunsCanBeCancelled) {
  Limits limits;
  limits.comparisons = 1;
  Workshop workshop(TestLibrary(), limits, 2);
  Page page(workshop, 1);
  v1::ClientMessage message;
  *message.mutable_compare()->mutable_simulation() = Month(5);
  message.mutable_compare()->mutable_simulation()->clear_until();
  message.mutable_compare()->mutable_simulation()->set_resolution("high");
  message.mutable_compare()->mutable_simulation()->add_interventions("rule off fomo");
  for (const uint32_t stream : {1, 2}) {
    message.set_stream(stream);
    ASSERT_TRUE(page.Ask(message.SerializeAsString()).ok());
  }
  EXPECT_EQ(workshop.comparisons.waiting(), 1);
  for (const uint32_t stream : {2, 1}) {
    ASSERT_TRUE(page.Ask(CancelMessage(stream)).ok());
    const v1::ServerMessage answer = page.Answer();
    EXPECT_EQ(answer.stream(), stream);
    EXPECT_TRUE(answer.done().cancelled());
  }
  EXPECT_EQ(workshop.comparisons.waiting(), 0);
}

TEST(Conversation, WhatIsNoMessageOfTheProtocolIsAnError) {
  Workshop workshop(TestLibrary(), Limits(), 1);
  Page page(workshop, 1);
  ASSERT_TRUE(page.Ask(WatchMessage(5, Month(1), 0)).ok());
  v1::ClientMessage empty;
  empty.set_stream(9);
  for (const auto& [message, part] : std::vector<std::pair<std::string, std::string>>{
           {"\xff", "ClientMessage"},
           {"", "stream"},
           {empty.SerializeAsString(), "ask"},
           {CreditMessage(6, 1), "has not been opened"},
           {CancelMessage(7), "has not been opened"},
           {WatchMessage(5, Month(1), 0), "greater"},
           {WatchMessage(4, Month(1), 0), "greater"}}) {
    const absl::Status status = page.Ask(message);
    EXPECT_THAT(std::string(status.message()), HasSubstr(part));
    EXPECT_EQ(status.message().find('\n'), absl::string_view::npos);
  }
}

TEST(Conversation, APageThatTakesNothingCannotAskWithoutEnd) {
  Workshop workshop(TestLibrary(), Limits(), 1);
  Page page(workshop, 1);
  uint32_t stream = 0;
  while (page.Ask(WatchMessage(++stream, Month(1), 0)).ok()) ASSERT_LT(stream, 1000u);
  EXPECT_LE(page.conversation().streams(), 4 * Limits().streams);
}

}  // namespace
}  // namespace oneup::server
