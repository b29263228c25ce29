#include "sims/trace/writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "oneup/version.h"
#include "sims/trace/crc32c.h"
#include "tests/sims/trace/sample.h"

namespace oneup::trace {
namespace {

using ::testing::HasSubstr;

v1::Trace Parse(const std::string& bytes) {
  v1::Trace trace;
  EXPECT_TRUE(trace.ParseFromString(bytes));
  return trace;
}

std::string ReadFile(const std::string& path) {
  std::stringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

// A folder of the test's own, empty.
std::string FreshFolder() {
  const std::string folder =
      testing::TempDir() + "trace_" + testing::UnitTest::GetInstance()->current_test_info()->name();
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

std::vector<std::string> NamesIn(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    names.push_back(entry.path().filename());
  }
  return names;
}

TEST(TraceWriter, WritesOneMessageThatAnyProtobufLibraryReads) {
  const v1::Trace trace = Parse(SampleTrace());
  const int count = static_cast<int>(SampleRecords().size());
  // Header, its Checksum, the records, Footer.
  ASSERT_EQ(trace.records_size(), count + 3);
  const v1::Header& header = trace.records(0).header();
  EXPECT_EQ(header.format(), "oneup.v1.Trace");
  EXPECT_EQ(header.format_version(), 1);
  EXPECT_EQ(header.program_version(), kVersion);
  EXPECT_EQ(header.scenario_name(), "sample");
  for (int i = 0; i < count; ++i) {
    v1::Record expected = SampleRecords()[static_cast<size_t>(i)];
    expected.set_id(static_cast<uint64_t>(i) + 1);
    EXPECT_EQ(trace.records(i + 2).DebugString(), expected.DebugString());
  }
  EXPECT_EQ(trace.records(count + 2).footer().record_count(), count);
}

TEST(TraceWriter, CarriesTheSchemaAsProtocMadeIt) {
  google::protobuf::FileDescriptorSet set;
  ASSERT_TRUE(set.ParseFromString(Parse(SampleTrace()).records(0).header().schema()));
  bool found = false;
  for (const auto& file : set.file()) {
    for (const auto& message : file.message_type()) {
      for (const auto& field : message.field()) EXPECT_TRUE(field.has_json_name()) << field.name();
      found = found || (file.package() == "oneup.v1" && message.name() == "Trace");
    }
  }
  EXPECT_TRUE(found);
}

// Every byte is guarded once: blocks follow each other, and the footer guards the rest.
TEST(TraceWriter, GuardsEveryByte) {
  std::vector<v1::Record> records;
  while (records.size() < 20'000) {
    for (const v1::Record& record : SampleRecords()) {
      records.push_back(record);
      records.back().set_time_ns(kSampleTime);
      records.back().set_cause_id(0);
    }
  }
  const std::string bytes = WriteTrace(SampleHeader(), records);
  const v1::Trace trace = Parse(bytes);
  uint64_t guarded = 0;
  int checksums = 0;
  for (const v1::Record& record : trace.records()) {
    if (!record.has_checksum()) continue;
    const v1::Checksum& checksum = record.checksum();
    EXPECT_EQ(checksum.from_offset(), guarded);
    EXPECT_LE(checksum.to_offset() - checksum.from_offset(), kMaxBlock);
    EXPECT_EQ(checksum.crc32c(),
              Crc32c(std::string_view(bytes).substr(guarded, checksum.to_offset() - guarded)));
    guarded = checksum.to_offset();
    ++checksums;
  }
  EXPECT_GE(checksums, 4);
  const v1::Footer& footer = trace.records().rbegin()->footer();
  EXPECT_EQ(footer.crc32c(),
            Crc32c(std::string_view(bytes).substr(guarded, bytes.size() - 4 - guarded)));
  EXPECT_EQ(footer.index_size(), checksums);
  EXPECT_EQ(bytes[footer.footer_offset()], '\x0a');
}

TEST(TraceWriter, GivesTheSameBytesAndDigestEveryTimeAndWhereverTheyGo) {
  EXPECT_EQ(SampleTrace(), SampleTrace());
  auto nowhere = TraceWriter::Create(MakeNullSink(), SampleHeader());
  ASSERT_TRUE(nowhere.ok());
  for (v1::Record record : SampleRecords()) (*nowhere)->Append(record);
  ASSERT_TRUE((*nowhere)->Finish().ok());
  const v1::Trace trace = Parse(SampleTrace());
  std::string hex;
  for (const unsigned char byte : trace.records().rbegin()->footer().digest()) {
    constexpr char kDigits[] = "0123456789abcdef";
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  EXPECT_EQ((*nowhere)->digest(), hex);
}

TEST(TraceWriter, NumbersRecordsAndPassesOverWhatTheDetailLeavesOut) {
  v1::Header header = SampleHeader();
  header.set_detail(v1::DETAIL_DEALS);
  auto writer = TraceWriter::Create(MakeNullSink(), header);
  ASSERT_TRUE(writer.ok());
  EXPECT_TRUE((*writer)->Wants(v1::Record::kNews));
  EXPECT_FALSE((*writer)->Wants(v1::Record::kFill));
  std::vector<uint64_t> ids;
  for (v1::Record record : SampleRecords()) {
    if (record.cause_id() > 0) record.set_cause_id(ids[record.cause_id() - 1]);
    ids.push_back((*writer)->Append(record));
  }
  // The fill's cause is the auction, which is left out too: both stand for the news.
  EXPECT_THAT(ids, testing::ElementsAre(1, 2, 3, 4, 2, 2, 2, 0, 0, 5));
  EXPECT_TRUE((*writer)->Finish().ok());
}

TEST(TraceWriter, RefusesWhatBreaksTheOrder) {
  struct Case {
    const char* name;
    void (*spoil)(v1::Record& record);
    const char* message;
  };
  const Case cases[] = {
      {"time", [](v1::Record& r) { r.set_time_ns(kSampleTime - 1); }, "earlier than the record"},
      {"cause", [](v1::Record& r) { r.set_cause_id(2); }, "has not happened"},
      {"none", [](v1::Record& r) { r.clear_body(); }, "no body"},
      {"frame", [](v1::Record& r) { r.mutable_checksum(); }, "no body"},
  };
  for (const Case& c : cases) {
    std::string bytes;
    auto writer = TraceWriter::Create(MakeStringSink(&bytes), SampleHeader());
    ASSERT_TRUE(writer.ok());
    v1::Record good = SampleRecords()[0];
    EXPECT_EQ((*writer)->Append(good), 1);
    v1::Record bad = SampleRecords()[0];
    c.spoil(bad);
    (*writer)->Append(bad);
    EXPECT_EQ((*writer)->Append(good), 0) << c.name;
    EXPECT_THAT(std::string((*writer)->Finish().message()), HasSubstr(c.message)) << c.name;
  }
  EXPECT_FALSE(TraceWriter::Create(MakeNullSink(), v1::Header()).ok());
}

TEST(TraceWriter, AFileHasItsNameOnlyWhenItIsWhole) {
  const std::string folder = FreshFolder();
  const std::string path = folder + "/run.binpb";
  std::ofstream(path) << "the old one";
  {
    auto unfinished = TraceWriter::Create(path, SampleHeader());
    ASSERT_TRUE(unfinished.ok());
    v1::Record record = SampleRecords()[0];
    (*unfinished)->Append(record);
    EXPECT_EQ(ReadFile(path), "the old one");
  }
  EXPECT_EQ(ReadFile(path), "the old one");
  EXPECT_THAT(NamesIn(folder), testing::ElementsAre("run.binpb"));
  auto writer = TraceWriter::Create(path, SampleHeader());
  ASSERT_TRUE(writer.ok());
  for (v1::Record record : SampleRecords()) (*writer)->Append(record);
  ASSERT_TRUE((*writer)->Finish().ok());
  EXPECT_EQ(ReadFile(path), SampleTrace());
  EXPECT_THAT(NamesIn(folder), testing::ElementsAre("run.binpb"));
}

TEST(TraceWriter, ReplacesTheTargetOfALinkAndKeepsTheLink) {
  const std::string folder = FreshFolder();
  std::ofstream(folder + "/target") << "old";
  std::filesystem::create_symlink("target", folder + "/link");
  auto writer = TraceWriter::Create(folder + "/link", SampleHeader());
  ASSERT_TRUE(writer.ok());
  ASSERT_TRUE((*writer)->Finish().ok());
  EXPECT_TRUE(std::filesystem::is_symlink(folder + "/link"));
  EXPECT_EQ(ReadFile(folder + "/target"), WriteTrace(SampleHeader(), {}));
}

TEST(TraceWriter, SaysWhyAFileCannotBeWritten) {
  const auto missing = TraceWriter::Create("no/such/folder/run.binpb", SampleHeader());
  EXPECT_EQ(missing.status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(missing.status().message()),
              HasSubstr("cannot create no/such/folder/run.binpb"));

  auto full = TraceWriter::Create("/dev/full", SampleHeader());
  const absl::Status status = full.ok() ? (*full)->Finish() : full.status();
  EXPECT_THAT(std::string(status.message()), HasSubstr("cannot write to /dev/full"));
}

}  // namespace
}  // namespace oneup::trace
