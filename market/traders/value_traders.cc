#include "market/traders/value_traders.h"

#include <algorithm>
#include <cmath>

#include "market/kernel/math.h"
#include "market/traders/purposes.h"
#include "oneup/v1/traders.pb.h"

namespace oneup::traders {

using exchange::OwnerId;
using exchange::Side;

namespace {

// Holdings beyond this share of D no longer move the reservation price.
constexpr double kMaxHolding = 0.5;
// What of a reading is still disputed a trading day later.
constexpr double kFreshKeep = 0.5;

}  // namespace

ValueTraders::ValueTraders(const v1::ValueTraderParameters& parameters, const Scale& scale,
                           uint32_t count, OwnerId first_owner, uint64_t seed, uint32_t entity)
    : first_owner_(first_owner),
      seed_(seed),
      entity_(entity),
      demand_(parameters.demand_adv() * scale.daily_volume / count),
      opinion_sd_(parameters.opinion_sd()),
      daily_opinion_sd_(parameters.daily_opinion_sd()),
      margin_(parameters.margin_sd() * scale.daily_volatility),
      chase_(parameters.chase() * scale.order_volatility),
      delay_hours_(parameters.revision_delay_hours()),
      alert_(parameters.alert_sd() * scale.daily_volatility),
      reading_sd_(parameters.reading_sd()),
      consensus_sd_(parameters.consensus_sd()),
      order_quantity_(scale.order_quantity),
      opinions_(seed, entity, kOpinions),
      traders_(count) {
  for (Trader& trader : traders_) trader.opinion = opinion_sd_ * opinions_.Normal();
}

void ValueTraders::UpdateMultiplier(Trader& trader) const {
  trader.multiplier = math::Exp(trader.opinion + trader.daily_opinion + trader.news);
}

void ValueTraders::BeginDay() {
  for (Trader& trader : traders_) {
    trader.daily_opinion = daily_opinion_sd_ * opinions_.Normal();
    trader.orders = {};  // day orders expired at the close
    UpdateMultiplier(trader);
  }
}

void ValueTraders::Redeem(const Desk& desk) {
  for (uint32_t trader = 0; trader < count(); ++trader) {
    traders_[trader].redeemed = desk.shares(first_owner_ + trader);
  }
}

void ValueTraders::EndDay() {
  for (Trader& trader : traders_) trader.fresh_news *= kFreshKeep;
}

uint32_t ValueTraders::Hear(const News& news) {
  kernel::Stream common(seed_ ^ news.key, entity_, kConsensus);
  const double consensus =
      math::Exp(consensus_sd_ * common.Normal() - 0.5 * consensus_sd_ * consensus_sd_);
  heard_.push_back({news, consensus, std::vector<bool>(traders_.size()), count(), 0});
  return static_cast<uint32_t>(heard_.size() - 1);
}

double ValueTraders::RevisionDelayHours(uint32_t trader, uint32_t number) const {
  kernel::Stream own(seed_ ^ heard_[number].news.key, entity_ + trader, kDelay);
  return own.Exponential(delay_hours_);
}

bool ValueTraders::Revise(uint32_t trader, uint32_t number) {
  Heard& heard = heard_[number];
  if (heard.revised[trader]) return false;
  heard.revised[trader] = true;
  --heard.waiting;
  kernel::Stream own(seed_ ^ heard.news.key, entity_ + trader, kReading);
  const double reading = math::Exp(reading_sd_ * own.Normal() - 0.5 * reading_sd_ * reading_sd_);
  const double revision = heard.news.log_return * heard.consensus * reading;
  heard.revision_sum += revision;
  Trader& who = traders_[trader];
  who.news += revision;
  who.fresh_news += revision;
  UpdateMultiplier(who);
  return true;
}

void ValueTraders::ReviseAll() {
  // Only the last ones can be news to anybody.
  for (uint32_t number = static_cast<uint32_t>(heard_.size());
       number-- > 0 && heard_[number].waiting > 0;) {
    for (uint32_t trader = 0; trader < count(); ++trader) Revise(trader, number);
  }
}

ValueTraders::Reception ValueTraders::ReceptionOf(uint32_t number) const {
  const Heard& heard = heard_[number];
  return {count() - heard.waiting, heard.waiting, heard.revision_sum / count()};
}

Draws ValueTraders::DrawsOnRevision(uint32_t trader, uint32_t number) const {
  kernel::Stream own(seed_ ^ heard_[number].news.key, entity_ + trader, kRevisionDeed);
  return Draws(own);
}

double ValueTraders::Reservation(uint32_t trader, double value, const Desk& desk) const {
  const double holding =
      std::clamp((desk.shares(first_owner_ + trader) - traders_[trader].redeemed) / demand_,
                 -kMaxHolding, kMaxHolding);
  return value * traders_[trader].multiplier / (1 + holding);
}

void ValueTraders::Withdraw(Trader& trader, Desk& desk) {
  for (exchange::OrderId& order : trader.orders) desk.Cancel(order);
}

void ValueTraders::LookForNews(uint32_t trader) {
  for (uint32_t number = static_cast<uint32_t>(heard_.size()); number-- > 0;) {
    if (heard_[number].waiting > 0) Revise(trader, number);
  }
}

void ValueTraders::Act(uint32_t trader, double value, Desk& desk, const Draws& draws) {
  Trader& who = traders_[trader];
  const OwnerId owner = first_owner_ + trader;
  Withdraw(who, desk);
  double reservation = Reservation(trader, value, desk);
  const double surprise = desk.mid() / reservation - 1;
  if (std::abs(surprise) > alert_) {
    LookForNews(trader);
    reservation = Reservation(trader, value, desk);
  }
  const double margin = margin_ * 2 * draws.Uniform(3);
  const double buy = reservation * (1 - margin);
  const double sell = reservation * (1 + margin);
  if (desk.has_ask() && buy >= desk.ask()) {
    const double patient = std::min(buy, desk.ask() * (1 + chase_));
    who.orders[0] =
        desk.Limit(owner, Side::kBuy, patient, demand_ * (reservation / desk.ask() - 1));
  } else if (desk.has_bid() && sell <= desk.bid()) {
    const double patient = std::max(sell, desk.bid() * (1 - chase_));
    who.orders[0] =
        desk.Limit(owner, Side::kSell, patient, demand_ * (1 - reservation / desk.bid()));
  } else if (draws.Coin(4)) {
    who.orders[0] = desk.Limit(owner, Side::kBuy, buy, std::max(order_quantity_, demand_ * margin));
  } else {
    who.orders[0] =
        desk.Limit(owner, Side::kSell, sell, std::max(order_quantity_, demand_ * margin));
  }
}

void ValueTraders::BringToCall(double value, double share, Desk& desk, kernel::Stream& stream) {
  for (uint32_t trader = 0; trader < count(); ++trader) {
    const bool comes = static_cast<double>(stream.NextU32()) * 0x1p-32 < share;
    if (comes || std::abs(traders_[trader].fresh_news) > opinion_sd_) Quote(trader, value, desk);
  }
}

void ValueTraders::Quote(uint32_t trader, double value, Desk& desk) {
  Trader& who = traders_[trader];
  Withdraw(who, desk);
  const double reservation = Reservation(trader, value, desk);
  const double doubt = opinion_sd_ + daily_opinion_sd_ + reading_sd_ * std::abs(who.fresh_news);
  const double quantity = demand_ * doubt;
  const OwnerId owner = first_owner_ + trader;
  for (size_t step = 0; step < 2; ++step) {
    const double away = margin_ + 2 * doubt * static_cast<double>(step);
    const double shares = quantity * static_cast<double>(step + 1);
    who.orders[2 * step] = desk.Limit(owner, Side::kBuy, reservation * (1 - away), shares);
    who.orders[2 * step + 1] = desk.Limit(owner, Side::kSell, reservation * (1 + away), shares);
  }
}

}  // namespace oneup::traders
