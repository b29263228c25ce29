// The event study on tables from files: daily returns of many tickers, and a list
// of events. File formats in docs/event-study.md.
#pragma once

#include <absl/status/statusor.h>

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "market/kernel/civil_time.h"
#include "sims/stats/csv.h"
#include "sims/stats/event_study.h"

namespace oneup::sims {

// Daily returns: a row a trading day, ascending; a column a ticker.
struct ReturnTable {
  std::vector<kernel::CivilDay> days;
  std::map<std::string, std::vector<double>> returns;  // NaN where there is none
};

struct ListedEvent {
  std::string security;
  std::string market;
  kernel::CivilDay date;
  int line = 0;  // of the file
};

// "2025-01-21" or "21/01/2025" (day first; one-digit days and months allowed).
absl::StatusOr<kernel::CivilDay> ParseEventDay(std::string_view text);

// Of a table "date,TICKER,...": dates in either form, in any order but each once;
// returns as decimal numbers; an empty field, "NA", "NaN", "nan", "null", "#N/A" or
// "." is a missing return. Everything else is an error that names line, column and
// value.
absl::StatusOr<ReturnTable> ToReturns(const CsvTable& table);

// Of a table with the columns security_ticker, market_ticker and event_date, in any
// order; others are ignored.
absl::StatusOr<std::vector<ListedEvent>> ToEvents(const CsvTable& table);

struct SkippedEvent {
  ListedEvent event;
  std::string reason;
};

struct ListedStudy {
  std::vector<EventResult> results;
  std::vector<ListedEvent> used;  // of each result, with the trading day as its date
  std::vector<SkippedEvent> skipped;
  int moved = 0;  // used events whose date was no trading day
};

// Calendar days that an event may be moved to reach a trading day: over the longest
// usual closures of exchanges (a week and two weekends) but not over a hole in the
// data.
inline constexpr int kMaxMoveDays = 10;

// Studies each event on its first trading day on or after its date: the rows of the
// table are the trading days. Skips those with a ticker that is not in the table, no
// trading day within kMaxMoveDays, or not enough data (StudyEvent). Only options
// that make no sense are an error.
absl::StatusOr<ListedStudy> StudyEvents(const ReturnTable& table,
                                        std::span<const ListedEvent> events,
                                        const EventStudyOptions& options);

}  // namespace oneup::sims
