#include "sims/world/world.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "absl/time/civil_time.h"
#include "market/kernel/math.h"

namespace oneup::sims {
namespace {

// Random streams are keyed by name, so that adding a listing or an event changes no
// other's draws (FNV-1a, 64 bit).
uint64_t KeyOf(const std::string& name) {
  uint64_t hash = 0xcbf29ce484222325;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

// A listing's traders take the entities from its own up to the next multiple of this.
constexpr uint32_t kEntitiesPerListing = 1u << 12;

uint32_t EntityOf(const std::string& ticker) {
  return static_cast<uint32_t>(KeyOf(ticker)) & ~(kEntitiesPerListing - 1);
}

// Others open and close after the index, knowing where it did.
constexpr Duration kAuctionDelay = Duration::Seconds(5);

Time StartOf(kernel::CivilDay day) { return kernel::ToTime(day, {}, absl::UTCTimeZone()); }

kernel::CivilDay Day(const std::string& text) {
  kernel::CivilDay day;
  absl::ParseCivilTime(text, &day);  // validation has seen that it is one
  return day;
}

// Where the first session starts from: the recorded close of the eve, or the first
// recorded open. A listing of which nothing is recorded has its first market value
// over its shares; the currency of that does not matter, as reactions are relative.
double InitialPrice(const v1::Listing& listing, const RecordedPrices* recorded,
                    kernel::CivilDay first_day) {
  if (recorded == nullptr || recorded->bars.empty()) {
    return listing.capitalisations(0).usd_bn() / listing.shares_outstanding_bn();
  }
  const DailyBar* eve = recorded->Before(first_day);
  return eve != nullptr ? eve->close : recorded->bars.front().open;
}

// Standard deviation of the daily log return of the index, which is given: the scale that
// its traders work in.
double Volatility(const std::vector<traders::IndexDay>& days) {
  constexpr double kLeast = 0.001;
  double squares = 0;
  for (size_t i = 1; i < days.size(); ++i) {
    const double move = math::Log(days[i].close / days[i - 1].close);
    squares += move * move;
  }
  return days.size() < 2
             ? kLeast
             : std::max(kLeast, std::sqrt(squares / static_cast<double>(days.size() - 1)));
}

DailyBar ToDailyBar(const traders::ListingMarket& market) {
  const exchange::Tape& tape = market.venue().tape();
  exchange::Bar bar = tape.day();
  if (bar.trades == 0) bar.open = bar.high = bar.low = bar.close = tape.last();
  const double tick = market.scale().tick;
  return {.day = market.day(),
          .open = bar.open.value * tick,
          .high = bar.high.value * tick,
          .low = bar.low.value * tick,
          .close = bar.close.value * tick,
          .volume = bar.volume};
}

}  // namespace

World::World(const LoadedScenario& scenario, const RunOptions& options, RunListener* listener)
    : scenario_(scenario),
      options_(options),
      listener_(listener),
      first_day_(Day(scenario.proto.start_date())),
      last_day_(std::min(Day(scenario.proto.end_date()), options.until)),
      end_(StartOf(last_day_ + 1)),
      news_desk_(scenario),
      kernel_(scenario.schedule.empty()
                  ? StartOf(first_day_)
                  : std::min(StartOf(first_day_), scenario.schedule.front().at)) {
  places_.resize(scenario.proto.listings_size());
  // The index first: at the same instant its events come before the others'.
  for (const bool index : {true, false}) {
    for (int i = 0; i < scenario.proto.listings_size(); ++i) {
      if (scenario.proto.listings(i).is_index() == index) AddMarket(i);
    }
  }
  const kernel::HandlerId handler = kernel_.Register(this);
  for (size_t i = 0; i < scenario.schedule.size(); ++i) {
    if (scenario.schedule[i].at <= end_) {
      kernel_.Schedule(scenario.schedule[i].at, handler, 0, i);
    }
  }
}

traders::ListingSetup World::SetupOf(const v1::Listing& listing) const {
  traders::ListingSetup setup;
  setup.listing.ticker = listing.ticker();
  setup.listing.tick_size = listing.tick_size();
  setup.listing.halt_band = listing.halt_band();
  setup.entity = EntityOf(listing.ticker());
  setup.daily_volatility = listing.daily_idiosyncratic_volatility();
  setup.beta = listing.beta_to_market();
  setup.daily_volume = listing.daily_turnover() * listing.shares_outstanding_bn() * 1e9;
  setup.calendar = scenario_.FindCalendar(listing.calendar());
  setup.auction_delay = listing.is_index() ? Duration{} : kAuctionDelay;
  const RecordedPrices* recorded = scenario_.FindPrices(listing.ticker());
  setup.initial_price = InitialPrice(listing, recorded, first_day_);
  if (listing.is_index()) {
    double last = setup.initial_price;
    for (size_t i = setup.calendar->IndexOnOrAfter(first_day_);
         i < setup.calendar->sessions().size(); ++i) {
      const DailyBar* bar = recorded->Find(setup.calendar->sessions()[i].day);
      // Beyond the record the index stands still.
      setup.index_days.push_back(bar != nullptr ? traders::IndexDay{bar->open, bar->close}
                                                : traders::IndexDay{last, last});
      last = setup.index_days.back().close;
    }
    setup.daily_volatility = Volatility(setup.index_days);
  }
  return setup;
}

exchange::Observer World::ObserverOf(Place& place) const {
  exchange::Observer observer;
  if (listener_ == nullptr) return observer;
  observer.self = &place;
  observer.on_auction = [](void* self, const exchange::AuctionResult& result) {
    const Place& at = *static_cast<Place*>(self);
    at.world->listener_->OnAuction(at.world->kernel_.now(), at.listing, result);
  };
  observer.on_halt = [](void* self, const exchange::HaltNotice& notice) {
    const Place& at = *static_cast<Place*>(self);
    at.world->listener_->OnHalt(at.world->kernel_.now(), at.listing, notice);
  };
  if (listener_->WantsFills()) {
    observer.on_fill = [](void* self, const exchange::Fill& fill) {
      const Place& at = *static_cast<Place*>(self);
      at.world->listener_->OnFill(at.world->kernel_.now(), at.listing, fill);
    };
  }
  if (listener_->WantsOrders()) {
    observer.on_order = [](void* self, exchange::OwnerId owner) {
      const Place& at = *static_cast<Place*>(self);
      at.world->listener_->OnOrder(at.listing, owner);
    };
  }
  return observer;
}

void World::AddMarket(int index) {
  const v1::Listing& listing = scenario_.proto.listings(index);
  Place& place = places_[index];
  place.world = this;
  place.listing = index;
  place.prices.ticker = listing.ticker();
  place.market = std::make_unique<traders::ListingMarket>(
      SetupOf(listing), scenario_.proto.traders(), options_.orders_per_day, options_.seed, factor_,
      kernel_, ObserverOf(place));
  traders::ListingMarket::SessionListener sessions;
  sessions.self = &place;
  sessions.on_close = [](void* self, const traders::ListingMarket& market) {
    Place& at = *static_cast<Place*>(self);
    at.prices.bars.push_back(ToDailyBar(market));
    RunListener* listener = at.world->listener_;
    if (listener != nullptr) listener->OnClose(at.world->kernel_.now(), at.listing, market);
  };
  if (listener_ != nullptr) {
    sessions.on_open = [](void* self, const traders::ListingMarket& market) {
      const Place& at = *static_cast<Place*>(self);
      at.world->listener_->OnOpen(at.world->kernel_.now(), at.listing, market);
    };
  }
  place.market->set_session_listener(sessions);
  place.market->Start(first_day_, last_day_);
}

void World::OnEvent(const kernel::Event& event) {
  const ScheduledEvent& scheduled = scenario_.schedule[event.payload];
  const uint64_t cause = listener_ != nullptr ? listener_->OnEvent(scheduled) : 0;
  Announce(scenario_.proto.events(scheduled.index), cause);
}

const v1::ValuationParameters& World::ValuationOf(const v1::Event& event) const {
  if (options_.leave_one_out) {
    for (const v1::HeldOutValuation& held_out : scenario_.proto.held_out()) {
      if (held_out.event() == event.id()) return held_out.valuation();
    }
  }
  return scenario_.proto.valuation();
}

void World::Announce(const v1::Event& event, uint64_t cause) {
  double loudest = 0;
  uint64_t loudest_record = 0;
  std::set<std::string> sectors;
  const std::vector<Impact> impacts = news_desk_.Read(event, ValuationOf(event));
  for (const Impact& impact : impacts) {
    const uint64_t record =
        listener_ != nullptr ? listener_->OnImpact(kernel_.now(), event, impact, cause) : 0;
    traders::ListingMarket& market = *places_[impact.listing].market;
    const double before = market.attention();
    market.Hear({KeyOf(event.id()), impact.log_return, impact.headline, record});
    TellAttention(event, impact.listing, before, record);
    if (impact.headline > 0) sectors.insert(scenario_.proto.listings(impact.listing).sector());
    if (impact.headline > loudest) {
      loudest = impact.headline;
      loudest_record = record;
    }
  }
  // A headline draws eyes to its whole sector.
  const double spilt = scenario_.proto.traders().retail().contagion() * loudest;
  if (spilt == 0) return;
  for (int i = 0; i < scenario_.proto.listings_size(); ++i) {
    const v1::Listing& listing = scenario_.proto.listings(i);
    const bool own_headline = std::any_of(impacts.begin(), impacts.end(), [&](const Impact& m) {
      return m.listing == i && m.headline > 0;
    });
    if (own_headline || !sectors.contains(listing.sector())) continue;
    const double before = places_[i].market->attention();
    places_[i].market->Notice(spilt);
    TellAttention(event, i, before, loudest_record);
  }
}

void World::TellAttention(const v1::Event& event, int listing, double before, uint64_t cause) {
  const double level = places_[listing].market->attention();
  if (listener_ == nullptr || level == before) return;
  listener_->OnAttention(kernel_.now(), event, {listing, level, level - before}, cause);
}

RunResult World::Run() {
  kernel_.RunUntil(end_);
  RunResult result;
  for (const Place& place : places_) {
    result.prices.push_back(place.prices);
    const exchange::MessageCounts& counts = place.market->venue().counts();
    result.orders += counts.orders;
    result.fills += counts.fills;
  }
  result.events = kernel_.processed();
  return result;
}

}  // namespace oneup::sims
