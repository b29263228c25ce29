// One listing with all who trade it: wakes the populations on the kernel, session
// by session, and lets them meet in the venue. Prices come from matched orders only.
//
// A session: the opening call (value traders, retail's gathered orders), its
// uncrossing, continuous trading with order arrivals as a Poisson process whose
// rate follows the information and the time of day, the closing call, the close. A coarse
// resolution has the two calls alone (resolution.h).
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "market/exchange/venue.h"
#include "market/kernel/kernel.h"
#include "market/kernel/random.h"
#include "market/kernel/trading_calendar.h"
#include "market/traders/desk.h"
#include "market/traders/flow_traders.h"
#include "market/traders/index_path.h"
#include "market/traders/information.h"
#include "market/traders/market_makers.h"
#include "market/traders/news.h"
#include "market/traders/resolution.h"
#include "market/traders/retail.h"
#include "market/traders/scale.h"
#include "market/traders/session_clock.h"
#include "market/traders/value_traders.h"

namespace oneup::v1 {
class TraderParameters;
}

namespace oneup::traders {

// The index's move since the start, as its own order book last showed it: the
// common factor that every other listing's traders look at.
struct Factor {
  double log_level = 0;
};

struct ListingSetup {
  exchange::Listing listing;
  uint32_t entity = 0;       // key of the listing's random streams; unique
  double initial_price = 0;  // money
  // Sd of the daily log return beyond the factor's part; of the factor's own listing, of
  // all of it.
  double daily_volatility = 0;
  double beta = 0;                                    // to the factor
  double daily_volume = 0;                            // shares
  const kernel::TradingCalendar* calendar = nullptr;  // outlives the market
  // The common factor holds its opening and closing auctions first, so that others know
  // their outcome in their own. Without that a day's late move of the factor reaches the
  // others the next morning, the more so the fewer orders there are.
  Duration auction_delay;
  std::vector<IndexDay> index_days;  // of the factor's own listing; empty for others
};

class ListingMarket {
 public:
  // The factor is written by the index's market and read by the others; kernel, factor and
  // parameters outlive the object.
  ListingMarket(const ListingSetup& setup, const v1::TraderParameters& parameters,
                const Resolution& resolution, uint64_t seed, Factor& factor, kernel::Kernel& kernel,
                exchange::Observer observer = {});
  ListingMarket(const ListingMarket&) = delete;
  ListingMarket& operator=(const ListingMarket&) = delete;

  // Schedules the sessions from `first` to `last`, both included.
  void Start(kernel::CivilDay first, kernel::CivilDay last);

  // Called at the end of each session, the bar of the day complete, and at its beginning,
  // before the opening call.
  struct SessionListener {
    void* self = nullptr;
    void (*on_close)(void* self, const ListingMarket& market) = nullptr;
    void (*on_open)(void* self, const ListingMarket& market) = nullptr;
  };
  // Called after each order that traded in continuous trading: the middle of the touch
  // before it, its side, the shares it traded. Costs nothing while not set.
  struct TradeListener {
    void* self = nullptr;
    void (*on_trade)(void* self, double mid_before, exchange::Side side, int64_t shares) = nullptr;
  };
  void set_trade_listener(TradeListener listener) { trade_listener_ = listener; }
  void set_session_listener(SessionListener listener) { session_listener_ = listener; }

  // News that reaches this market now.
  void Hear(const News& news);
  // Attention alone, spilt over from a headline about another listing.
  void Notice(double strength) { retail_.Notice(strength); }

  // The value of the share grows by this log price, unnoticed: between sessions.
  void Grow(double log_value) { information_.Grow(log_value); }

  void OnEvent(const kernel::Event& event);

  const exchange::Venue& venue() const { return venue_; }
  const Scale& scale() const { return scale_; }
  // The day of the session under way, or of the last one.
  kernel::CivilDay day() const { return session_->day; }
  const ValueTraders& value_traders() const { return values_; }
  // Of retail, for this listing; in log-return units.
  double attention() const { return retail_.attention(); }
  // Middle of the touch, or the last price without one; money.
  double price() const { return resolution_.continuous ? desk_.mid() : desk_.last(); }

 private:
  enum EventKind : uint32_t {
    kOpen,
    kArrival,
    kStep,
    kRevision,
    kRetailBuy,
    kRetailSell,
    kReopen,
    kClose
  };

  void Open();
  void BeginClosingCall();
  // Where nothing is traded between the calls: the day's news, and its orders to the closing one.
  void BringDay();
  void Close();
  void Arrive();
  void Step();
  void Revise(uint32_t trader, uint32_t number);
  void ScheduleOpen();
  // Trading time to the next arrival, and the arrival after that time.
  double Gap(double uniform) const;
  void ScheduleArrival(double gap);
  // What the share is worth to whom nothing is news: the value of the common factor
  // and of the unnamed news so far.
  double Value();
  void ShowFactor(double price);
  bool Trading() const {
    return venue_.phase() == exchange::Phase::kContinuous && clock_.Trading(kernel_.now());
  }
  // Lets somebody trade. The makers learn from what was traded and renew their quotes.
  template <typename Action>
  void Trade(Action action);

  kernel::Kernel& kernel_;
  kernel::HandlerId handler_;
  const kernel::TradingCalendar& calendar_;
  Factor& factor_;
  bool is_index_;
  Resolution resolution_;
  Scale scale_;
  double initial_price_;
  double beta_;
  Duration auction_delay_;

  exchange::Venue venue_;
  Desk desk_;
  Information information_;
  IndexPath index_path_;
  ValueTraders values_;
  MarketMakers makers_;
  Institutions institutions_;
  Noise noise_;
  Momentum momentum_;
  Retail retail_;
  kernel::Stream arrivals_;
  kernel::Stream auctions_;
  double auction_share_;
  std::array<double, 5> cumulative_weight_;

  size_t next_session_ = 0;  // index in the calendar
  kernel::CivilDay last_day_;
  const kernel::Session* session_ = nullptr;
  SessionClock clock_;
  SessionListener session_listener_;
  TradeListener trade_listener_;
  int64_t active_ns_ = 0;  // of trading, at the last arrival
  double elapsed_ = 0;     // the same as a fraction of the session
  int step_ = 0;
  double followed_ = 0;  // the factor's level that the makers have taken in
  // Value() changes with each step, and is asked for by every fifth arrival: its last
  // result, and the log move that it was for.
  double log_move_ = 0;
  double value_;
};

}  // namespace oneup::traders
