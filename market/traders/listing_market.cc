#include "market/traders/listing_market.h"

#include <algorithm>
#include <cmath>

#include "market/kernel/math.h"
#include "market/traders/draws.h"
#include "market/traders/population.h"
#include "market/traders/purposes.h"
#include "oneup/v1/traders.pb.h"

namespace oneup::traders {

using exchange::Side;

namespace {

// Shares of a mean order so that an ordinary day's volume is about the ADV: a bit
// less than a third of all arrivals end in a trade.
constexpr double kTradesPerArrival = 0.45;
// The index's sd within a day around the line from open to close.
constexpr double kIndexSessionVolatility = 0.004;

Scale MakeScale(const ListingSetup& setup, double orders_per_day) {
  return {.tick = setup.listing.tick_size,
          .daily_volatility = setup.daily_volatility,
          .daily_volume = setup.daily_volume,
          .orders_per_day = orders_per_day,
          .order_volatility = setup.daily_volatility / std::sqrt(orders_per_day),
          .order_quantity = setup.daily_volume / (orders_per_day * kTradesPerArrival)};
}

// The index is traded as a fund whose value everybody can add up from its parts: opinions
// of it differ by little, much capital stands ready to trade the difference (Petajisto
// 2017, Financial Analysts Journal 73), all come to the calls, and every night its shares are
// redeemed or created at the value. That is what keeps the index where its given course says.
constexpr double kFundDoubt = 0.1;  // opinions, beside those of a share
constexpr double kFundDemand = 10;  // demand, beside that of a share

v1::ValueTraderParameters ValueTradersOf(const v1::TraderParameters& parameters, bool is_index,
                                         const Resolution& resolution) {
  v1::ValueTraderParameters value = parameters.value();
  if (!is_index) return value;
  value.set_opinion_sd(kFundDoubt * value.opinion_sd());
  value.set_daily_opinion_sd(kFundDoubt * value.daily_opinion_sd());
  value.set_demand_adv(kFundDemand * value.demand_adv());
  // Where they meet among themselves alone, who agree within their margins would not trade, and
  // the price of the day before would stand for the index.
  if (!resolution.continuous) value.set_margin_sd(kFundDoubt * value.margin_sd());
  return value;
}

exchange::Listing ListingOf(const ListingSetup& setup, const Resolution& resolution) {
  exchange::Listing listing = setup.listing;
  listing.calls_only = !resolution.continuous;
  return listing;
}

// Places of two populations among the weights.
constexpr size_t kInstitutionWeight = 2;
constexpr size_t kNoiseWeight = 3;

// More orders near the open and the close (mean 1 over u in (0, 1)).
double TimeOfDay(double u) {
  const double from_noon = 2 * u - 1;
  return 0.75 + 0.75 * from_noon * from_noon;
}

}  // namespace

ListingMarket::ListingMarket(const ListingSetup& setup, const v1::TraderParameters& parameters,
                             const Resolution& resolution, uint64_t seed, Factor& factor,
                             kernel::Kernel& kernel, exchange::Observer observer)
    : kernel_(kernel),
      calendar_(*setup.calendar),
      factor_(factor),
      is_index_(!setup.index_days.empty()),
      resolution_(resolution),
      scale_(MakeScale(setup, resolution.orders_per_day)),
      initial_price_(setup.initial_price),
      beta_(setup.beta),
      auction_delay_(setup.auction_delay),
      venue_(ListingOf(setup, resolution), observer),
      desk_(venue_),
      information_(parameters.information(), setup.daily_volatility, resolution_.steps_per_day,
                   kernel::Stream(seed, setup.entity, kInformation)),
      index_path_(setup.index_days, kIndexSessionVolatility, resolution_.steps_per_day,
                  kernel::Stream(seed, setup.entity, kIndexPath)),
      values_(ValueTradersOf(parameters, is_index_, resolution_), scale_,
              std::min(parameters.value().count(), resolution.value_traders),
              kFirstMaker + parameters.maker().count(), seed, setup.entity),
      makers_(parameters.maker(), scale_, kFirstMaker),
      institutions_(parameters.institution(), scale_, kInstitutionOwner),
      noise_(parameters.noise(), scale_, kNoiseOwner),
      momentum_(parameters.momentum(), scale_, resolution_.steps_per_day, kMomentumOwner),
      retail_(parameters.retail(), scale_, resolution_.steps_per_day, kRetailOwner),
      arrivals_(seed, setup.entity, kArrivals),
      auctions_(seed, setup.entity, kAuction),
      auction_share_(is_index_ || !resolution.continuous ? 1 : parameters.value().auction_share()),
      value_(setup.initial_price) {
  handler_ = kernel_.Register(this);
  double sum = 0;
  const std::array<double, 5> weights = {
      parameters.value().weight(), parameters.maker().weight(), parameters.institution().weight(),
      parameters.noise().weight(), parameters.momentum().weight()};
  for (size_t i = 0; i < weights.size(); ++i) cumulative_weight_[i] = sum += weights[i];
}

void ListingMarket::Start(kernel::CivilDay first, kernel::CivilDay last) {
  next_session_ = calendar_.IndexOnOrAfter(first);
  last_day_ = last;
  venue_.tape().set_last({static_cast<int32_t>(initial_price_ / scale_.tick)});
  ScheduleOpen();
}

void ListingMarket::ScheduleOpen() {
  if (next_session_ == calendar_.sessions().size()) return;
  const kernel::Session& next = calendar_.sessions()[next_session_];
  if (next.day > last_day_) return;
  kernel_.Schedule(next.open + auction_delay_, handler_, kOpen);
}

void ListingMarket::OnEvent(const kernel::Event& event) {
  switch (event.kind) {
    case kOpen:
      return Open();
    case kArrival:
      return Arrive();
    case kStep:
      return Step();
    case kRevision:
      return Revise(static_cast<uint32_t>(event.payload),
                    static_cast<uint32_t>(event.payload >> 32));
    case kRetailBuy:
      return Trade([this] { retail_.Buy(desk_); });
    case kRetailSell:
      return Trade([this] { retail_.Sell(desk_); });
    case kReopen:
      if (venue_.phase() == exchange::Phase::kHalted) venue_.Uncross();
      return;
    case kClose:
      return Close();
  }
}

double ListingMarket::Value() {
  if (is_index_) return index_path_.value();
  const double log_move = beta_ * factor_.log_level + information_.log_value();
  if (log_move != log_move_) {
    log_move_ = log_move;
    value_ = initial_price_ * math::Exp(log_move);
  }
  return value_;
}

void ListingMarket::ShowFactor(double price) {
  if (is_index_) factor_.log_level = math::Log(price / initial_price_);
}

void ListingMarket::Open() {
  session_ = &calendar_.sessions()[next_session_++];
  clock_ = SessionClock(*session_, auction_delay_);
  information_.Overnight();
  index_path_.NextDay();
  values_.BeginDay();
  if (is_index_) values_.Redeem(desk_);
  noise_.BeginDay();
  // Who comes to a call alone knows by then what is out: before the record of beliefs is taken.
  if (!resolution_.continuous) values_.ReviseAll();
  if (session_listener_.on_open != nullptr)
    session_listener_.on_open(session_listener_.self, *this);
  venue_.BeginCall();
  values_.BringToCall(Value(), auction_share_, desk_, auctions_);
  retail_.BringToOpening(desk_);
  venue_.Uncross();
  if (!resolution_.continuous) {
    ShowFactor(desk_.last());
    return BeginClosingCall();
  }
  makers_.BeginSession(desk_.last());
  followed_ = factor_.log_level;
  ShowFactor(desk_.last());
  active_ns_ = 0;
  elapsed_ = 0;
  step_ = 0;
  ScheduleArrival(Gap(arrivals_.Uniform()));
  Step();
}

void ListingMarket::BeginClosingCall() {
  venue_.BeginCall();
  makers_.Unload(desk_);
  kernel_.Schedule(std::max(session_->close + auction_delay_, kernel_.now()), handler_, kClose);
}

void ListingMarket::BringDay() {
  information_.Step();
  index_path_.Step();
  const auto arrivals = [this](size_t population) {
    const double weight = cumulative_weight_[population] - cumulative_weight_[population - 1];
    return arrivals_.Poisson(scale_.orders_per_day * information_.rate() * weight /
                             cumulative_weight_.back());
  };
  // Noise first: it looks at the touch, which orders at the market would hide.
  for (int64_t n = arrivals(kNoiseWeight); n > 0; --n) noise_.Act(desk_, Draws(arrivals_));
  for (int64_t n = arrivals(kInstitutionWeight); n > 0; --n) {
    institutions_.Act(desk_, Draws(arrivals_));
  }
  const Retail::Pending pending = retail_.Step(desk_, auctions_.Uniform());
  for (uint32_t n = 0; n < pending.buys; ++n) retail_.Buy(desk_);
  for (uint32_t n = 0; n < pending.sells; ++n) retail_.Sell(desk_);
}

void ListingMarket::Close() {
  if (!resolution_.continuous) {
    BringDay();
    values_.ReviseAll();
  }
  values_.BringToCall(Value(), auction_share_, desk_, auctions_);
  venue_.Uncross();
  venue_.Close();
  values_.EndDay();
  ShowFactor(desk_.last());
  if (session_listener_.on_close != nullptr) {
    session_listener_.on_close(session_listener_.self, *this);
  }
  ScheduleOpen();
}

double ListingMarket::Gap(double uniform) const {
  const double per_session = scale_.orders_per_day * information_.rate() * TimeOfDay(elapsed_);
  return -math::Log(uniform) / per_session * static_cast<double>(clock_.length_ns());
}

void ListingMarket::ScheduleArrival(double gap) {
  const double length = static_cast<double>(clock_.length_ns());
  // A gap beyond the session's end ends the chain; the next open begins it anew.
  if (gap >= length - static_cast<double>(active_ns_)) return;
  active_ns_ += static_cast<int64_t>(gap);
  elapsed_ = static_cast<double>(active_ns_) / length;
  kernel_.Schedule(clock_.At(active_ns_), handler_, kArrival);
}

template <typename Action>
void ListingMarket::Trade(Action action) {
  if (venue_.phase() != exchange::Phase::kContinuous) return;
  const int64_t before = venue_.tape().day().volume;
  const double mid_before = trade_listener_.on_trade != nullptr ? desk_.mid() : 0;
  action();
  const int64_t traded = venue_.tape().day().volume - before;
  if (traded == 0) return;
  if (trade_listener_.on_trade != nullptr) {
    trade_listener_.on_trade(trade_listener_.self, mid_before, venue_.tape().last_aggressor(),
                             traded);
  }
  makers_.Learn(venue_.tape().last_aggressor(), static_cast<double>(traded));
  if (venue_.phase() == exchange::Phase::kHalted) {
    kernel_.Schedule(kernel_.now() + venue_.listing().halt_time, handler_, kReopen);
    return;
  }
  makers_.Renew(1 - elapsed_, desk_);
}

void ListingMarket::Arrive() {
  const Draws draws(arrivals_);
  // Worked out before the deed, beside which it costs nothing: a logarithm is a long chain
  // of operations, and who acts is a branch that nobody can predict.
  const double gap = Gap(draws.Uniform(0));
  const double pick = draws.Uniform(1) * cumulative_weight_.back();
  Trade([&] {
    if (pick < cumulative_weight_[0]) {
      values_.Act(draws.Index(2, values_.count()), Value(), desk_, draws);
    } else if (pick < cumulative_weight_[1]) {
      makers_.Renew(1 - elapsed_, desk_);
    } else if (pick < cumulative_weight_[2]) {
      institutions_.Act(desk_, draws);
    } else if (pick < cumulative_weight_[3]) {
      noise_.Act(desk_, draws);
    } else {
      momentum_.Act(desk_);
    }
  });
  ScheduleArrival(gap);
}

void ListingMarket::Step() {
  if (step_ == resolution_.steps_per_day) return BeginClosingCall();
  information_.Step();
  index_path_.Step();
  momentum_.Observe(desk_.mid());
  ShowFactor(desk_.mid());
  if (!is_index_) {
    makers_.Follow(beta_ * (factor_.log_level - followed_));
    followed_ = factor_.log_level;
  }
  const int64_t step_ns = clock_.length_ns() / resolution_.steps_per_day;
  const int64_t start = step_ * step_ns;
  ++step_;
  const Retail::Pending pending = retail_.Step(desk_, auctions_.Uniform());
  const auto spread = [&](uint32_t orders, EventKind kind) {
    for (uint32_t i = 0; i < orders; ++i) {
      const int64_t at = start + step_ns * (2 * int64_t{i} + 1) / (2 * int64_t{orders});
      kernel_.Schedule(clock_.At(at), handler_, kind);
    }
  };
  spread(pending.buys, kRetailBuy);
  spread(pending.sells, kRetailSell);
  const int64_t end = step_ == resolution_.steps_per_day ? clock_.length_ns() : step_ * step_ns;
  kernel_.Schedule(clock_.At(end), handler_, kStep);
}

void ListingMarket::Hear(const News& news) {
  const uint32_t number = values_.Hear(news);
  retail_.Notice(news.attention);
  if (!resolution_.continuous) return;  // it is taken in at the next call
  for (uint32_t trader = 0; trader < values_.count(); ++trader) {
    const double hours = values_.RevisionDelayHours(trader, number);
    kernel_.Schedule(kernel_.now() + Duration{static_cast<int64_t>(hours * 3.6e12)}, handler_,
                     kRevision, uint64_t{number} << 32 | trader);
  }
}

void ListingMarket::Revise(uint32_t trader, uint32_t number) {
  if (!values_.Revise(trader, number) || !Trading()) return;
  Trade([&] { values_.Act(trader, Value(), desk_, values_.DrawsOnRevision(trader, number)); });
}

}  // namespace oneup::traders
