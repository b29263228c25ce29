// How a listing reacted to an announcement: the figures of the closing table, measured
// in the same way on simulated and on recorded prices.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "sims/scenario/scenario.h"

namespace oneup::sims {

// All are fractions (0.01 = 1 %) but volume_ratio; NaN where the prices do not reach.
struct Reaction {
  double gap = 0;           // the first session's open over the close before, less 1
  double first_day = 0;     // its close over the close before, less 1
  double abnormal = 0;      // first_day less what the market model expects (MacKinlay 1997)
  double car_1_1 = 0;       // cumulated abnormal returns of days -1 to +1
  double car_0_20 = 0;      // ... of days 0 to +20
  double volume_ratio = 0;  // the first session's volume over the mean of the 20 before
};

inline constexpr Reaction kUnknownReaction = [] {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  return Reaction{kNaN, kNaN, kNaN, kNaN, kNaN, kNaN};
}();

// One row of the table: an event and a listing.
struct ReactionKey {
  int event = 0;    // index into the scenario's events
  int listing = 0;  // index into its listings
  kernel::CivilDay first_session;
  bool exposed = false;           // named by the announcement; otherwise touched by spillover
  kernel::CivilDay told_on = {};  // the day of the event in the schedule
};

// The market model's window: 250 sessions that end 30 before the event, or as many of
// them as there are, at least this many.
inline constexpr int kEstimationSessions = 250;
inline constexpr int kBufferSessions = 30;
inline constexpr int kLeastEstimationSessions = 60;

// Every event with exposed listings, times every listing that is not the index and has
// a session after it; in order of time, then of listings.
std::vector<ReactionKey> ReactionKeys(const LoadedScenario& scenario);

// Measures one row on these prices (in the order of the scenario's listings).
Reaction MeasureReaction(const LoadedScenario& scenario, const std::vector<RecordedPrices>& prices,
                         const ReactionKey& key);

}  // namespace oneup::sims
