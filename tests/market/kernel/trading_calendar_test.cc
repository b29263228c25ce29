// New York's and Tokyo's sessions of 2024 and 2025 in UTC, from the exchanges'
// published hours: NYSE "Holidays & Trading Hours" and JPX "Trading Hours", the
// latter with the close moved from 15:00 to 15:30 on 2024-11-05.
#include "market/kernel/trading_calendar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace oneup::kernel {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

CivilDay Day(std::string_view text) { return ParseDay(text).value(); }

TradingCalendarSpec NewYorkSpec() {
  TradingCalendarSpec spec;
  spec.id = "XNYS";
  spec.zone = "America/New_York";
  spec.first_day = Day("2024-01-01");
  spec.last_day = Day("2025-12-31");
  spec.rules = {{.effective_from = Day("2024-01-01"),
                 .pre_open = {4, 0},
                 .open = {9, 30},
                 .breaks = {},
                 .closing_call = {},
                 .close = {16, 0}}};
  for (const char* day :
       {"2024-01-01", "2024-01-15", "2024-02-19", "2024-03-29", "2024-05-27", "2024-06-19",
        "2024-07-04", "2024-09-02", "2024-11-28", "2024-12-25", "2025-01-01", "2025-01-09",
        "2025-01-20", "2025-02-17", "2025-04-18", "2025-05-26", "2025-06-19", "2025-07-04",
        "2025-09-01", "2025-11-27", "2025-12-25"}) {
    spec.holidays.push_back(Day(day));
  }
  for (const char* day :
       {"2024-07-03", "2024-11-29", "2024-12-24", "2025-07-03", "2025-11-28", "2025-12-24"}) {
    spec.half_days.push_back({Day(day), {13, 0}});
  }
  return spec;
}

TradingCalendarSpec TokyoSpec() {
  TradingCalendarSpec spec;
  spec.id = "XTKS";
  spec.zone = "Asia/Tokyo";
  spec.first_day = Day("2024-01-01");
  spec.last_day = Day("2025-12-31");
  spec.rules = {{.effective_from = Day("2011-11-21"),
                 .pre_open = {8, 0},
                 .open = {9, 0},
                 .breaks = {{{11, 30}, {12, 30}}},
                 .closing_call = {},
                 .close = {15, 0}},
                {.effective_from = Day("2024-11-05"),
                 .pre_open = {8, 0},
                 .open = {9, 0},
                 .breaks = {{{11, 30}, {12, 30}}},
                 .closing_call = ClockTime{15, 25},
                 .close = {15, 30}}};
  for (const char* day : {"2024-01-01", "2024-01-02", "2024-01-03", "2024-11-04", "2024-12-31",
                          "2025-01-01", "2025-01-02", "2025-01-03", "2025-12-31"}) {
    spec.holidays.push_back(Day(day));
  }
  return spec;
}

const TradingCalendar& NewYork() {
  static const TradingCalendar calendar = TradingCalendar::Create(NewYorkSpec()).value();
  return calendar;
}

const TradingCalendar& Tokyo() {
  static const TradingCalendar calendar = TradingCalendar::Create(TokyoSpec()).value();
  return calendar;
}

std::string Utc(Time time) { return FormatMinute(time, absl::UTCTimeZone()); }

struct SessionCase {
  const char* exchange;
  const char* day;
  const char* pre_open;
  const char* open;
  const char* lunch;  // "start/end" or empty
  const char* closing_call;
  const char* close;
  bool half_day = false;
};

class Sessions : public ::testing::TestWithParam<SessionCase> {};

TEST_P(Sessions, AreInUtc) {
  const SessionCase& c = GetParam();
  const TradingCalendar& calendar = c.exchange == std::string("XNYS") ? NewYork() : Tokyo();
  const Session* session = calendar.SessionOn(Day(c.day));
  ASSERT_NE(session, nullptr) << c.day;
  EXPECT_EQ(session->day, Day(c.day));
  EXPECT_EQ(Utc(session->pre_open), c.pre_open);
  EXPECT_EQ(Utc(session->open), c.open);
  EXPECT_EQ(Utc(session->closing_call), c.closing_call);
  EXPECT_EQ(Utc(session->close), c.close);
  EXPECT_EQ(session->half_day, c.half_day);
  std::string lunch;
  for (const Session::Break& b : session->breaks) lunch += Utc(b.start) + "/" + Utc(b.end);
  EXPECT_EQ(lunch, c.lunch);
}

INSTANTIATE_TEST_SUITE_P(
    TradingCalendar, Sessions,
    ::testing::Values(
        // Around the changes of clocks: 2024-03-10, 2024-11-03, 2025-03-09, 2025-11-02.
        SessionCase{"XNYS", "2024-03-08", "2024-03-08 09:00", "2024-03-08 14:30", "",
                    "2024-03-08 21:00", "2024-03-08 21:00"},
        SessionCase{"XNYS", "2024-03-11", "2024-03-11 08:00", "2024-03-11 13:30", "",
                    "2024-03-11 20:00", "2024-03-11 20:00"},
        SessionCase{"XNYS", "2024-11-01", "2024-11-01 08:00", "2024-11-01 13:30", "",
                    "2024-11-01 20:00", "2024-11-01 20:00"},
        SessionCase{"XNYS", "2024-11-04", "2024-11-04 09:00", "2024-11-04 14:30", "",
                    "2024-11-04 21:00", "2024-11-04 21:00"},
        SessionCase{"XNYS", "2025-03-07", "2025-03-07 09:00", "2025-03-07 14:30", "",
                    "2025-03-07 21:00", "2025-03-07 21:00"},
        SessionCase{"XNYS", "2025-03-10", "2025-03-10 08:00", "2025-03-10 13:30", "",
                    "2025-03-10 20:00", "2025-03-10 20:00"},
        SessionCase{"XNYS", "2025-10-31", "2025-10-31 08:00", "2025-10-31 13:30", "",
                    "2025-10-31 20:00", "2025-10-31 20:00"},
        SessionCase{"XNYS", "2025-11-03", "2025-11-03 09:00", "2025-11-03 14:30", "",
                    "2025-11-03 21:00", "2025-11-03 21:00"},
        // Half days, in summer and winter time.
        SessionCase{"XNYS", "2024-07-03", "2024-07-03 08:00", "2024-07-03 13:30", "",
                    "2024-07-03 17:00", "2024-07-03 17:00", true},
        SessionCase{"XNYS", "2024-11-29", "2024-11-29 09:00", "2024-11-29 14:30", "",
                    "2024-11-29 18:00", "2024-11-29 18:00", true},
        SessionCase{"XNYS", "2024-12-24", "2024-12-24 09:00", "2024-12-24 14:30", "",
                    "2024-12-24 18:00", "2024-12-24 18:00", true},
        SessionCase{"XNYS", "2025-07-03", "2025-07-03 08:00", "2025-07-03 13:30", "",
                    "2025-07-03 17:00", "2025-07-03 17:00", true},
        SessionCase{"XNYS", "2025-11-28", "2025-11-28 09:00", "2025-11-28 14:30", "",
                    "2025-11-28 18:00", "2025-11-28 18:00", true},
        SessionCase{"XNYS", "2025-12-24", "2025-12-24 09:00", "2025-12-24 14:30", "",
                    "2025-12-24 18:00", "2025-12-24 18:00", true},
        // Tokyo has no summer time; the pre-opening lies on the evening before in UTC.
        SessionCase{"XTKS", "2024-11-01", "2024-10-31 23:00", "2024-11-01 00:00",
                    "2024-11-01 02:30/2024-11-01 03:30", "2024-11-01 06:00", "2024-11-01 06:00"},
        SessionCase{"XTKS", "2024-11-05", "2024-11-04 23:00", "2024-11-05 00:00",
                    "2024-11-05 02:30/2024-11-05 03:30", "2024-11-05 06:25", "2024-11-05 06:30"},
        SessionCase{"XTKS", "2025-07-01", "2025-06-30 23:00", "2025-07-01 00:00",
                    "2025-07-01 02:30/2025-07-01 03:30", "2025-07-01 06:25", "2025-07-01 06:30"}));

TEST(TradingCalendar, ClosedDays) {
  for (const char* day : {"2025-01-09", "2025-01-20", "2025-07-04", "2024-11-28", "2025-01-18",
                          "2025-01-19", "2023-12-29", "2026-01-02"}) {
    EXPECT_FALSE(NewYork().IsTradingDay(Day(day))) << day;
  }
  for (const char* day : {"2024-12-31", "2025-01-01", "2025-01-02", "2025-01-03", "2025-12-31"}) {
    EXPECT_FALSE(Tokyo().IsTradingDay(Day(day))) << day;
  }
  EXPECT_TRUE(Tokyo().IsTradingDay(Day("2024-12-30")));
  EXPECT_TRUE(Tokyo().IsTradingDay(Day("2025-01-06")));
}

TEST(TradingCalendar, YearsHaveTheirPublishedNumberOfSessions) {
  EXPECT_EQ(NewYork().TradingDaysBetween(Day("2023-12-31"), Day("2024-12-31")), 252);
  EXPECT_EQ(NewYork().TradingDaysBetween(Day("2024-12-31"), Day("2025-12-31")), 250);
}

TEST(TradingCalendar, NeighboursAndDistances) {
  const TradingCalendar& c = NewYork();
  EXPECT_EQ(c.NextTradingDay(Day("2025-01-17")), Day("2025-01-21"));  // King's day
  EXPECT_EQ(c.NextTradingDay(Day("2025-01-18")), Day("2025-01-21"));
  EXPECT_EQ(c.PreviousTradingDay(Day("2025-01-10")), Day("2025-01-08"));  // day of mourning
  EXPECT_EQ(c.PreviousTradingDay(Day("2024-01-02")), std::nullopt);
  EXPECT_EQ(c.NextTradingDay(Day("2025-12-31")), std::nullopt);
  EXPECT_EQ(c.TradingDaysBetween(Day("2025-01-08"), Day("2025-01-10")), 1);
  EXPECT_EQ(c.TradingDaysBetween(Day("2025-01-10"), Day("2025-01-08")), -1);
  EXPECT_EQ(c.TradingDaysBetween(Day("2025-01-21"), Day("2025-01-21")), 0);
  EXPECT_EQ(c.TradingDaysBetween(Day("2025-01-18"), Day("2025-01-19")), 0);
  const size_t i = c.IndexOnOrAfter(Day("2025-01-18"));
  EXPECT_EQ(c.sessions()[i].day, Day("2025-01-21"));
  EXPECT_EQ(c.IndexOnOrAfter(Day("2030-01-01")), c.sessions().size());
}

// Properties that hold for all days of a calendar.
TEST(TradingCalendar, EveryDayIsConsistent) {
  for (const TradingCalendar* c : {&NewYork(), &Tokyo()}) {
    int64_t count = 0;
    for (CivilDay day = c->first_day(); day <= c->last_day(); ++day) {
      const Session* session = c->SessionOn(day);
      if (session != nullptr) ++count;
      const auto next = c->NextTradingDay(day);
      if (next) {
        EXPECT_EQ(c->TradingDaysBetween(day, *next), 1) << FormatDay(day);
        if (session != nullptr) {
          EXPECT_EQ(c->PreviousTradingDay(*next), day);
        }
      }
      if (session == nullptr) continue;
      EXPECT_LE(session->pre_open, session->open);
      EXPECT_LT(session->open, session->closing_call);
      EXPECT_LE(session->closing_call, session->close);
      EXPECT_EQ(c->SessionAtOrAfter(session->open), session);
      EXPECT_EQ(c->SessionAtOrAfter(Time{session->close.ns - 1}), session);
      const Session* after = c->SessionAtOrAfter(session->close);
      EXPECT_EQ(after == nullptr, !next.has_value());
      if (after != nullptr) {
        EXPECT_EQ(after->day, *next);
      }
    }
    EXPECT_EQ(count, static_cast<int64_t>(c->sessions().size()));
  }
}

// Stargate was announced after New York's close; Tokyo opened first.
TEST(TradingCalendar, TheSessionThatHearsNewsFirst) {
  const Time news = ParseInstant("2025-01-21T17:00-05:00").value();
  EXPECT_EQ(NewYork().SessionAtOrAfter(news)->day, Day("2025-01-22"));
  EXPECT_EQ(Tokyo().SessionAtOrAfter(news)->day, Day("2025-01-22"));
  EXPECT_LT(Tokyo().SessionAtOrAfter(news)->open, NewYork().SessionAtOrAfter(news)->open);
}

TEST(TradingCalendar, AClosingCallMovesWithAnEarlyCloseAndLaterBreaksFall) {
  TradingCalendarSpec spec = TokyoSpec();
  spec.half_days = {{Day("2025-12-30"), {11, 30}}};
  const auto calendar = TradingCalendar::Create(spec);
  ASSERT_TRUE(calendar.ok()) << calendar.status();
  const Session* session = calendar->SessionOn(Day("2025-12-30"));
  EXPECT_TRUE(session->breaks.empty());
  EXPECT_EQ(Utc(session->closing_call), "2025-12-30 02:25");
  EXPECT_EQ(Utc(session->close), "2025-12-30 02:30");
}

TEST(TradingCalendar, AllProblemsAreReportedAtOnce) {
  TradingCalendarSpec spec = NewYorkSpec();
  spec.zone = "America/Gotham";
  spec.rules[0].open = {17, 0};
  spec.rules[0].pre_open = {4, 75};
  spec.holidays.push_back(Day("2025-12-25"));
  spec.holidays.push_back(Day("2031-01-01"));
  spec.half_days.push_back({Day("2025-07-05"), {13, 0}});
  spec.half_days.push_back({Day("2025-07-04"), {13, 0}});
  spec.half_days.push_back({Day("2025-07-03"), {16, 0}});
  const auto calendar = TradingCalendar::Create(spec);
  ASSERT_EQ(calendar.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(calendar.status().message()),
              AllOf(HasSubstr("\"America/Gotham\" is not a zone"),
                    HasSubstr("rule from 2024-01-01: pre-open 04:75 is no time of day"),
                    HasSubstr("rule from 2024-01-01: close 16:00 must come after open 17:00"),
                    HasSubstr("holiday 2025-12-25 is given twice"),
                    HasSubstr("holiday 2031-01-01 lies outside the calendar"),
                    HasSubstr("half day 2025-07-05 is a weekend"),
                    HasSubstr("half day 2025-07-04 is also a holiday"),
                    HasSubstr("half day 2025-07-03 is given twice"),
                    HasSubstr("close 16:00 must come before the ordinary close")));
}

TEST(TradingCalendar, SpecificationsThatAreRefused) {
  struct Case {
    const char* problem;
    void (*spoil)(TradingCalendarSpec*);
  };
  const std::vector<Case> cases = {
      {"no session rule", [](TradingCalendarSpec* s) { s->rules.clear(); }},
      {"lies before first day", [](TradingCalendarSpec* s) { s->last_day = Day("2023-01-01"); }},
      {"more than 200 years", [](TradingCalendarSpec* s) { s->first_day = CivilDay(1800); }},
      {"years 1700 to 2200", [](TradingCalendarSpec* s) { s->first_day = CivilDay(-5); }},
      {"no session rule on the first day",
       [](TradingCalendarSpec* s) { s->rules[0].effective_from = Day("2024-02-01"); }},
      {"must take effect after", [](TradingCalendarSpec* s) { s->rules.push_back(s->rules[0]); }},
      {"break start 09:00 must come after open",
       [](TradingCalendarSpec* s) {
         s->rules[0].breaks = {{{9, 0}, {9, 40}}};
       }},
      {"break end 11:00 must come after break start",
       [](TradingCalendarSpec* s) {
         s->rules[0].breaks = {{{12, 0}, {11, 0}}};
       }},
      {"falls into the break",
       [](TradingCalendarSpec* s) {
         s->rules[0].breaks = {{{12, 30}, {13, 30}}};
       }},
      {"leaves no trading",
       [](TradingCalendarSpec* s) {
         s->half_days = {{Day("2025-07-03"), {9, 30}}};
       }},
      {"is not a zone", [](TradingCalendarSpec* s) { s->zone = "localtime"; }},
      {"is not a zone", [](TradingCalendarSpec* s) { s->zone = ""; }},
  };
  for (const Case& c : cases) {
    TradingCalendarSpec spec = NewYorkSpec();
    c.spoil(&spec);
    EXPECT_THAT(std::string(TradingCalendar::Create(spec).status().message()),
                HasSubstr(c.problem));
  }
}

}  // namespace
}  // namespace oneup::kernel
