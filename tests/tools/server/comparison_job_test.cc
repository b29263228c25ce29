// The lanes of a comparison, slice by slice, without threads.
#include "tools/server/comparison_job.h"

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "sims/compare/comparison.h"
#include "sims/compare/result.h"
#include "tests/tools/server/asking.h"
#include "tools/server/prepare.h"

namespace oneup::server {
namespace {

v1::CompareWorlds Months() {
  v1::CompareWorlds asked;
  *asked.mutable_simulation() = Month(5);
  asked.mutable_simulation()->add_interventions("rule off fomo");
  asked.set_pairs(40);
  return asked;
}

class LanesTest : public ::testing::Test {
 protected:
  LanesTest() : workshop_(TestLibrary(), Limits(), 0), outbox_(std::make_shared<Outbox>([] {})) {
    outbox_->Open(1, 0);
  }
  std::vector<std::shared_ptr<StreamJob>> Lanes(const v1::CompareWorlds& asked, int lanes) {
    const Places::Ticket ticket = workshop_.comparisons.NewTicket();
    workshop_.comparisons.Enter(
        ticket, 1, [] {}, [](uint32_t) {});
    return MakeComparison(workshop_, outbox_, 1, asked, lanes, ticket);
  }
  // Whether the only place of an owner is free.
  bool IsOver() {
    bool admitted = false;
    const Places::Ticket ticket = workshop_.comparisons.NewTicket();
    workshop_.comparisons.Enter(
        ticket, 1, [&] { admitted = true; }, [](uint32_t) {});
    workshop_.comparisons.Leave(ticket);
    return admitted;
  }
  v1::ServerMessage Told() {
    v1::ServerMessage message;
    const auto taken = outbox_->Take();
    if (taken) message.ParseFromString(taken->bytes);
    return message;
  }

  Workshop workshop_;
  std::shared_ptr<Outbox> outbox_;
};

TEST_F(LanesTest, OneThatFailsEndsTheOthers) {
  auto lanes = Lanes(Months(), 3);
  for (const auto& lane : lanes) ASSERT_EQ(lane->RunSlice(), Job::Then::kAgain);
  lanes[1]->Failed("no memory");
  EXPECT_FALSE(IsOver());
  EXPECT_EQ(lanes[0]->RunSlice(), Job::Then::kDone);
  EXPECT_EQ(lanes[2]->RunSlice(), Job::Then::kDone);
  EXPECT_TRUE(IsOver()) << "their place is free";
  EXPECT_NE(Told().refusal().message().find("no memory"), std::string::npos);
}

TEST_F(LanesTest, WhatCannotBePreparedIsSaidOnceAndEndsAll) {
  v1::CompareWorlds asked = Months();
  asked.mutable_simulation()->set_scenario("none");
  auto lanes = Lanes(asked, 2);
  for (const auto& lane : lanes) EXPECT_EQ(lane->RunSlice(), Job::Then::kDone);
  EXPECT_TRUE(IsOver());
  EXPECT_NE(Told().refusal().message().find("scenario 'none'"), std::string::npos);
  EXPECT_EQ(Told().stream(), 0u);
}

TEST(Lanes, ThoseThatComeWhileItIsPreparedAreWoken) {
  v1::CompareWorlds slow = Months();  // to prepare
  for (int i = 1; i < Limits().interventions; ++i) {
    slow.mutable_simulation()->add_interventions(
        absl::StrCat("pin huang.fomo 0 from 2023-01-", 10 + i));
  }
  slow.set_pairs(2);
  std::promise<void> ended;
  const auto outbox = std::make_shared<Outbox>([] {});
  outbox->Open(1, 0);
  Workshop workshop(TestLibrary(), Limits(), 4);
  const Places::Ticket ticket = workshop.comparisons.NewTicket();
  const auto lanes = MakeComparison(workshop, outbox, 1, slow, 4, ticket);
  // Nobody else wakes them. The last one ends it, so none may be left behind, and then it is gone.
  workshop.comparisons.Enter(
      ticket, 1, [] {}, [](uint32_t) {});
  workshop.comparisons.Enter(
      workshop.comparisons.NewTicket(), 1, [&] { ended.set_value(); }, [](uint32_t) {});
  for (const auto& lane : lanes) workshop.scheduler.Add(1, lane);
  ended.get_future().wait();
  std::string last;
  while (const auto message = outbox->Take()) last = message->bytes;
  v1::ServerMessage message;
  EXPECT_TRUE(message.ParseFromString(last));
  EXPECT_TRUE(message.has_done()) << message.ShortDebugString();
}

TEST(PairedRuns, WithoutPathsHasTheSameJson) {
  const auto prepared = *Prepare(TestLibrary(), Limits(), Months());
  const sims::LoadedScenario& baseline = *prepared.worlds.baseline;
  const sims::LoadedScenario& changed = *prepared.worlds.changed;
  sims::CompareResult with;
  sims::CompareResult without;
  for (sims::CompareResult* const result : {&with, &without}) {
    sims::PairedRuns runs(baseline, changed, prepared.metrics, 5, 0.95, result == &with);
    runs.Resize(2);
    for (size_t pair = 0; pair < 2; ++pair) {
      sims::RunOptions run = prepared.worlds.run;
      run.seed += pair;
      runs.Keep(pair, sims::World(baseline, run, nullptr).Run(),
                sims::World(changed, run, nullptr).Run());
    }
    while (runs.FindNextEffect()) {
    }
    result->comparison = runs.Finish();
  }
  EXPECT_FALSE(with.comparison.paths.listings.empty());
  EXPECT_TRUE(without.comparison.paths.listings.empty());
  EXPECT_EQ(sims::CompareJson(with), sims::CompareJson(without));
}

}  // namespace
}  // namespace oneup::server
