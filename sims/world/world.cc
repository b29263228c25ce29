#include "sims/world/world.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "absl/time/civil_time.h"
#include "agents/people/cast.h"
#include "market/kernel/math.h"
#include "sims/world/forward_revenue.h"
#include "sims/world/interventions.h"

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

// Log growth a session between the two days, beyond what the index explains.
double TrendOf(const RecordedPrices& prices, const RecordedPrices& index, double beta,
               kernel::CivilDay from, kernel::CivilDay until) {
  const auto first = std::ranges::find_if(prices.bars, [&](const DailyBar& bar) {
    return bar.day >= from && index.Find(bar.day) != nullptr;
  });
  if (first == prices.bars.end()) return 0;
  auto end = std::ranges::upper_bound(first, prices.bars.end(), until, {}, &DailyBar::day);
  while (end != first && index.Find((end - 1)->day) == nullptr) --end;
  if (end - first < 2) return 0;
  const auto last = end - 1;
  const double growth = math::Log(last->close / first->close);
  const double of_index = math::Log(index.Find(last->day)->close / index.Find(first->day)->close);
  return (growth - beta * of_index) / static_cast<double>(last - first);
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
    : changing_(CopyIfItChanges(scenario)),
      scenario_(changing_ != nullptr ? *changing_ : scenario),
      options_(options),
      listener_(listener),
      first_day_(Day(scenario.proto.start_date())),
      last_day_(std::min(Day(scenario.proto.end_date()), options.until)),
      end_(StartOf(last_day_ + 1)),
      news_desk_(scenario.proto.principals().empty()
                     ? NewsDesk(scenario)
                     : NewsDesk(scenario,
                                [this](const v1::Listing& listing, const std::string&) {
                                  return CapitalisationUsdBn(PlaceOf(listing).listing);
                                })),
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
  handler_ = kernel_.Register(this);
  for (size_t i = 0; i < scenario.schedule.size(); ++i) {
    if (scenario.schedule[i].at <= end_) {
      kernel_.Schedule(scenario.schedule[i].at, handler_, kTold, i);
    }
  }
  if (!scenario.proto.principals().empty()) StartStory();
  ScheduleInterventions();
}

World::~World() = default;

void World::StartStory() {
  if (!scenario_.proto.trend_until().empty()) trend_until_ = Day(scenario_.proto.trend_until());
  const v1::Listing& index = scenario_.index();
  for (Place& place : places_) {
    const v1::Listing& listing = scenario_.proto.listings(place.listing);
    if (listing.is_index()) continue;
    const RecordedPrices* recorded = scenario_.FindPrices(listing.ticker());
    const v1::Capitalisation& known = listing.capitalisations(0);
    const DailyBar* then = recorded != nullptr ? recorded->Before(Day(known.date()) + 1) : nullptr;
    const double price = then != nullptr ? then->close : place.market->price();
    place.usd_bn_per_price = known.usd_bn() / price;
    if (recorded != nullptr) {
      place.trend = TrendOf(*recorded, *scenario_.FindPrices(index.ticker()),
                            listing.beta_to_market(), first_day_, trend_until_);
    }
  }
  cast_ = std::make_unique<people::Cast>(
      people::CastSetup{.scenario = &scenario_.proto,
                        .calendar = scenario_.FindCalendar(index.calendar()),
                        .kernel = &kernel_,
                        .host = this,
                        .seed = options_.seed,
                        .start = StartOf(first_day_),
                        .end = end_});
}

double World::CapitalisationUsdBn(int listing) const {
  const Place& place = places_[static_cast<size_t>(listing)];
  return place.usd_bn_per_price * place.market->price();
}

double World::ForwardRevenueUsdBn(int listing) const {
  const kernel::CivilDay today = kernel::UtcDayAt(kernel_.now());
  return sims::ForwardRevenueUsdBn(scenario_.proto, scenario_.proto.listings(listing),
                                   static_cast<int>(today.year()));
}

const World::Place& World::PlaceOf(const v1::Listing& listing) const {
  return *std::ranges::find_if(
      places_, [&](const Place& place) { return place.prices.ticker == listing.ticker(); });
}

kernel::CivilDay World::FirstSession(const std::string& ticker) const {
  const v1::Listing* listing = scenario_.FindListing(ticker);
  const v1::Listing& traded = listing != nullptr ? *listing : scenario_.index();
  const kernel::Session* session =
      scenario_.FindCalendar(traded.calendar())->SessionAtOrAfter(kernel_.now());
  return session != nullptr ? session->day : last_day_;
}

uint64_t World::Happen(const v1::Event& event, uint64_t cause) {
  EmergedEvent& emerged = emerged_.emplace_back();
  emerged.at = kernel_.now();
  emerged.event = event;
  if (event.has_announcement()) {
    for (const Place& place : places_) emerged.usd_bn.push_back(CapitalisationUsdBn(place.listing));
  }
  const uint64_t record =
      listener_ != nullptr ? listener_->OnEmerged(kernel_.now(), event, cause) : 0;
  if (event.has_announcement()) {
    Announce(event, record);
    news_desk_.Remember(event);
  }
  return record;
}

bool World::Recording() const { return listener_ != nullptr && listener_->WantsStory(); }

uint64_t World::Record(v1::Record& record) { return listener_->OnStory(kernel_.now(), record); }

void World::AfterClose(Place& place) {
  if (cast_ == nullptr) return;
  const v1::Listing& listing = scenario_.proto.listings(place.listing);
  const std::vector<DailyBar>& bars = place.prices.bars;
  const auto log_return = [&bars] {
    return math::Log(bars.back().close / bars[bars.size() - 2].close);
  };
  if (listing.is_index()) {
    if (bars.size() >= 2) index_returns_.push_back(log_return());
    return;
  }
  const double trend = place.market->day() <= trend_until_ ? place.trend : 0;
  place.market->Grow(trend);
  const size_t lag = listing.index_lag_sessions();
  if (bars.size() < 2 || index_returns_.size() < 1 + lag) return;
  const double expected =
      listing.beta_to_market() * index_returns_[index_returns_.size() - 1 - lag];
  cast_->OnClose(listing.ticker(), log_return() - expected - trend,
                 listing.daily_idiosyncratic_volatility());
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
  place.prices.bars.reserve(static_cast<size_t>(std::max<int64_t>(0, last_day_ - first_day_ + 1)));
  place.market = std::make_unique<traders::ListingMarket>(
      SetupOf(listing), scenario_.proto.traders(), options_.resolution, options_.seed, factor_,
      kernel_, ObserverOf(place));
  traders::ListingMarket::SessionListener sessions;
  sessions.self = &place;
  sessions.on_close = [](void* self, const traders::ListingMarket& market) {
    Place& at = *static_cast<Place*>(self);
    at.prices.bars.push_back(ToDailyBar(market));
    RunListener* listener = at.world->listener_;
    if (listener != nullptr) listener->OnClose(at.world->kernel_.now(), at.listing, market);
    at.world->AfterClose(at);
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
  if (event.kind == kIntervention) {
    return TakeEffect(scenario_.proto.interventions(static_cast<int>(event.payload)));
  }
  const ScheduledEvent& scheduled = scenario_.schedule[event.payload];
  const uint64_t cause = listener_ != nullptr ? listener_->OnEvent(scheduled) : 0;
  const v1::Event& told = scenario_.proto.events(scheduled.index);
  Announce(told, cause);
  if (cast_ != nullptr) cast_->Witness(told, cause);
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
  for (Place& place : places_) {
    result.prices.push_back({place.prices.ticker, std::move(place.prices.bars)});
    const exchange::MessageCounts& counts = place.market->venue().counts();
    result.orders += counts.orders;
    result.fills += counts.fills;
  }
  result.events = kernel_.processed();
  result.emerged = std::move(emerged_);
  result.last_day = last_day_;
  return result;
}

}  // namespace oneup::sims
