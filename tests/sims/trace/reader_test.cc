#include "sims/trace/reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zstd.h>

#include <fstream>

#include "sims/trace/crc32c.h"
#include "tests/sims/trace/sample.h"

namespace oneup::trace {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;

std::string Compressed(const std::string& bytes) {
  std::string out;
  auto sink = MakeZstdSink(MakeStringSink(&out));
  EXPECT_TRUE(sink->Write(bytes).ok());
  EXPECT_TRUE(sink->Close().ok());
  return out;
}

struct Outcome {
  absl::Status status;
  std::vector<v1::Record> records;
};

Outcome ReadAll(std::string_view bytes) {
  Outcome outcome;
  auto reader = TraceReader::Open(MakeStringSource(bytes), "run");
  outcome.status = reader.status();
  while (outcome.status.ok()) {
    const auto record = (*reader)->Next();
    outcome.status = record.status();
    if (!record.ok() || *record == nullptr) break;
    outcome.records.push_back(**record);
  }
  if (!outcome.status.ok() && reader.ok()) {
    EXPECT_EQ((*reader)->Next().status(), outcome.status) << "an error must last";
  }
  return outcome;
}

v1::Trace Parse(const std::string& bytes) {
  v1::Trace trace;
  EXPECT_TRUE(trace.ParseFromString(bytes));
  return trace;
}

// Writes a trace of one block again, after changes, with the frame's figures as they are now.
std::string Reframed(v1::Trace trace) {
  std::string out;
  const auto put = [&out](const v1::Record& record) {
    v1::Trace one;
    *one.add_records() = record;
    one.AppendToString(&out);
  };
  const int last = trace.records_size() - 1;
  put(trace.records(0));
  v1::Checksum& checksum = *trace.mutable_records(1)->mutable_checksum();
  const size_t block = out.size();
  checksum.set_to_offset(block);
  checksum.set_crc32c(Crc32c(out));
  for (int i = 1; i < last; ++i) put(trace.records(i));
  v1::Footer& footer = *trace.mutable_records(last)->mutable_footer();
  footer.mutable_index(0)->set_offset(block);
  footer.set_footer_offset(out.size());
  Digest digest;
  digest.Update(out);
  footer.set_digest(digest.Bytes());
  put(trace.records(last));
  const uint32_t crc = Crc32c(std::string_view(out).substr(block, out.size() - 4 - block));
  out.replace(out.size() - 4, 4, reinterpret_cast<const char*>(&crc), 4);
  return out;
}

// Without the schema, so that it is small enough to be damaged in every way.
std::string SmallTrace() {
  v1::Trace trace = Parse(SampleTrace());
  trace.mutable_records(0)->mutable_header()->clear_schema();
  return Reframed(trace);
}

TEST(TraceReader, GivesBackWhatWasWritten) {
  for (const bool compressed : {false, true}) {
    const std::string bytes = compressed ? Compressed(SampleTrace()) : SampleTrace();
    auto reader = TraceReader::Open(MakeStringSource(bytes), "run");
    ASSERT_TRUE(reader.ok()) << reader.status();
    EXPECT_EQ((*reader)->header().scenario_name(), "sample");
    uint64_t id = 0;
    for (v1::Record expected : SampleRecords()) {
      const auto record = (*reader)->Next();
      ASSERT_TRUE(record.ok()) << record.status();
      ASSERT_NE(*record, nullptr);
      expected.set_id(++id);
      EXPECT_EQ((*record)->DebugString(), expected.DebugString());
      EXPECT_EQ((*reader)->bytes(), expected.SerializeAsString());
    }
    for (int twice = 0; twice < 2; ++twice) {
      const auto end = (*reader)->Next();
      ASSERT_TRUE(end.ok()) << end.status();
      EXPECT_EQ(*end, nullptr);
    }
    EXPECT_EQ((*reader)->footer().record_count(), id);
    EXPECT_EQ((*reader)->size(), SampleTrace().size());
  }
  EXPECT_TRUE(ReadAll(SmallTrace()).status.ok());
}

TEST(TraceReader, ReadsManyBlocksAndARecordLargerThanABlock) {
  std::vector<v1::Record> records;
  const v1::Record sample = SampleRecords()[0];
  for (int i = 0; i < 30'000; ++i) {
    records.push_back(sample);
    records.back().set_time_ns(kSampleTime + i);
    if (i % 10'000 == 5'000) {
      records.back().mutable_happening()->set_headline(std::string(3'000'000, 'x'));
    }
  }
  const std::string bytes = WriteTrace(SampleHeader(), records);
  const Outcome plain = ReadAll(bytes);
  EXPECT_TRUE(plain.status.ok()) << plain.status;
  ASSERT_EQ(plain.records.size(), records.size());
  EXPECT_EQ(plain.records[25'000].happening().headline().size(), 3'000'000);
  EXPECT_EQ(plain.records.back().time_ns(), kSampleTime + 29'999);
  EXPECT_EQ(ReadAll(Compressed(bytes)).records.size(), records.size());
}

// One line: "run: byte 12, record 1: what", or "run: compressed byte 12: what".
// (Not <regex>: GCC 12 with sanitizers finds an uninitialised variable in it that is none.)
void ExpectNamed(const absl::Status& status, size_t size) {
  const std::string message(status.message());
  ASSERT_THAT(message, AnyOf(MatchesRegex("run: byte [0-9]+, record [1-9][0-9]*: [^\n]{10,}"),
                             MatchesRegex("run: compressed byte [0-9]+: [^\n]{10,}"),
                             MatchesRegex("run: is no trace: byte 0 is [^\n]+")));
  constexpr std::string_view kByte = "run: byte ";
  if (message.starts_with(kByte)) {
    EXPECT_LE(std::stoul(message.substr(kByte.size())), size) << message;
  }
}

TEST(TraceReader, NamesACutAtEveryByte) {
  const std::string bytes = SampleTrace();
  for (size_t cut = 0; cut < bytes.size(); ++cut) {
    const absl::Status status = ReadAll(std::string_view(bytes).substr(0, cut)).status;
    ASSERT_EQ(status.code(), absl::StatusCode::kDataLoss) << cut << ": " << status;
    ExpectNamed(status, cut);
    ASSERT_THAT(std::string(status.message()), HasSubstr(cut > 0 ? "is cut" : "is empty")) << cut;
  }
}

TEST(TraceReader, NamesACutAtEveryByteOfACompressedFile) {
  const std::string bytes = Compressed(SampleTrace());
  for (size_t cut = 0; cut < bytes.size(); ++cut) {
    const absl::Status status = ReadAll(std::string_view(bytes).substr(0, cut)).status;
    ASSERT_FALSE(status.ok()) << cut;
    ExpectNamed(status, bytes.size());
    // What is left of the magic number is no sign of compression.
    ASSERT_THAT(std::string(status.message()), HasSubstr(cut >= 4  ? "is cut"
                                                         : cut > 0 ? "is no trace"
                                                                   : "is empty"));
  }
}

void FlipEveryBit(std::string bytes, size_t plain_size) {
  for (size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    const char mask = static_cast<char>(1 << bit % 8);
    bytes[bit / 8] ^= mask;
    const absl::Status status = ReadAll(bytes).status;
    bytes[bit / 8] ^= mask;
    ASSERT_FALSE(status.ok()) << "bit " << bit % 8 << " of byte " << bit / 8;
    ExpectNamed(status, plain_size);
  }
}

TEST(TraceReader, NamesEveryFlippedBit) { FlipEveryBit(SmallTrace(), SmallTrace().size()); }

TEST(TraceReader, NamesEveryFlippedBitOfACompressedFile) {
  FlipEveryBit(Compressed(SmallTrace()), SmallTrace().size());
}

// Every byte of the schema too, one bit each.
TEST(TraceReader, NamesAFlippedBitOfEveryByteOfAWholeTrace) {
  std::string bytes = SampleTrace();
  for (size_t i = 0; i < bytes.size(); ++i) {
    const char mask = static_cast<char>(1 << i % 8);
    bytes[i] ^= mask;
    const absl::Status status = ReadAll(bytes).status;
    bytes[i] ^= mask;
    ASSERT_FALSE(status.ok()) << i;
    ExpectNamed(status, bytes.size());
  }
}

TEST(TraceReader, SaysWhatIsWrongAndWhatWasExpected) {
  const std::string good = SmallTrace();
  const std::string wrapped = Compressed(good);
  std::string flipped = good;
  flipped[good.find("OpenAI signs")] ^= 1;
  struct Case {
    std::string bytes;
    const char* message;
  };
  const Case cases[] = {
      {"", "run: byte 0, record 1: the file is empty"},
      {"date,NVDA\n", "run: is no trace: byte 0 is 64"},
      {good + "x", ": the file goes on after its footer"},
      {good + good, ": the file goes on after its footer"},
      {flipped, "CRC-32C"},
      {std::string("\x0a\xff\xff\xff\xff\x7f", 6) + good, "at most 4194304 are allowed"},
      {std::string("\x0a\xff\xff\xff\xff\xff\x7f", 7) + good, "more than 5 bytes"},
      {wrapped + "x", "goes on after its end"},
      {wrapped + wrapped, "goes on after its end"},
      {wrapped.substr(0, wrapped.size() - 12), "or another program compressed it"},
  };
  for (const Case& c : cases) {
    EXPECT_THAT(std::string(ReadAll(c.bytes).status.message()), HasSubstr(c.message));
  }
}

// Frames that ask for more memory than the reader gives are turned down.
TEST(TraceReader, RefusesALargeWindow) {
  std::unique_ptr<ZSTD_CCtx, size_t (*)(ZSTD_CCtx*)> context(ZSTD_createCCtx(), ZSTD_freeCCtx);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_windowLog, 27);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_contentSizeFlag, 0);
  const std::string bytes(1 << 16, '\x0a');
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  ZSTD_outBuffer to{out.data(), out.size(), 0};
  ZSTD_inBuffer from{bytes.data(), bytes.size(), 0};
  while (ZSTD_compressStream2(context.get(), &to, &from, ZSTD_e_continue) > 0 &&
         from.pos < from.size) {
  }
  ASSERT_EQ(ZSTD_compressStream2(context.get(), &to, &from, ZSTD_e_end), 0);
  EXPECT_THAT(std::string(ReadAll({out.data(), to.pos}).status.message()), HasSubstr("memory"));
}

// Gives the same bytes for ever, as a decompression bomb does.
class EndlessSource : public ByteSource {
 public:
  EndlessSource(std::string_view bytes, uint64_t* given) : bytes_(bytes), given_(given) {}
  absl::StatusOr<size_t> Read(char* to, size_t size) override {
    for (size_t i = 0; i < size; ++i) to[i] = bytes_[*given_ + i < bytes_.size() ? *given_ + i : 2];
    *given_ += size;
    return size;
  }

 private:
  std::string_view bytes_;
  uint64_t* given_;
};

TEST(TraceReader, GivesUpOnABombWithinAFewMegabytes) {
  using std::string_view_literals::operator""sv;
  struct Case {
    std::string_view bytes;  // the third is repeated
    const char* message;
  };
  const Case cases[] = {
      {"\x0a\x0a\x0a"sv, "no checksum since byte 0"},
      {"\x0a\x7f\x00"sv, "0x00 where a record's first byte"},
      {"\x0a\xff\xff"sv, "more than 5 bytes"},
  };
  for (const Case& c : cases) {
    uint64_t given = 0;
    const auto reader = TraceReader::Open(std::make_unique<EndlessSource>(c.bytes, &given), "run");
    EXPECT_THAT(std::string(reader.status().message()), HasSubstr(c.message));
    EXPECT_LE(given, kMaxRecord + kMaxBlock);
  }
}

TEST(TraceReader, RefusesALaterVersionOfTheFormat) {
  v1::Trace trace = Parse(SampleTrace());
  trace.mutable_records(0)->mutable_header()->set_format_version(2);
  const absl::Status status = ReadAll(Reframed(trace)).status;
  EXPECT_EQ(status.code(), absl::StatusCode::kUnimplemented);
  EXPECT_THAT(std::string(status.message()), HasSubstr("version 2 of the format by oneup"));
}

TEST(TraceReader, QuotesWhatAStrangerWroteInOneLine) {
  const auto message_of = [](auto change) {
    v1::Trace trace = Parse(SampleTrace());
    change(*trace.mutable_records(0)->mutable_header());
    return std::string(ReadAll(Reframed(trace)).status.message());
  };
  const std::string format = message_of(
      [](v1::Header& header) { header.set_format("a\n\x1b[2J" + std::string(999, 'b')); });
  EXPECT_THAT(format, HasSubstr("its format is 'a\\n\\x1b[2Jbbb"));
  EXPECT_LT(format.size(), 200u);
  const std::string version = message_of([](v1::Header& header) {
    header.set_format_version(2);
    header.set_program_version("9\n9");
  });
  EXPECT_THAT(version, HasSubstr("by oneup 9\\n9;"));
}

TEST(TraceReader, ReadsKindsThatItDoesNotKnow) {
  v1::Trace trace = Parse(SampleTrace());
  v1::Record& record = *trace.mutable_records(4);
  ASSERT_EQ(record.id(), 3);
  record.clear_body();
  record.GetReflection()->MutableUnknownFields(&record)->AddLengthDelimited(63, "from the future");
  v1::Footer& footer = *trace.mutable_records(trace.records_size() - 1)->mutable_footer();
  for (v1::KindCount& kind : *footer.mutable_kinds()) {
    if (kind.field() == v1::Record::kAttention) kind.set_field(63);
  }
  const Outcome outcome = ReadAll(Reframed(trace));
  EXPECT_TRUE(outcome.status.ok()) << outcome.status;
  EXPECT_EQ(outcome.records.size(), SampleRecords().size());
  EXPECT_EQ(KindOf(outcome.records.at(2)), 63);
}

// Right checksums do not make a wrong trace right.
TEST(TraceReader, ChecksWhatTheRecordsSay) {
  struct Case {
    void (*spoil)(v1::Record& third, v1::Footer& footer);
    const char* message;
  };
  const Case cases[] = {
      {[](v1::Record& r, v1::Footer&) { r.set_id(7); }, "id 7 where 3 is expected"},
      {[](v1::Record& r, v1::Footer&) { r.set_time_ns(1); }, "time_ns 1 after"},
      {[](v1::Record& r, v1::Footer&) { r.set_cause_id(3); }, "cause_id 3 where an earlier"},
      {[](v1::Record& r, v1::Footer&) { r.clear_body(); }, "without a body"},
      {[](v1::Record& r, v1::Footer&) { r.mutable_checksum(); }, "part of the file's frame"},
      {[](v1::Record&, v1::Footer& f) { f.set_record_count(9); }, "counts 9 records where"},
      {[](v1::Record&, v1::Footer& f) { f.mutable_kinds(0)->set_count(5); },
       "counts 5 records of kind 7 where there are 1"},
      {[](v1::Record&, v1::Footer& f) { f.mutable_index(0)->set_id(2); }, "whose index of 1"},
      {[](v1::Record&, v1::Footer& f) { f.add_index(); }, "whose index of 2"},
  };
  for (const Case& c : cases) {
    v1::Trace trace = Parse(SampleTrace());
    c.spoil(*trace.mutable_records(4),
            *trace.mutable_records(trace.records_size() - 1)->mutable_footer());
    EXPECT_THAT(std::string(ReadAll(Reframed(trace)).status.message()), HasSubstr(c.message));
  }
}

TEST(TraceReader, ReadsFilesAndSaysWhyItCannot) {
  const std::string path = testing::TempDir() + "reader_test.binpb";
  std::ofstream(path, std::ios::binary) << SampleTrace();
  EXPECT_TRUE(TraceReader::Open(path).ok());
  const absl::Status missing = TraceReader::Open("no/such.binpb").status();
  EXPECT_EQ(missing.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(missing.message(), "no/such.binpb: no such file");
  EXPECT_THAT(std::string(TraceReader::Open(testing::TempDir()).status().message()),
              HasSubstr("is a folder"));
}

}  // namespace
}  // namespace oneup::trace
