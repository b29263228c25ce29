// Who gets a place, who waits for one, and who gives his up: runs, files and comparisons of several
// pages at once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "tests/tools/server/asking.h"
#include "tests/tools/server/page.h"
#include "tools/server/conversation.h"
#include "tools/server/frame_cutter.h"

namespace oneup::server {
namespace {

using ::testing::HasSubstr;

StreamJob::Clock::time_point Later() { return StreamJob::Clock::now() + std::chrono::seconds(10); }

std::string WatchFileMessage(uint32_t stream, const std::string& trace, uint32_t credit,
                             const std::vector<uint32_t>& leave_out = {}) {
  v1::ClientMessage message;
  message.set_stream(stream);
  message.mutable_watch()->set_trace(trace);
  message.mutable_watch()->set_credit(credit);
  message.mutable_watch()->mutable_leave_out()->Add(leave_out.begin(), leave_out.end());
  return message.SerializeAsString();
}

v1::ClientMessage CompareMonths(uint32_t stream, uint32_t pairs) {
  v1::ClientMessage message;
  message.set_stream(stream);
  *message.mutable_compare()->mutable_simulation() = Month(5);
  message.mutable_compare()->mutable_simulation()->add_interventions("rule off fomo");
  message.mutable_compare()->set_pairs(pairs);
  return message;
}

// Hours of work.
std::string CompareYearsMessage(uint32_t stream) {
  v1::ClientMessage message = CompareMonths(stream, 1000);
  message.mutable_compare()->mutable_simulation()->clear_until();
  message.mutable_compare()->mutable_simulation()->set_resolution("high");
  return message.SerializeAsString();
}

// Until a page's only stream in these places waits for credit.
void AwaitParked(Page& page, const Places& places) {
  std::vector<Conversation::Parked> parked;
  while (parked.empty()) {
    std::this_thread::yield();
    page.conversation().AddParked(places, &parked);
  }
}

v1::Simulation HalfAYear() {
  v1::Simulation simulation = Month(3);
  simulation.set_until("2023-06-30");
  return simulation;
}

// A library with one trace, "half.binpb", of more frames than are made ahead of a page.
class FilesTest : public ::testing::Test {
 protected:
  FilesTest()
      : folder_(std::filesystem::temp_directory_path() /
                ("oneup_bounds_test_" + std::to_string(::getpid()))),
        bytes_(TraceOf(HalfAYear(), v1::DETAIL_MARKET)) {
    std::filesystem::create_directories(folder_);
    EXPECT_GT(bytes_.size(), (Outbox::kAhead + 2) * FrameCutter::kFrame);
    Write(bytes_);
    library_ = *Library::Open({File()});
  }
  ~FilesTest() override { std::filesystem::remove_all(folder_); }

  std::string File() const { return (folder_ / "half.binpb").string(); }
  void Write(std::string_view bytes) { std::ofstream(File(), std::ios::binary) << bytes; }

  const std::filesystem::path folder_;
  const std::string bytes_;
  std::unique_ptr<Library> library_;
};

TEST_F(FilesTest, StreamsOfFilesAreBoundedAndWaitForTheirTurn) {
  Limits limits;
  limits.files = 1;
  limits.waiting = 1;
  Workshop workshop(*library_, limits, 2);
  Page first(workshop, 1);
  Page second(workshop, 2);
  ASSERT_TRUE(first.Ask(WatchFileMessage(1, "half.binpb", 0)).ok());
  ASSERT_TRUE(second.Ask(WatchFileMessage(1, "half.binpb", 1)).ok());
  EXPECT_EQ(second.Next().advance().waiting(), 1u);
  ASSERT_TRUE(second.Ask(WatchFileMessage(2, "half.binpb", 1)).ok());
  const v1::ServerMessage refused = second.Answer();
  EXPECT_EQ(refused.stream(), 2u);
  EXPECT_TRUE(refused.refusal().busy());
  ASSERT_TRUE(first.Ask(CancelMessage(1)).ok());
  EXPECT_TRUE(second.All(1) == bytes_);
}

TEST_F(FilesTest, OneThatIsDamagedNowHasChangedAndOneThatIsGoneHasNot) {
  Workshop workshop(*library_, Limits(), 1);
  Page page(workshop, 1);
  Write(bytes_.substr(0, bytes_.size() / 2) + "no record");
  ASSERT_TRUE(page.Ask(WatchFileMessage(1, "half.binpb", 1'000'000)).ok());
  v1::ServerMessage answer = page.Answer();
  while (answer.has_records()) answer = page.Answer();
  EXPECT_THAT(answer.refusal().message(), HasSubstr("'half.binpb' has changed"));
  EXPECT_FALSE(answer.refusal().busy());
  std::filesystem::remove(File());
  ASSERT_TRUE(page.Ask(WatchFileMessage(2, "half.binpb", 1)).ok());
  answer = page.Answer();
  EXPECT_THAT(answer.refusal().message(), HasSubstr("'half.binpb' cannot be read"));
  EXPECT_FALSE(answer.refusal().busy());
}

TEST_F(FilesTest, OutOfDescriptorsIsBusyAndNoChangeOfTheFile) {
  Workshop workshop(*library_, Limits(), 1);
  Page page(workshop, 1);
  rlimit before;
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  const rlimit none = {.rlim_cur = 0, .rlim_max = before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);
  ASSERT_TRUE(page.Ask(WatchFileMessage(1, "half.binpb", 1)).ok());
  const v1::ServerMessage answer = page.Answer();
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
  EXPECT_TRUE(answer.refusal().busy()) << answer.ShortDebugString();
  EXPECT_THAT(answer.refusal().message(), HasSubstr("cannot be read"));
  ASSERT_TRUE(page.Ask(WatchFileMessage(2, "half.binpb", 1)).ok());
  EXPECT_TRUE(page.All(2) == bytes_);
}

TEST_F(FilesTest, KindsAreLeftOutHoweverManyNumbersNameThem) {
  Workshop workshop(*library_, Limits(), 1);
  Page page(workshop, 1);
  std::vector<uint32_t> leave_out(5000, v1::Record::kBar);
  leave_out.push_back(4'000'000'000);
  ASSERT_TRUE(page.Ask(WatchFileMessage(1, "half.binpb", 1, leave_out)).ok());
  v1::Trace expected;
  v1::Trace all;
  ASSERT_TRUE(all.ParseFromString(bytes_));
  for (const v1::Record& record : all.records()) {
    if (!record.has_bar()) *expected.add_records() = record;
  }
  ASSERT_LT(expected.records_size(), all.records_size());
  EXPECT_TRUE(page.All(1) == expected.SerializeAsString());
}

TEST(GivingWay, WhoWaitsForCreditTooLongGivesWay) {
  Limits limits;
  limits.simulations = 1;
  limits.parked = std::chrono::seconds(5);
  Workshop workshop(TestLibrary(), limits, 1);
  Page idle(workshop, 1);
  const std::set<Conversation*> all = {&idle.conversation()};
  ASSERT_TRUE(idle.Ask(WatchMessage(1, Years(1), 1)).ok());
  EXPECT_TRUE(idle.Answer().has_records());
  GiveWay(workshop, all, Later());
  EXPECT_EQ(idle.conversation().streams(), 1) << "nobody else wants it";
  Page other(workshop, 2);
  ASSERT_TRUE(other.Ask(WatchMessage(1, Month(7), 5)).ok());
  GiveWay(workshop, all, StreamJob::Clock::now());
  EXPECT_EQ(workshop.simulations.waiting(), 1) << "not long enough";
  // Until it is parked.
  while (workshop.simulations.waiting() > 0) GiveWay(workshop, all, Later());
  EXPECT_TRUE(idle.Answer().refusal().busy());
  EXPECT_TRUE(other.All(1) == TraceOf(Month(7), v1::DETAIL_MARKET));
}

TEST_F(FilesTest, AsManyGiveWayAsWaitTheLongestFirstAndOnlyForTheirOwnPlace) {
  Limits limits;
  limits.simulations = 2;
  limits.parked = std::chrono::seconds(5);
  Workshop workshop(*library_, limits, 1);
  Page file(workshop, 1);
  Page second(workshop, 2);
  Page first(workshop, 3);
  Page other(workshop, 4);
  const std::set<Conversation*> all = {&file.conversation(), &second.conversation(),
                                       &first.conversation(), &other.conversation()};
  // A file waits longest of all, but has no place that a run could use.
  ASSERT_TRUE(file.Ask(WatchFileMessage(1, "half.binpb", 0)).ok());
  AwaitParked(file, workshop.files);
  ASSERT_TRUE(first.Ask(WatchMessage(1, Years(1), 0)).ok());
  AwaitParked(first, workshop.simulations);
  ASSERT_TRUE(second.Ask(WatchMessage(1, Years(2), 0)).ok());
  AwaitParked(second, workshop.simulations);
  ASSERT_TRUE(other.Ask(WatchMessage(1, Month(7), 0)).ok());
  ASSERT_EQ(workshop.simulations.waiting(), 1);
  GiveWay(workshop, all, Later());
  EXPECT_TRUE(first.Answer().refusal().busy());
  EXPECT_EQ(workshop.simulations.waiting(), 0);
  // And nobody else, however often it is asked.
  GiveWay(workshop, all, Later());
  ASSERT_TRUE(second.Ask(CreditMessage(1, 1)).ok());
  EXPECT_TRUE(second.Answer().has_records());
  ASSERT_TRUE(file.Ask(CreditMessage(1, 1)).ok());
  EXPECT_TRUE(file.All(1) == bytes_);
  ASSERT_TRUE(other.Ask(CreditMessage(1, 1)).ok());
  EXPECT_TRUE(other.All(1) == TraceOf(Month(7), v1::DETAIL_MARKET));
}

TEST(Comparisons, OnePageCannotKeepThemFromOthers) {
  Workshop workshop(TestLibrary(), Limits(), 2);
  Page greedy(workshop, 1);
  Page other(workshop, 2);
  for (uint32_t stream = 1; stream <= 4; ++stream) {
    ASSERT_TRUE(greedy.Ask(CompareYearsMessage(stream)).ok());
  }
  ASSERT_EQ(workshop.comparisons.waiting(), 3) << "one of a page runs at a time";
  ASSERT_TRUE(other.Ask(CompareMonths(1, 2).SerializeAsString()).ok());
  EXPECT_TRUE(other.Answer().has_comparison_json());
  EXPECT_TRUE(other.Answer().has_done());
  EXPECT_EQ(greedy.conversation().streams(), 4);
}

TEST(Sizes, WhatIsTooLargeIsRefusedBeforeItWaits) {
  Limits limits;
  limits.simulations = 1;
  limits.comparisons = 1;
  limits.waiting = 0;
  Workshop workshop(TestLibrary(), limits, 1);
  Page inside(workshop, 1);
  ASSERT_TRUE(inside.Ask(WatchMessage(1, Years(1), 0)).ok());
  ASSERT_TRUE(inside.Ask(CompareYearsMessage(2)).ok());
  Page page(workshop, 2);
  uint32_t stream = 0;
  const auto refusal = [&](v1::ClientMessage message) {
    message.set_stream(++stream);
    EXPECT_TRUE(page.Ask(message.SerializeAsString()).ok());
    return page.Answer().refusal();
  };
  v1::ClientMessage run;
  *run.mutable_watch()->mutable_simulation() = Month(1);
  EXPECT_TRUE(refusal(run).busy());
  v1::ClientMessage bad = run;
  for (int i = 0; i <= limits.interventions; ++i) {
    bad.mutable_watch()->mutable_simulation()->add_interventions("rule off fomo");
  }
  EXPECT_EQ(refusal(bad).message(), "interventions: 17 of them; allowed are 16");
  const std::string long_text(501, 'x');
  for (const char* const field : {"scenario", "resolution", "until", "interventions"}) {
    bad = run;
    v1::Simulation& simulation = *bad.mutable_watch()->mutable_simulation();
    const auto* const descriptor = v1::Simulation::descriptor()->FindFieldByName(field);
    if (descriptor->is_repeated()) {
      simulation.GetReflection()->AddString(&simulation, descriptor, long_text);
    } else {
      simulation.GetReflection()->SetString(&simulation, descriptor, long_text);
    }
    EXPECT_THAT(refusal(bad).message(), HasSubstr(std::string(field) + ": 'xxx"));
  }
  EXPECT_TRUE(refusal(CompareMonths(1, 2)).busy());
  for (const uint32_t pairs : {1, 1001, -1}) {
    EXPECT_THAT(refusal(CompareMonths(1, pairs)).message(), HasSubstr("allowed are 2 to 1000"));
  }
  bad = CompareMonths(1, 2);
  for (int i = 0; i <= limits.metrics; ++i) bad.mutable_compare()->add_metrics("deals");
  EXPECT_THAT(refusal(bad).message(), HasSubstr("metrics: allowed are 64 names"));
}

}  // namespace
}  // namespace oneup::server
