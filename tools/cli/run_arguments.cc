#include "tools/cli/run_arguments.h"

namespace oneup::cli {

absl::StatusOr<kernel::CivilDay> DayOption(const char* name, const std::string& text,
                                           kernel::CivilDay fallback) {
  if (text.empty()) return fallback;
  absl::StatusOr<kernel::CivilDay> day = kernel::ParseDay(text);
  if (day.ok()) return day;
  return absl::InvalidArgumentError(std::string(name) + " '" + text +
                                    "': allowed is a day such as 2025-09-10");
}

std::optional<v1::Detail> ParseDetail(const std::string& text) {
  if (text == "summary") return v1::DETAIL_SUMMARY;
  if (text == "deals") return v1::DETAIL_DEALS;
  if (text == "market") return v1::DETAIL_MARKET;
  if (text == "full") return v1::DETAIL_FULL;
  return std::nullopt;
}

std::string Quoted(const std::string& word) {
  const char* plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:,+=@%";
  if (!word.empty() && word.find_first_not_of(plain) == word.npos) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

}  // namespace oneup::cli
