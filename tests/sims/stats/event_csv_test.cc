#include "sims/stats/event_csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace oneup::sims {
namespace {

using kernel::CivilDay;
using testing::HasSubstr;

CsvTable Table(std::string_view text) { return *CsvTable::Parse(text, "r.csv"); }

TEST(EventDay, ReadsBothForms) {
  EXPECT_EQ(*ParseEventDay("2025-09-10"), CivilDay(2025, 9, 10));
  EXPECT_EQ(*ParseEventDay("10/09/2025"), CivilDay(2025, 9, 10));
  EXPECT_EQ(*ParseEventDay("5/9/2025"), CivilDay(2025, 9, 5));
  EXPECT_EQ(*ParseEventDay("29/02/2024"), CivilDay(2024, 2, 29));
}

TEST(EventDay, RefusesDaysThatDoNotExist) {
  for (const char* text :
       {"", "29/02/2025", "31/04/2025", "00/01/2025", "12/13/2025", "2025-02-30", "1/1/25",
        "01/01/2025/", "/01/2025", "-1/01/2025", "2025/01/02", "01/01/ 025", "10.09.2025"}) {
    EXPECT_FALSE(ParseEventDay(text).ok()) << text;
  }
}

TEST(ReturnCsv, SortsDaysAndKeepsBlanksAsMissing) {
  const auto table =
      ToReturns(Table("AAA,date,B C\n0.01,2025-01-03,\n-1e-2,02/01/2025,+0.5\nNA,2025-01-06,0\n"));
  ASSERT_TRUE(table.ok()) << table.status();
  ASSERT_EQ(table->days.size(), 3u);
  EXPECT_EQ(table->days[0], CivilDay(2025, 1, 2));
  EXPECT_EQ(table->returns.at("AAA")[0], -0.01);
  EXPECT_EQ(table->returns.at("AAA")[1], 0.01);
  EXPECT_TRUE(std::isnan(table->returns.at("AAA")[2]));
  EXPECT_EQ(table->returns.at("B C")[0], 0.5);
  EXPECT_TRUE(std::isnan(table->returns.at("B C")[1]));
}

TEST(ReturnCsv, NamesLineColumnAndValueOfAProblem) {
  const struct {
    const char* text;
    const char* message;
  } cases[] = {
      {"day,A\n1,2\n", "r.csv:1: no column 'date'; there are: day, A"},
      {"date,A\n2025-01-02,x\n", "r.csv:2: column A: 'x' is no return"},
      {"date,A\n2025-01-02,1%\n", "column A: '1%'"},
      {"date,A\n2025-01-02,inf\n", "column A: 'inf'"},
      {"date,A\n2025-01-02,0x1p3\n", "column A: '0x1p3'"},
      {"date,A\n2025-13-02,1\n", "r.csv:2: column date: '2025-13-02' is no date"},
      {"date,A\n2025-01-02,1\n2025-01-03,1\n02/01/2025,2\n",
       "r.csv:4: column date: '2025-01-02' is in line 2 already"},
  };
  for (const auto& each : cases) {
    const auto table = ToReturns(Table(each.text));
    ASSERT_FALSE(table.ok()) << each.text;
    EXPECT_THAT(std::string(table.status().message()), HasSubstr(each.message));
  }
}

TEST(EventCsv, ReadsColumnsInAnyOrder) {
  const auto events =
      ToEvents(Table("event_date, note,market_ticker,security_ticker\n31/10/2019,x,SPY,AAPL\n"));
  ASSERT_TRUE(events.ok()) << events.status();
  ASSERT_EQ(events->size(), 1u);
  EXPECT_EQ(events->front().security, "AAPL");
  EXPECT_EQ(events->front().market, "SPY");
  EXPECT_EQ(events->front().date, CivilDay(2019, 10, 31));
  EXPECT_EQ(events->front().line, 2);
}

TEST(EventCsv, NamesProblems) {
  const struct {
    const char* text;
    const char* message;
  } cases[] = {
      {"security_ticker,event_date\nA,B\n", "no column 'market_ticker'"},
      {"security_ticker,market_ticker,event_date\nA,,2025-01-02",
       "r.csv:2: column market_ticker: '' names no ticker"},
      {"security_ticker,market_ticker,event_date\nA,B,soon",
       "r.csv:2: column event_date: 'soon' is no date"},
  };
  for (const auto& each : cases) {
    const auto events = ToEvents(Table(each.text));
    ASSERT_FALSE(events.ok()) << each.text;
    EXPECT_THAT(std::string(events.status().message()), HasSubstr(each.message));
  }
}

// Rows on weekdays from Monday 2025-01-06 on; the security jumps on the 11th row,
// Monday 2025-01-20.
ReturnTable Weekdays() {
  ReturnTable table;
  for (CivilDay day(2025, 1, 6); table.days.size() < 30; ++day) {
    if (absl::GetWeekday(day) >= absl::Weekday::saturday) continue;
    const auto i = static_cast<double>(table.days.size());
    table.days.push_back(day);
    table.returns["M"].push_back(0.01 * std::sin(i));
    table.returns["S"].push_back(0.02 * std::sin(i) + (i == 10 ? 0.1 : 0));
  }
  return table;
}

TEST(ListedStudy, MovesAnEventToTheNextTradingDay) {
  const ReturnTable table = Weekdays();
  const EventStudyOptions options = {.estimation = 5, .buffer = 1, .first_day = -1, .last_day = 1};
  const std::vector<ListedEvent> events = {{"S", "M", CivilDay(2025, 1, 20), 2},
                                           {"S", "M", CivilDay(2025, 1, 18), 3}};
  const auto study = StudyEvents(table, events, options);
  ASSERT_TRUE(study.ok());
  ASSERT_EQ(study->results.size(), 2u);
  EXPECT_EQ(study->moved, 1);
  EXPECT_EQ(study->used[1].date, CivilDay(2025, 1, 20));
  EXPECT_NEAR(study->results[1].Abnormal(0), 0.1, 1e-12);
  EXPECT_EQ(study->results[0].abnormal, study->results[1].abnormal);
}

TEST(ListedStudy, SkipsAndSaysWhy) {
  const ReturnTable table = Weekdays();
  const EventStudyOptions options = {.estimation = 5, .buffer = 1, .first_day = -1, .last_day = 1};
  const std::vector<ListedEvent> events = {
      {"X", "M", CivilDay(2025, 1, 20), 2}, {"S", "Y", CivilDay(2025, 1, 20), 3},
      {"S", "M", CivilDay(2025, 1, 8), 4},  {"S", "M", CivilDay(2024, 1, 8), 5},
      {"S", "M", CivilDay(2025, 2, 14), 6}, {"S", "M", CivilDay(2026, 2, 14), 7}};
  const auto study = StudyEvents(table, events, options);
  ASSERT_TRUE(study.ok());
  EXPECT_TRUE(study->results.empty());
  ASSERT_EQ(study->skipped.size(), 6u);
  const char* reasons[] = {
      "no returns of 'X'", "no returns of 'Y'", "0 of the 5 returns", "no trading day", "day 1",
      "no trading day"};
  for (size_t i = 0; i < 6; ++i) {
    EXPECT_THAT(study->skipped[i].reason, HasSubstr(reasons[i])) << i;
    EXPECT_EQ(study->skipped[i].event.line, static_cast<int>(i) + 2);
  }
}

}  // namespace
}  // namespace oneup::sims
