// All traders together on one listing: sessions, halts, the common factor, news.
#include "market/traders/listing_market.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "market/kernel/civil_time.h"
#include "market/kernel/trading_calendar.h"
#include "oneup/v1/traders.pb.h"

namespace oneup::traders {
namespace {

using exchange::Phase;

v1::TraderParameters Parameters() {
  v1::TraderParameters parameters;
  v1::ValueTraderParameters& value = *parameters.mutable_value();
  value.set_count(64);
  value.set_weight(20);
  value.set_demand_adv(100);
  value.set_opinion_sd(0.006);
  value.set_daily_opinion_sd(0.004);
  value.set_margin_sd(0.05);
  value.set_revision_delay_hours(1);
  value.set_alert_sd(3);
  value.set_reading_sd(0.3);
  value.set_auction_share(0.3);
  value.set_chase(2);
  v1::MarketMakerParameters& maker = *parameters.mutable_maker();
  maker.set_count(2);
  maker.set_weight(5);
  maker.set_risk_aversion(0.05);
  maker.set_half_spread(0.5);
  maker.set_quote_orders(1);
  maker.set_impact(0.8);
  maker.set_sign_memory(40);
  maker.set_close_share(0.2);
  v1::InstitutionParameters& institution = *parameters.mutable_institution();
  institution.set_slots(6);
  institution.set_weight(20);
  institution.set_length_alpha(1.8);
  institution.set_length_max(300);
  institution.set_holding_adv(1);
  v1::NoiseParameters& noise = *parameters.mutable_noise();
  noise.set_weight(35);
  noise.set_live_orders(60);
  noise.set_depth_sd(0.1);
  v1::MomentumParameters& momentum = *parameters.mutable_momentum();
  momentum.set_weight(1);
  momentum.set_memory_days(0.5);
  momentum.set_demand_adv(0.02);
  momentum.set_limit_adv(0.05);
  v1::RetailParameters& retail = *parameters.mutable_retail();
  retail.set_buying_adv(1);
  retail.set_attention_per_return(5);
  retail.set_half_life_days(1);
  retail.set_holding_days(20);
  v1::InformationParameters& information = *parameters.mutable_information();
  information.set_overnight_share(0.3);
  information.set_intraday_sd(0.15);
  information.set_daily_sd(0.25);
  information.set_persistent_sd(0.3);
  information.set_value_share(0.9);
  return parameters;
}

// Trades from 10:00 to 16:00 UTC on weekdays, with an hour's break at noon.
kernel::TradingCalendar Calendar() {
  kernel::TradingCalendarSpec spec;
  spec.id = "TEST";
  spec.zone = "UTC";
  spec.first_day = kernel::CivilDay(2025, 1, 1);
  spec.last_day = kernel::CivilDay(2025, 12, 31);
  spec.rules.resize(1);
  spec.rules[0].effective_from = spec.first_day;
  spec.rules[0].pre_open = {9, 0};
  spec.rules[0].open = {10, 0};
  spec.rules[0].breaks = {{{12, 0}, {13, 0}}};
  spec.rules[0].close = {16, 0};
  return *kernel::TradingCalendar::Create(spec);
}

struct Bars {
  std::vector<double> closes;
  std::vector<int64_t> volumes;
};

constexpr Duration kAuctionDelay = Duration::Seconds(5);

// An index and one stock on a kernel of their own.
class Exchange {
 public:
  struct Options {
    double beta = 1;
    double volatility = 0.01;
    double halt_band = 0;
    Resolution resolution = Continuous(150);
    uint64_t seed = 1;
    std::vector<double> index_closes = std::vector<double>(80, 100.0);
  };

  explicit Exchange(const Options& options)
      : calendar_(Calendar()),
        parameters_(Parameters()),
        kernel_(kernel::ToTime(kernel::CivilDay(2025, 1, 1), {}, absl::UTCTimeZone())) {
    ListingSetup index;
    index.listing.ticker = "INDEX";
    index.entity = 1u << 12;
    index.initial_price = 100;
    index.daily_volatility = 0.01;
    index.daily_volume = 1e7;
    index.calendar = &calendar_;
    double last = 100;
    for (const double close : options.index_closes) {
      index.index_days.push_back({last, close});
      last = close;
    }
    ListingSetup stock = index;
    stock.listing.ticker = "STOCK";
    stock.listing.halt_band = options.halt_band;
    stock.entity = 2u << 12;
    stock.initial_price = 50;
    stock.daily_volatility = options.volatility;
    stock.beta = options.beta;
    stock.daily_volume = 1e6;
    stock.auction_delay = kAuctionDelay;
    stock.index_days.clear();
    index_ = std::make_unique<ListingMarket>(index, parameters_, options.resolution, options.seed,
                                             factor_, kernel_);
    stock_ = std::make_unique<ListingMarket>(stock, parameters_, options.resolution, options.seed,
                                             factor_, kernel_);
    Record(*index_, &index_bars_);
    Record(*stock_, &stock_bars_);
  }

  // Up to the close of the n-th session, from 0: the stock's comes after the index's.
  void RunSessions(int n) {
    RunUntil(calendar_.sessions()[static_cast<size_t>(n)].close + kAuctionDelay);
  }
  void RunUntil(Time time) { kernel_.RunUntil(time); }
  Time At(int session, kernel::ClockTime time) const {
    return kernel::ToTime(calendar_.sessions()[static_cast<size_t>(session)].day, time,
                          absl::UTCTimeZone());
  }
  ListingMarket& stock() { return *stock_; }
  const Bars& stock_bars() const { return stock_bars_; }
  const Bars& index_bars() const { return index_bars_; }

 private:
  void Record(ListingMarket& market, Bars* bars) {
    market.set_session_listener({bars, [](void* self, const ListingMarket& at) {
                                   Bars& to = *static_cast<Bars*>(self);
                                   to.closes.push_back(at.venue().tape().last().value * 0.01);
                                   to.volumes.push_back(at.venue().tape().day().volume);
                                 }});
    market.Start(kernel::CivilDay(2025, 1, 1), kernel::CivilDay(2025, 12, 31));
  }

  kernel::TradingCalendar calendar_;
  v1::TraderParameters parameters_;
  kernel::Kernel kernel_;
  Factor factor_;
  std::unique_ptr<ListingMarket> index_;
  std::unique_ptr<ListingMarket> stock_;
  Bars index_bars_;
  Bars stock_bars_;
};

std::vector<double> LogReturns(const std::vector<double>& closes) {
  std::vector<double> returns;
  for (size_t i = 1; i < closes.size(); ++i) returns.push_back(std::log(closes[i] / closes[i - 1]));
  return returns;
}

// A jagged course of the index: 2 % up, 2 % down in no simple order.
std::vector<double> Jagged() {
  std::vector<double> closes;
  double level = 100;
  for (int i = 0; i < 80; ++i) closes.push_back(level *= (i * i / 3) % 2 == 0 ? 1.02 : 1 / 1.02);
  return closes;
}

double Slope(const std::vector<double>& x, const std::vector<double>& y) {
  double xy = 0;
  double xx = 0;
  for (size_t i = 0; i < x.size(); ++i) {
    xy += x[i] * y[i];
    xx += x[i] * x[i];
  }
  return xy / xx;
}

TEST(ListingMarket, TheIndexGoesWhereItsRecordGoes) {
  Exchange exchange({.index_closes = Jagged()});
  exchange.RunSessions(79);
  const std::vector<double> recorded = Jagged();
  ASSERT_EQ(exchange.index_bars().closes.size(), 80u);
  for (size_t i = 0; i < 80; ++i) {
    EXPECT_NEAR(exchange.index_bars().closes[i] / recorded[i], 1, 0.005) << i;
  }
}

TEST(ListingMarket, StocksFollowTheCommonFactorWithTheirBeta) {
  for (const double beta : {0.0, 1.0, 2.0}) {
    Exchange exchange({.beta = beta, .resolution = Continuous(500), .index_closes = Jagged()});
    exchange.RunSessions(79);
    const std::vector<double> index = LogReturns(exchange.index_bars().closes);
    const std::vector<double> stock = LogReturns(exchange.stock_bars().closes);
    // 79 returns of 2 % against 1 % of the stock's own: a standard error of about .06.
    EXPECT_NEAR(Slope(index, stock), beta, 0.2 * beta + 0.2) << beta;
  }
}

TEST(ListingMarket, StocksCloseKnowingWhereTheIndexDid) {
  double slope = 0;
  for (uint64_t seed = 1; seed <= 10; ++seed) {
    // So few orders a day that the index's move often comes with its closing auction alone.
    Exchange exchange({.volatility = 0.005,
                       .resolution = Continuous(20),
                       .seed = seed,
                       .index_closes = Jagged()});
    exchange.RunSessions(79);
    slope +=
        Slope(LogReturns(exchange.index_bars().closes), LogReturns(exchange.stock_bars().closes)) /
        10;
  }
  // What is missing of 1 comes the next morning. Without that knowledge the slope was .39.
  EXPECT_GT(slope, 0.5);
}

TEST(ListingMarket, ADayMovesByTheListingsVolatilityAndTradesAboutItsVolume) {
  for (const Resolution& resolution : {kCallMarket, Continuous(40), Continuous(400)}) {
    const double orders = resolution.orders_per_day;
    Exchange exchange({.volatility = 0.02, .resolution = resolution});
    exchange.RunSessions(79);
    double squares = 0;
    const std::vector<double> returns = LogReturns(exchange.stock_bars().closes);
    for (const double r : returns) squares += r * r / static_cast<double>(returns.size());
    EXPECT_NEAR(std::sqrt(squares), 0.02, 0.006) << orders;
    double volume = 0;
    for (const int64_t v : exchange.stock_bars().volumes) volume += static_cast<double>(v) / 80;
    EXPECT_GT(volume, 0.5e6) << orders;
    EXPECT_LT(volume, 2e6) << orders;
  }
}

// ---- News ----

News Good(double log_return) {
  return {.key = 42, .log_return = log_return, .attention = log_return, .cause = 0};
}

TEST(ListingMarket, NewsOvernightGapsTheOpen) {
  Exchange exchange({});
  exchange.RunSessions(10);
  const double before = exchange.stock().price();
  exchange.stock().Hear(Good(0.2));
  exchange.RunUntil(exchange.At(11, {10, 1}));
  EXPECT_NEAR(std::log(exchange.stock().price() / before), 0.2, 0.06);
}

TEST(ListingMarket, NewsDuringASessionMovesThePriceInSteps) {
  Exchange exchange({});
  exchange.RunUntil(exchange.At(10, {10, 30}));
  const double before = exchange.stock().price();
  exchange.stock().Hear(Good(0.05));
  EXPECT_EQ(exchange.stock().price(), before);  // nothing moves it but orders
  exchange.RunUntil(exchange.At(10, {10, 35}));
  const double soon = exchange.stock().price();
  exchange.RunUntil(exchange.At(10, {15, 30}));
  const double late = exchange.stock().price();
  EXPECT_GT(soon, before);
  EXPECT_GT(late, soon);
  EXPECT_NEAR(std::log(late / before), 0.05, 0.03);
}

TEST(ListingMarket, BadNewsMovesItDown) {
  Exchange exchange({});
  exchange.RunSessions(10);
  const double before = exchange.stock().price();
  exchange.stock().Hear({.key = 42, .log_return = -0.1});
  exchange.RunSessions(11);
  EXPECT_NEAR(std::log(exchange.stock().price() / before), -0.1, 0.05);
}

TEST(ListingMarket, ADisputedHeadlineMultipliesTheVolume) {
  Exchange exchange({});
  exchange.RunSessions(10);
  exchange.stock().Hear(Good(0.3));
  exchange.RunSessions(11);
  const std::vector<int64_t>& volumes = exchange.stock_bars().volumes;
  EXPECT_GT(volumes[11], 3 * volumes[10]);
}

TEST(ListingMarket, AttentionAloneBuysInAQuietMarket) {
  // Common random numbers: the two runs differ by the attention only.
  double with = 0;
  double without = 0;
  for (uint64_t seed = 1; seed <= 5; ++seed) {
    for (const bool noticed : {true, false}) {
      Exchange exchange({.seed = seed});
      exchange.RunSessions(10);
      if (noticed) exchange.stock().Notice(0.1);
      exchange.RunSessions(11);
      (noticed ? with : without) += std::log(exchange.stock().price()) / 5;
    }
  }
  EXPECT_GT(with, without);
}

// ---- A call market ----

TEST(CallMarket, TradesInItsTwoCallsAlone) {
  Exchange exchange({.resolution = kCallMarket});
  const auto volume_at = [&](kernel::ClockTime time) {
    exchange.RunUntil(exchange.At(3, time));
    return exchange.stock().venue().tape().day().volume;
  };
  const int64_t opening = volume_at({10, 1});
  EXPECT_GT(opening, 0);
  EXPECT_EQ(volume_at({15, 59}), opening);
  EXPECT_GT(volume_at({16, 1}), opening);
  EXPECT_EQ(exchange.stock().venue().phase(), Phase::kClosed);
  EXPECT_EQ(exchange.stock().venue().tape().day().volume,
            exchange.stock().venue().tape().day().auction_volume);
}

TEST(CallMarket, PricesNewsOfTheDayAtItsClose) {
  Exchange exchange({.resolution = kCallMarket});
  exchange.RunUntil(exchange.At(10, {10, 30}));
  const double before = exchange.stock().price();
  exchange.stock().Hear(Good(0.2));
  exchange.RunUntil(exchange.At(10, {15, 59}));
  EXPECT_EQ(exchange.stock().price(), before);
  exchange.RunSessions(10);
  EXPECT_NEAR(std::log(exchange.stock().price() / before), 0.2, 0.1);
}

TEST(CallMarket, FollowsTheIndexWithinTheDay) {
  double slope = 0;
  for (uint64_t seed = 1; seed <= 5; ++seed) {
    Exchange exchange({.resolution = kCallMarket, .seed = seed, .index_closes = Jagged()});
    exchange.RunSessions(79);
    int astray = 0;  // a call in which nobody trades leaves the price of the one before
    for (size_t i = 0; i < 80; ++i) {
      astray += std::abs(exchange.index_bars().closes[i] / Jagged()[i] - 1) > 0.01;
    }
    EXPECT_LE(astray, 4) << seed;
    slope +=
        Slope(LogReturns(exchange.index_bars().closes), LogReturns(exchange.stock_bars().closes)) /
        5;
  }
  EXPECT_GT(slope, 0.7);  // what is missing of 1 comes the next morning
}

// ---- Sessions ----

TEST(ListingMarket, TradesInItsHoursAndNotInItsBreak) {
  Exchange exchange({});
  const auto phase_at = [&](kernel::ClockTime time) {
    exchange.RunUntil(exchange.At(3, time));
    return exchange.stock().venue().phase();
  };
  const auto volume = [&] { return exchange.stock().venue().tape().day().volume; };
  EXPECT_EQ(phase_at({9, 30}), Phase::kClosed);
  EXPECT_EQ(phase_at({10, 1}), Phase::kContinuous);
  phase_at({12, 0});
  const int64_t at_noon = volume();
  EXPECT_GT(at_noon, 0);
  phase_at({12, 59});
  EXPECT_EQ(volume(), at_noon);
  phase_at({14, 0});
  EXPECT_GT(volume(), at_noon);
  EXPECT_EQ(phase_at({16, 1}), Phase::kClosed);
  EXPECT_EQ(exchange.stock().venue().book().order_count(), 0u);
}

TEST(ListingMarket, AJumpHaltsTradingForFiveMinutes) {
  Exchange exchange({.halt_band = 0.03});
  exchange.RunUntil(exchange.At(10, {10, 30}));
  exchange.stock().Hear(Good(0.3));
  int halted = 0;
  int longest = 0;
  int spell = 0;
  for (Time at = exchange.At(10, {10, 30}); at < exchange.At(10, {12, 0});
       at = at + Duration::Seconds(10)) {
    exchange.RunUntil(at);
    spell = exchange.stock().venue().phase() == Phase::kHalted ? spell + 1 : 0;
    halted += spell > 0;
    longest = std::max(longest, spell);
  }
  EXPECT_GE(halted, 30);  // at least one halt of 300 seconds
  EXPECT_LE(longest, 31);
  exchange.RunSessions(12);  // and the market goes on
  EXPECT_GT(exchange.stock_bars().volumes[12], 0);
}

TEST(ListingMarket, WithoutABandNothingHalts) {
  Exchange exchange({});
  exchange.RunUntil(exchange.At(10, {10, 30}));
  exchange.stock().Hear(Good(0.3));
  for (Time at = exchange.At(10, {10, 30}); at < exchange.At(10, {12, 0});
       at = at + Duration::Minutes(1)) {
    exchange.RunUntil(at);
    ASSERT_EQ(exchange.stock().venue().phase(), Phase::kContinuous);
  }
}

TEST(ListingMarket, SharesAndMoneyAreConserved) {
  Exchange exchange({});
  exchange.RunSessions(5);
  exchange.stock().Hear(Good(0.2));
  exchange.RunSessions(20);
  EXPECT_TRUE(exchange.stock().venue().accounts().Conserved());
  EXPECT_TRUE(exchange.stock().venue().book().CheckInvariants());
}

}  // namespace
}  // namespace oneup::traders
