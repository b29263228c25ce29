// Dates that are known to the day, the month or the year only.
#pragma once

#include <optional>
#include <string_view>

#include "market/kernel/civil_time.h"

namespace oneup::sims {

// The days that a date leaves open, both included.
struct DayRange {
  kernel::CivilDay first;
  kernel::CivilDay last;

  bool operator==(const DayRange&) const = default;
};

// 2025-09-10, 2025-09 or 2025; nothing for any other text or a day that does not exist.
std::optional<DayRange> ParsePartialDate(std::string_view text);

}  // namespace oneup::sims
