#include "sims/stats/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace oneup::sims {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

CsvTable Parsed(std::string_view text) {
  auto table = CsvTable::Parse(text, "t.csv");
  EXPECT_TRUE(table.ok()) << table.status();
  return *std::move(table);
}

TEST(Csv, ReadsThePlainForm) {
  const CsvTable table = Parsed("a,b,c\n1,2,3\n4,5,6\n");
  EXPECT_THAT(table.columns(), ElementsAre("a", "b", "c"));
  ASSERT_EQ(table.rows().size(), 2u);
  EXPECT_THAT(table.rows()[1].fields, ElementsAre("4", "5", "6"));
  EXPECT_EQ(table.rows()[1].line, 3);
}

// Byte-order mark, CR LF, quotes, a line break in a field, blanks, empty lines, no
// break at the end.
TEST(Csv, ReadsWhatSpreadsheetsWrite) {
  const CsvTable table = Parsed(
      "\xEF\xBB\xBF"
      "date,\"a,b\" , c\r\n\r\n2025-01-01,\"say \"\"hi\"\"\", x \r\n  \r\n"
      "2025-01-02,\"two\nlines\",\r\n2025-01-03,,last");
  EXPECT_THAT(table.columns(), ElementsAre("date", "a,b", "c"));
  ASSERT_EQ(table.rows().size(), 3u);
  EXPECT_THAT(table.rows()[0].fields, ElementsAre("2025-01-01", "say \"hi\"", "x"));
  EXPECT_EQ(table.rows()[0].line, 3);
  EXPECT_THAT(table.rows()[1].fields, ElementsAre("2025-01-02", "two\nlines", ""));
  EXPECT_EQ(table.rows()[1].line, 5);
  EXPECT_THAT(table.rows()[2].fields, ElementsAre("2025-01-03", "", "last"));
  EXPECT_EQ(table.rows()[2].line, 7);
}

TEST(Csv, NamesFileAndLineOfEachProblem) {
  const struct {
    std::string_view text;
    const char* message;
  } cases[] = {
      {"", "t.csv:1: the file is empty"},
      {"\n\n", "t.csv:1: the file is empty"},
      {"a,b\n1\n", "t.csv:2: 1 fields where 2 columns are named"},
      {"a,b\n1,2\n1,2,3\n", "t.csv:3: 3 fields where 2 columns are named"},
      {"a,a\n1,2\n", "t.csv:1: two columns are named 'a'"},
      {"a,b\n1,\"2\n", "t.csv:2: a quoted field is not closed"},
      {"a,b\n1,\"2\" x\n", "t.csv:2: text after a closing quote: 'x"},
      {std::string_view("a,b\n1,\0\n", 8), "t.csv:2: a NUL byte"},
  };
  for (const auto& each : cases) {
    const auto table = CsvTable::Parse(each.text, "t.csv");
    ASSERT_FALSE(table.ok()) << each.text;
    EXPECT_THAT(std::string(table.status().message()), HasSubstr(each.message));
  }
}

TEST(Csv, ReportsManyProblemsAtOnceButNotAll) {
  std::string text = "a,b\n";
  for (int i = 0; i < 30; ++i) text += "1\n";
  const std::string message(CsvTable::Parse(text, "t.csv").status().message());
  EXPECT_THAT(message, HasSubstr("t.csv:2:"));
  EXPECT_THAT(message, HasSubstr("t.csv:11:"));
  EXPECT_THAT(message, HasSubstr("and 20 more"));
}

TEST(Csv, FindsColumnsInCapitalsOrNot) {
  const CsvTable table = Parsed("Date,AAPL\n1,2\n");
  EXPECT_EQ(*table.Column("date"), 0u);
  EXPECT_THAT(std::string(table.Column("msft").status().message()),
              HasSubstr("no column 'msft'; there are: Date, AAPL"));
  EXPECT_EQ(std::string(table.Error(table.rows()[0], 1, "is odd").message()),
            "t.csv:2: column AAPL: '2' is odd");
}

TEST(Csv, ShortensAndCleansWhatItQuotes) {
  EXPECT_EQ(Quoted("a\x1b[31m"), "'a?[31m'");
  EXPECT_EQ(Quoted(std::string(100, 'x')), "'" + std::string(40, 'x') + "...'");
}

TEST(Csv, MissingFileIsNamed) {
  const auto table = CsvTable::Read("no/such/file.csv");
  EXPECT_TRUE(absl::IsNotFound(table.status()));
  EXPECT_THAT(std::string(table.status().message()), HasSubstr("no/such/file.csv"));
}

// Any cut and any changed byte of a valid file gives a table or an error.
TEST(Csv, SurvivesAnyBytes) {
  const std::string text = "a,\"b\"\r\n1,\"x\"\"y\"\n\"\",2\n";
  for (size_t i = 0; i <= text.size(); ++i) {
    EXPECT_EQ(CsvTable::Parse(text.substr(0, i), "t").ok(),
              CsvTable::Parse(text.substr(0, i), "u").ok());
    for (int byte = 0; byte < 256 && i < text.size(); ++byte) {
      std::string changed = text;
      changed[i] = static_cast<char>(byte);
      const auto table = CsvTable::Parse(changed, "t");
      if (!table.ok()) {
        EXPECT_FALSE(table.status().message().empty());
        continue;
      }
      for (const CsvRow& row : table->rows()) EXPECT_EQ(row.fields.size(), table->columns().size());
    }
  }
}

TEST(ParseDecimal, TakesAllOfTheTextOrNothing) {
  EXPECT_EQ(ParseDecimal("-1.5"), -1.5);
  EXPECT_EQ(ParseDecimal("+2e3"), 2000);
  for (const char* text : {"", "1x", " 1", "+-1", "++1", "inf", "nan", "1e999", "0x10", "1,5"}) {
    EXPECT_TRUE(std::isnan(ParseDecimal(text))) << text;
  }
}

}  // namespace
}  // namespace oneup::sims
