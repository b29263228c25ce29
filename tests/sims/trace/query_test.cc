// Questions to a trace, what is said of its records, and where exports go.
#include "sims/trace/query.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "sims/trace/diff.h"
#include "sims/trace/export.h"
#include "sims/trace/text.h"
#include "tests/sims/trace/sample.h"

namespace oneup::trace {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class TraceQuery : public testing::Test {
 protected:
  TraceQuery() {
    folder_ =
        fs::path(testing::TempDir()) /
        (std::string("query_") + testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    path_ = folder_ / "run.binpb";
    std::ofstream(path_, std::ios::binary) << SampleTrace();
  }
  ~TraceQuery() override { fs::remove_all(folder_); }

  // What Perfetto is given of a trace of these.
  std::string PerfettoText(const std::vector<v1::Record>& records) {
    std::ofstream(path_, std::ios::binary) << WriteTrace(SampleHeader(), records);
    const auto reader = TraceReader::Open(path_);
    EXPECT_TRUE(reader.ok()) << reader.status();
    const std::string out = folder_ / "out.json";
    EXPECT_TRUE(reader.ok() && ExportPerfetto(**reader, out).ok());
    std::ifstream file(out);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  fs::path folder_;
  std::string path_;
};

std::vector<uint64_t> Ids(const std::vector<v1::Record>& records) {
  std::vector<uint64_t> ids;
  for (const v1::Record& record : records) ids.push_back(record.id());
  return ids;
}

TEST_F(TraceQuery, WhyIsTheChainOfCausesToTheEvent) {
  const auto fill = Explain(path_, 6);
  ASSERT_TRUE(fill.ok()) << fill.status();
  EXPECT_THAT(Ids(fill->chain), ElementsAre(1, 2, 5, 6));
  EXPECT_THAT(fill->last_news, IsEmpty()) << "the causes are recorded";
  const auto news = Explain(path_, 2);
  ASSERT_TRUE(news.ok());
  EXPECT_EQ(news->effects.at(v1::Record::kReaction), 1);
  EXPECT_EQ(news->effects.at(v1::Record::kAuction), 1);
}

TEST_F(TraceQuery, WhyFallsBackToTheLastNewsOfTheListing) {
  const auto bar = Explain(path_, 9);
  ASSERT_TRUE(bar.ok());
  EXPECT_THAT(Ids(bar->chain), ElementsAre(9));
  EXPECT_THAT(Ids(bar->last_news), ElementsAre(1, 2));
  const auto first = Explain(path_, 1);
  ASSERT_TRUE(first.ok());
  EXPECT_THAT(first->last_news, IsEmpty());
}

TEST_F(TraceQuery, WhySaysWhichRecordsThereAre) {
  EXPECT_THAT(std::string(Explain(path_, 11).status().message()),
              HasSubstr("has no record 11; its records are 1 to 10"));
  EXPECT_THAT(std::string(Explain(path_, 0).status().message()), HasSubstr("counted from 1"));
  EXPECT_EQ(Explain(path_, uint64_t{1} << 63).status().code(), absl::StatusCode::kNotFound);
}

TEST_F(TraceQuery, NamesThatNoRecordHasAreFound) {
  Filter filter;
  filter.actors = {"altman", "elison"};
  filter.events = {"oracle_30"};
  FilteredRecords filtered(filter);
  for (const v1::Record& record : SampleRecords()) filtered.Takes(record);
  EXPECT_THAT(filtered.NamesNotSeen(),
              ElementsAre("no actor 'elison' in this trace",
                          "no event 'oracle_30' in this trace; did you mean 'oracle_300'?"));
}

TEST_F(TraceQuery, TheSameTraceIsTheSameAndAnotherIsNot) {
  const std::string other = folder_ / "other.binpb";
  std::vector<v1::Record> records = SampleRecords();
  records[8].mutable_bar()->set_close_ticks(17726);
  std::ofstream(other, std::ios::binary) << WriteTrace(SampleHeader(), records);
  EXPECT_TRUE(CompareTraces(path_, path_)->same());
  const auto difference = CompareTraces(path_, other);
  ASSERT_TRUE(difference.ok());
  EXPECT_EQ(difference->equal_records, 8);
  ASSERT_EQ(difference->fields.size(), 1);
  EXPECT_EQ(difference->fields[0].what, "bar.close_ticks");
  EXPECT_EQ(difference->fields[0].b, "17726");
  EXPECT_THAT(Ids(difference->a.last_news), ElementsAre(1, 2));
}

TEST(TraceText, IsOneLineThatDoesNotSteerATerminal) {
  EXPECT_EQ(OneLine("a\nb\tc\x1b[2J\x7f"
                    "d"),
            "a b c [2J d");
  EXPECT_EQ(OneLine("a\xc2\x9b"
                    "31m \xc3\xa9 \xe2\x80\x93"),
            "a  31m \xc3\xa9 \xe2\x80\x93");
  v1::Record record = SampleRecords()[0];
  record.mutable_happening()->set_headline("two\nlines \x1b[31m");
  EXPECT_EQ(TextLine(record, Prices(SampleHeader())).find_first_of("\n\x1b"), std::string::npos);
}

TEST_F(TraceQuery, ADatabaseReplacesFilesAndNothingElse) {
  const std::string pipe = folder_ / "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  for (const std::string& path : {pipe, folder_.string()}) {
    EXPECT_THAT(std::string(OpenSqliteFile(path).status().message()), HasSubstr("no regular file"));
  }
  EXPECT_TRUE(fs::is_fifo(pipe));
  std::ofstream(folder_ / "target") << "old";
  fs::create_symlink("target", folder_ / "link");
  auto reader = TraceReader::Open(path_);
  auto sink = OpenSqliteFile(folder_ / "link");
  ASSERT_TRUE(reader.ok() && sink.ok());
  ASSERT_TRUE(ExportTables(**reader, **sink).ok());
  EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
  EXPECT_GT(fs::file_size(folder_ / "target"), 4096);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 4) << "something is left over";
}

// Times and figures at the ends of their ranges overflow nothing (the sanitizers look on).
TEST_F(TraceQuery, ExportsTheLargestAndSmallestFigures) {
  std::vector<v1::Record> records = SampleRecords();
  constexpr int64_t kLeast = std::numeric_limits<int64_t>::min();
  constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
  records[8].mutable_bar()->set_interval_s(std::numeric_limits<uint32_t>::max());
  records[7].mutable_flow()->set_bought(kMost);
  records[7].mutable_flow()->set_sold(kLeast);
  for (v1::Record& record : records) record.set_time_ns(kLeast);
  records.back().set_time_ns(kMost);
  EXPECT_THAT(PerfettoText(records), HasSubstr("\"ts\":-9223372036854775.808,\"dur\":0.000"));
}

// A trace of a later version may hold values that this one's schema does not name.
TEST_F(TraceQuery, ValuesWithoutANameAreToldByTheirNumber) {
  std::vector<v1::Record> records(2);
  v1::Flow& flow = *records[0].mutable_flow();
  flow.set_ticker("NVDA");
  flow.set_population(static_cast<v1::Population>(77));
  v1::MindChange& change = *records[1].mutable_mind_change();
  change.set_actor("altman");
  change.set_state(static_cast<v1::MindState>(-3));
  const Prices prices(SampleHeader());
  EXPECT_THAT(TextLine(records[0], prices), HasSubstr("session: 77 sent"));
  EXPECT_THAT(TextLine(records[1], prices), HasSubstr("altman: -3 0 to 0"));
  const std::string text = PerfettoText(records);
  EXPECT_THAT(text, HasSubstr("\"flow 77\""));
  EXPECT_THAT(text, HasSubstr("\"altman -3\""));
}

}  // namespace
}  // namespace oneup::trace
