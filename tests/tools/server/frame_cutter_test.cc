#include "tools/server/frame_cutter.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "oneup/v1/serve.pb.h"
#include "sims/trace/format.h"
#include "sims/trace/writer.h"

namespace oneup::server {
namespace {

// A trace with a header, `bars` bars and as many flows.
std::string TraceOf(int bars) {
  std::string bytes;
  v1::Header header;
  header.set_detail(v1::DETAIL_MARKET);
  auto writer = *trace::TraceWriter::Create(trace::MakeStringSink(&bytes), header);
  for (int i = 0; i < bars; ++i) {
    v1::Record record;
    record.set_time_ns(i);
    record.mutable_bar()->set_ticker("NVDA");
    record.mutable_bar()->set_volume(i);
    writer->Append(record);
    record.mutable_flow()->set_ticker("NVDA");
    writer->Append(record);
  }
  EXPECT_TRUE(writer->Finish().ok());
  return bytes;
}

std::string RecordsOf(const std::string& message, uint32_t stream) {
  v1::ServerMessage parsed;
  EXPECT_TRUE(parsed.ParseFromString(message));
  EXPECT_EQ(parsed.stream(), stream);
  EXPECT_TRUE(parsed.has_records());
  return parsed.records().SerializeAsString();
}

class FrameCutterTest : public ::testing::Test {
 protected:
  FrameCutter Cutter(const Kinds& leave_out = {}) {
    return FrameCutter(300, leave_out,
                       [this](std::string message) { messages_.push_back(std::move(message)); });
  }
  std::string Joined() const {
    std::string joined;
    for (const std::string& message : messages_) joined += RecordsOf(message, 300);
    return joined;
  }
  std::vector<std::string> messages_;
};

TEST_F(FrameCutterTest, JoinedFramesAreTheTraceHoweverItCame) {
  const std::string bytes = TraceOf(3000);
  for (const size_t piece : {size_t{1}, size_t{7}, size_t{1000}, bytes.size()}) {
    messages_.clear();
    FrameCutter cutter = Cutter();
    for (size_t at = 0; at < bytes.size(); at += piece) {
      ASSERT_TRUE(cutter.Add(std::string_view(bytes).substr(at, piece)).ok());
    }
    cutter.Cut();
    EXPECT_TRUE(cutter.IsWhole());
    EXPECT_EQ(cutter.pending(), 0u);
    EXPECT_TRUE(Joined() == bytes) << piece;
    for (const std::string& message : messages_) {
      EXPECT_LE(message.size(), FrameCutter::kFrame + 20);
    }
    EXPECT_LE(messages_.size(), bytes.size() / FrameCutter::kFrame + 2);
  }
}

TEST_F(FrameCutterTest, ARecordThatIsMoreThanAFrameIsOneByItself) {
  v1::Trace trace;
  trace.add_records()->mutable_happening()->set_headline(std::string(3 * FrameCutter::kFrame, 'x'));
  trace.add_records()->mutable_bar();
  FrameCutter cutter = Cutter();
  ASSERT_TRUE(cutter.Add(trace.SerializeAsString()).ok());
  cutter.Cut();
  ASSERT_EQ(messages_.size(), 2u);
  EXPECT_EQ(Joined(), trace.SerializeAsString());
}

TEST_F(FrameCutterTest, LeavesOutKindsAndTouchesNoOther) {
  const std::string bytes = TraceOf(100);
  FrameCutter cutter = Cutter({v1::Record::kFlow, v1::Record::kChecksum});
  ASSERT_TRUE(cutter.Add(bytes).ok());
  cutter.Cut();
  v1::Trace expected;
  v1::Trace all;
  ASSERT_TRUE(all.ParseFromString(bytes));
  for (const v1::Record& record : all.records()) {
    if (!record.has_flow() && !record.has_checksum()) *expected.add_records() = record;
  }
  EXPECT_EQ(expected.records_size(), 102);
  EXPECT_EQ(Joined(), expected.SerializeAsString());
}

TEST_F(FrameCutterTest, WhatIsNoTraceIsAnErrorAndACutOneIsNotWhole) {
  for (const std::string& bytes :
       {std::string("no trace"), std::string("\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"),
        std::string("\x0a\xff\xff\xff\x7f")}) {
    FrameCutter cutter = Cutter();
    EXPECT_TRUE(absl::IsDataLoss(cutter.Add(bytes))) << bytes;
  }
  const std::string bytes = TraceOf(1);
  FrameCutter cutter = Cutter();
  ASSERT_TRUE(cutter.Add(std::string_view(bytes).substr(0, bytes.size() - 1)).ok());
  EXPECT_FALSE(cutter.IsWhole());
}

TEST(KindOfBytes, FindsTheBodyBehindWhatIsBeforeIt) {
  v1::Record record;
  EXPECT_EQ(*KindOfBytes(record.SerializeAsString()), 0u);
  record.set_id(uint64_t{1} << 60);
  record.set_time_ns(-1);
  record.set_cause_id(300);
  EXPECT_EQ(*KindOfBytes(record.SerializeAsString()), 0u);
  record.mutable_reaction();
  EXPECT_EQ(*KindOfBytes(record.SerializeAsString()), v1::Record::kReaction);
  for (const std::string& bytes : {std::string("\x08"), std::string("\x11\x01"),
                                   std::string("\x0a\x01z"), std::string("\x0b")}) {
    EXPECT_FALSE(KindOfBytes(bytes).ok());
  }
}

}  // namespace
}  // namespace oneup::server
