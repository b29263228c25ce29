#include "sims/scenario/history.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>

#include "market/kernel/civil_time.h"

namespace oneup::sims {
namespace {

constexpr std::string_view kHeading = "date,ticker,open,high,low,close,volume";
constexpr int kMostProblems = 20;
constexpr double kMaxPrice = 1e9;
constexpr int64_t kMaxVolume = 1'000'000'000'000'000;

std::optional<double> ParsePrice(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (!std::isfinite(value) || value <= 0 || value > kMaxPrice) return std::nullopt;
  return value;
}

std::optional<int64_t> ParseVolume(std::string_view text) {
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (value < 0 || value > kMaxVolume) return std::nullopt;
  return value;
}

bool IsTickerLike(std::string_view text) {
  return !text.empty() && text.size() <= 12 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.';
  });
}

// Reads one line into *bar and *ticker; returns what is wrong with it, or "".
std::string ReadLine(std::string_view line, std::string* ticker, DailyBar* bar) {
  std::array<std::string_view, 7> cells;
  for (size_t i = 0; i < cells.size(); ++i) {
    const size_t comma = line.find(',');
    if ((comma == std::string_view::npos) != (i + 1 == cells.size())) {
      return "a line must have 7 cells: " + std::string(kHeading);
    }
    cells[i] = line.substr(0, comma);
    if (comma != std::string_view::npos) line.remove_prefix(comma + 1);
  }
  const auto day = kernel::ParseDay(cells[0]);
  if (!day.ok()) return "date must be a date such as 2025-09-10";
  if (!IsTickerLike(cells[1])) return "ticker must be capitals, digits and '.', at most 12";
  *ticker = std::string(cells[1]);
  bar->day = *day;
  constexpr const char* kNames[] = {"open", "high", "low", "close"};
  double* const values[] = {&bar->open, &bar->high, &bar->low, &bar->close};
  for (int i = 0; i < 4; ++i) {
    const auto price = ParsePrice(cells[2 + i]);
    if (!price) return std::string(kNames[i]) + " must be a number above 0, at most 1e9";
    *values[i] = *price;
  }
  const auto volume = ParseVolume(cells[6]);
  if (!volume) return "volume must be a whole number, 0 to 1e15";
  bar->volume = *volume;
  if (bar->low > std::min(bar->open, bar->close) || bar->high < std::max(bar->open, bar->close)) {
    return "open and close must lie between low and high";
  }
  return "";
}

}  // namespace

void ReadHistory(const SourceText& file, std::map<std::string, RecordedPrices>* prices,
                 std::vector<Problem>* problems) {
  int found = 0;
  const auto report = [&](int line, const std::string& message) {
    if (++found <= kMostProblems) AddProblem(problems, {file.name, line, 0}, "", message);
  };
  bool heading = false;
  int number = 0;
  for (std::string_view rest = file.text; !rest.empty();) {
    ++number;
    const size_t newline = rest.find('\n');
    std::string_view line = rest.substr(0, newline);
    rest = newline == std::string_view::npos ? std::string_view{} : rest.substr(newline + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    if (!heading) {
      heading = true;
      if (line != kHeading) {
        report(number, "the heading must be " + std::string(kHeading));
        break;
      }
      continue;
    }
    std::string ticker;
    DailyBar bar;
    if (const std::string wrong = ReadLine(line, &ticker, &bar); !wrong.empty()) {
      report(number, wrong);
      continue;
    }
    RecordedPrices& series = (*prices)[ticker];
    series.ticker = ticker;
    if (!series.bars.empty() && series.bars.back().day >= bar.day) {
      report(number, "dates of " + ticker + " must ascend; " +
                         kernel::FormatDay(series.bars.back().day) + " comes before");
      continue;
    }
    series.bars.push_back(bar);
  }
  if (!heading) report(0, "the file is empty; the heading must be " + std::string(kHeading));
  if (found > kMostProblems) {
    AddProblem(problems, {file.name, number, 0}, "",
               std::to_string(found - kMostProblems) + " more problems in this file");
  }
}

}  // namespace oneup::sims
