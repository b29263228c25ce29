#include "sims/replay/reaction.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sims/stats/event_study.h"

namespace oneup::sims {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr int kVolumeSessions = 20;

int IndexListing(const LoadedScenario& scenario) {
  for (int i = 0; i < scenario.proto.listings_size(); ++i) {
    if (scenario.proto.listings(i).is_index()) return i;
  }
  return -1;
}

double SimpleReturn(const std::vector<DailyBar>& bars, size_t i) {
  return bars[i].close / bars[i - 1].close - 1;
}

// The index's return that a listing's session answers: of the same day, or of `lag`
// index sessions before it. NaN where there is none.
double MarketReturn(const RecordedPrices& index, kernel::CivilDay day, int lag) {
  const auto at = std::lower_bound(index.bars.begin(), index.bars.end(), day,
                                   [](const DailyBar& bar, auto d) { return bar.day < d; });
  int64_t i = at - index.bars.begin();
  if (lag > 0) {
    i -= lag;
  } else if (at == index.bars.end() || at->day != day) {
    return kNaN;
  }
  if (i < 1 || i >= static_cast<int64_t>(index.bars.size())) return kNaN;
  return SimpleReturn(index.bars, static_cast<size_t>(i));
}

}  // namespace

std::vector<ReactionKey> ReactionKeys(const LoadedScenario& scenario) {
  std::vector<ReactionKey> keys;
  for (const ScheduledEvent& scheduled : scenario.schedule) {
    const v1::Event& event = scenario.proto.events(scheduled.index);
    if (event.announcement().exposures().empty()) continue;
    for (int i = 0; i < scenario.proto.listings_size(); ++i) {
      const v1::Listing& listing = scenario.proto.listings(i);
      if (listing.is_index()) continue;
      const kernel::Session* session =
          scenario.FindCalendar(listing.calendar())->SessionAtOrAfter(scheduled.at);
      if (session == nullptr) continue;
      const auto& exposures = event.announcement().exposures();
      const bool exposed = std::any_of(
          exposures.begin(), exposures.end(),
          [&](const v1::Exposure& exposure) { return exposure.company() == listing.ticker(); });
      keys.push_back({scheduled.index, i, session->day, exposed, scheduled.day});
    }
  }
  return keys;
}

Reaction MeasureReaction(const LoadedScenario& scenario, const std::vector<RecordedPrices>& prices,
                         const ReactionKey& key) {
  Reaction reaction{kNaN, kNaN, kNaN, kNaN, kNaN, kNaN};
  const std::vector<DailyBar>& bars = prices[key.listing].bars;
  const RecordedPrices& index = prices[IndexListing(scenario)];
  const int lag = static_cast<int>(scenario.proto.listings(key.listing).index_lag_sessions());
  const auto found = std::lower_bound(bars.begin(), bars.end(), key.first_session,
                                      [](const DailyBar& bar, auto day) { return bar.day < day; });
  if (found == bars.end() || found->day != key.first_session || found == bars.begin()) {
    return reaction;
  }
  const size_t day0 = static_cast<size_t>(found - bars.begin());
  reaction.gap = bars[day0].open / bars[day0 - 1].close - 1;
  reaction.first_day = SimpleReturn(bars, day0);
  if (day0 >= kVolumeSessions) {
    double volume = 0;
    for (size_t i = day0 - kVolumeSessions; i < day0; ++i)
      volume += static_cast<double>(bars[i].volume);
    reaction.volume_ratio = static_cast<double>(bars[day0].volume) * kVolumeSessions / volume;
  }
  // Returns of both, from the second bar on; position i - 1 holds bar i.
  std::vector<double> own;
  std::vector<double> market;
  for (size_t i = 1; i < bars.size(); ++i) {
    own.push_back(SimpleReturn(bars, i));
    market.push_back(MarketReturn(index, bars[i].day, lag));
  }
  const size_t event = day0 - 1;
  // The estimation window ends a buffer before the event window, which begins at -1.
  int available = 0;
  for (size_t i = 0; i + kBufferSessions + 1 < event; ++i) {
    if (!std::isnan(market[i])) ++available;
  }
  if (available < kLeastEstimationSessions) return reaction;
  const absl::StatusOr<EventResult> study =
      StudyEvent(own, market, event,
                 {.estimation = std::min(kEstimationSessions, available),
                  .buffer = kBufferSessions,
                  .first_day = -1,
                  .last_day = 20,
                  .whole_window = false});
  if (!study.ok()) return reaction;
  reaction.abnormal = study->Abnormal(0);
  reaction.car_1_1 = study->Car(-1, 1);
  reaction.car_0_20 = study->Car(0, 20);
  return reaction;
}

}  // namespace oneup::sims
