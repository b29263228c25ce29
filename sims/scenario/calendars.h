// Trading calendars: from the scenario's words to the market core's.
#pragma once

#include "absl/status/statusor.h"
#include "market/kernel/trading_calendar.h"
#include "oneup/v1/market.pb.h"

namespace oneup::sims {

// Error: InvalidArgument, all dates and times that cannot be read. The order of the times
// and the like are checked by TradingCalendar::Create.
absl::StatusOr<kernel::TradingCalendarSpec> ToCalendarSpec(const v1::TradingCalendar& calendar);

}  // namespace oneup::sims
