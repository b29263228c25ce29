// Scenarios: reading one, checking it, and what a simulation gets to see of it.
//
//   absl::StatusOr<LoadedScenario> scenario = LoadScenario("2025");
//
// A scenario is protobuf text (proto/oneup/v1/scenario.proto) in one file or several,
// with recorded prices in CSV files beside it. The program carries the scenarios of
// sims/scenarios inside itself, so "2025" needs no file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "market/kernel/civil_time.h"
#include "market/kernel/time.h"
#include "market/kernel/trading_calendar.h"
#include "oneup/v1/scenario.pb.h"

namespace oneup::sims {

// A recorded day of a listing. Prices are positive, in the listing's currency;
// low <= open, close <= high.
struct DailyBar {
  kernel::CivilDay day;
  double open = 0;
  double high = 0;
  double low = 0;
  double close = 0;
  int64_t volume = 0;  // shares
};

// The recorded prices of one listing, oldest first, a bar a day at most.
struct RecordedPrices {
  std::string ticker;
  std::vector<DailyBar> bars;

  // The bar of a day, or null. O(log n).
  const DailyBar* Find(kernel::CivilDay day) const;
  // The last bar before a day, or null. O(log n).
  const DailyBar* Before(kernel::CivilDay day) const;
};

// An event's place in time.
struct ScheduledEvent {
  int index = 0;         // into proto.events()
  kernel::CivilDay day;  // the day on which a replay tells it
  // The announcement's instant; noon UTC of `day` for an event without one.
  Time at;
};

struct SourceText {
  std::string name;  // as messages name it
  std::string text;
};

// A scenario without problems. Copyable; independent of the files it came from.
struct LoadedScenario {
  // All files merged. References exist, numbers are in range, dates are dates.
  v1::Scenario proto;
  // In the order of proto.calendars().
  std::vector<kernel::TradingCalendar> calendars;
  // Every event, in order of (at, index).
  std::vector<ScheduledEvent> schedule;
  // In the order of proto.listings(); a listing without recorded prices has no entry.
  std::vector<RecordedPrices> prices;
  // Every file that was read, the scenario's own first.
  std::vector<SourceText> sources;
  // SHA-256 over the files' contents, hex: equal digests, equal scenarios.
  std::string digest;

  const v1::Listing* FindListing(std::string_view ticker) const;
  const v1::Actor* FindActor(std::string_view id) const;
  const v1::Event* FindEvent(std::string_view id) const;
  // Null for an unknown id; FindCalendar(listing.calendar()) never is.
  const kernel::TradingCalendar* FindCalendar(std::string_view id) const;
  const RecordedPrices* FindPrices(std::string_view ticker) const;
  // The listing that is the index. Every scenario has one.
  const v1::Listing& index() const;
};

// Names of the scenarios inside the program, sorted.
std::vector<std::string> BuiltinScenarios();

// Reads and checks a scenario: a path, or a builtin's name. What holds a '/' or ends in
// .textproto is a path. Imports and histories are found relative to the file that names
// them. Errors: NotFound for a missing file or an unknown name (with the nearest one),
// InvalidArgument with every problem, one a line: file:line:column: field: what is wrong.
absl::StatusOr<LoadedScenario> LoadScenario(std::string_view path_or_name);

// The same for text at hand: files are looked up in `files` only, the first is the
// scenario's own. For tests and fuzzing.
absl::StatusOr<LoadedScenario> LoadScenarioFromTexts(const std::vector<SourceText>& files);

}  // namespace oneup::sims
