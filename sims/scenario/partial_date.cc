#include "sims/scenario/partial_date.h"

#include <string>

namespace oneup::sims {

std::optional<DayRange> ParsePartialDate(std::string_view text) {
  const std::string written(text);
  // Missing parts are filled in and the result is parsed as a day.
  const char* filling = written.size() == 10  ? ""
                        : written.size() == 7 ? "-01"
                        : written.size() == 4 ? "-01-01"
                                              : nullptr;
  if (filling == nullptr) return std::nullopt;
  const auto day = kernel::ParseDay(written + filling);
  if (!day.ok()) return std::nullopt;
  if (written.size() == 10) return DayRange{*day, *day};
  if (written.size() == 7) {
    return DayRange{*day, kernel::CivilDay(absl::CivilMonth(*day) + 1) - 1};
  }
  return DayRange{*day, kernel::CivilDay(absl::CivilYear(*day) + 1) - 1};
}

}  // namespace oneup::sims
