#include "sims/stats/event_csv.h"

#include <absl/strings/str_format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "market/kernel/math.h"

namespace oneup::sims {
namespace {

constexpr std::string_view kMissing[] = {"", "NA", "NaN", "nan", "null", "#N/A", "."};

// A whole number of 1 to `max_digits` digits, or -1.
int ParseDigits(std::string_view text, size_t max_digits) {
  if (text.empty() || text.size() > max_digits) return -1;
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return -1;
    value = 10 * value + (c - '0');
  }
  return value;
}

}  // namespace

absl::StatusOr<kernel::CivilDay> ParseEventDay(std::string_view text) {
  const size_t first = text.find('/');
  if (first == std::string_view::npos) return kernel::ParseDay(text);
  const size_t second = text.find('/', first + 1);
  if (second != std::string_view::npos && text.size() - second == 5) {
    const int day = ParseDigits(text.substr(0, first), 2);
    const int month = ParseDigits(text.substr(first + 1, second - first - 1), 2);
    const int year = ParseDigits(text.substr(second + 1), 4);
    // A CivilDay rolls 31/02 over into March; a written date that does is wrong.
    const kernel::CivilDay date(year, month, day);
    if (year >= 1700 && year <= 2200 && date.month() == month && date.day() == day) return date;
  }
  return absl::InvalidArgumentError("no date as yyyy-mm-dd or dd/mm/yyyy");
}

absl::StatusOr<ReturnTable> ToReturns(const CsvTable& table) {
  const absl::StatusOr<size_t> date_column = table.Column("date");
  if (!date_column.ok()) return date_column.status();
  ReturnTable result;
  std::vector<int> lines;
  std::vector<std::vector<double>> columns(table.columns().size());
  for (const CsvRow& row : table.rows()) {
    const absl::StatusOr<kernel::CivilDay> day = ParseEventDay(row.fields[*date_column]);
    if (!day.ok()) {
      return table.Error(row, *date_column, "is no date as yyyy-mm-dd or dd/mm/yyyy");
    }
    result.days.push_back(*day);
    lines.push_back(row.line);
    for (size_t c = 0; c < columns.size(); ++c) {
      if (c == *date_column) continue;
      double value = math::kNaN;
      if (std::find(std::begin(kMissing), std::end(kMissing), row.fields[c]) ==
          std::end(kMissing)) {
        value = ParseDecimal(row.fields[c]);
        if (std::isnan(value)) {
          return table.Error(row, c, "is no return; write it as 0.0123, or nothing for none");
        }
      }
      columns[c].push_back(value);
    }
  }
  std::vector<size_t> order(result.days.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return result.days[a] < result.days[b]; });
  for (size_t i = 1; i < order.size(); ++i) {
    if (result.days[order[i]] != result.days[order[i - 1]]) continue;
    return absl::InvalidArgumentError(absl::StrFormat(
        "%s:%d: column date: '%s' is in line %d already", table.name(), lines[order[i]],
        kernel::FormatDay(result.days[order[i]]), lines[order[i - 1]]));
  }
  std::vector<kernel::CivilDay> days;
  for (const size_t i : order) days.push_back(result.days[i]);
  result.days = std::move(days);
  for (size_t c = 0; c < columns.size(); ++c) {
    if (c == *date_column || table.columns()[c].empty()) continue;
    std::vector<double>& series = result.returns[table.columns()[c]];
    for (const size_t i : order) series.push_back(columns[c][i]);
  }
  return result;
}

absl::StatusOr<std::vector<ListedEvent>> ToEvents(const CsvTable& table) {
  const absl::StatusOr<size_t> security = table.Column("security_ticker");
  if (!security.ok()) return security.status();
  const absl::StatusOr<size_t> market = table.Column("market_ticker");
  if (!market.ok()) return market.status();
  const absl::StatusOr<size_t> date = table.Column("event_date");
  if (!date.ok()) return date.status();
  std::vector<ListedEvent> events;
  for (const CsvRow& row : table.rows()) {
    for (const size_t column : {*security, *market}) {
      if (row.fields[column].empty()) return table.Error(row, column, "names no ticker");
    }
    const absl::StatusOr<kernel::CivilDay> day = ParseEventDay(row.fields[*date]);
    if (!day.ok()) return table.Error(row, *date, "is no date as yyyy-mm-dd or dd/mm/yyyy");
    events.push_back({row.fields[*security], row.fields[*market], *day, row.line});
  }
  return events;
}

absl::StatusOr<ListedStudy> StudyEvents(const ReturnTable& table,
                                        std::span<const ListedEvent> events,
                                        const EventStudyOptions& options) {
  ListedStudy study;
  for (const ListedEvent& event : events) {
    const auto skip = [&](std::string reason) { study.skipped.push_back({event, reason}); };
    const auto security = table.returns.find(event.security);
    const auto market = table.returns.find(event.market);
    if (security == table.returns.end() || market == table.returns.end()) {
      skip("no returns of " +
           Quoted(security == table.returns.end() ? event.security : event.market));
      continue;
    }
    const auto row = std::lower_bound(table.days.begin(), table.days.end(), event.date);
    if (row == table.days.end() || *row - event.date > kMaxMoveDays) {
      skip(absl::StrFormat("no trading day within %d days of its date", kMaxMoveDays));
      continue;
    }
    absl::StatusOr<EventResult> result = StudyEvent(
        security->second, market->second, static_cast<size_t>(row - table.days.begin()), options);
    if (absl::IsInvalidArgument(result.status())) return result.status();
    if (!result.ok()) {
      skip("not enough data: " + std::string(result.status().message()));
      continue;
    }
    if (*row != event.date) ++study.moved;
    study.results.push_back(*std::move(result));
    study.used.push_back({event.security, event.market, *row, event.line});
  }
  return study;
}

}  // namespace oneup::sims
