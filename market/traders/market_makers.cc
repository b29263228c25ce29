#include "market/traders/market_makers.h"

#include <algorithm>
#include <cmath>

#include "oneup/v1/traders.pb.h"

namespace oneup::traders {

using exchange::OwnerId;
using exchange::Side;

namespace {

// No inventory moves a quote farther than this from the fair price.
constexpr double kMaxSkew = 0.02;

}  // namespace

MarketMakers::MarketMakers(const v1::MarketMakerParameters& parameters, const Scale& scale,
                           OwnerId first_owner)
    : first_owner_(first_owner),
      quote_quantity_(parameters.quote_orders() * scale.order_quantity),
      risk_(parameters.risk_aversion() * scale.daily_volatility),
      half_spread_(parameters.half_spread() * scale.order_volatility),
      impact_(parameters.impact() * scale.order_volatility),
      forget_(1 / parameters.sign_memory()),
      close_share_(parameters.close_share()),
      per_order_quantity_(1 / scale.order_quantity),
      count_(parameters.count()) {}

void MarketMakers::BeginSession(double price) {
  fair_ = price;
  bids_ = {};
  asks_ = {};
}

void MarketMakers::Learn(Side aggressor, double quantity) {
  const double sign = aggressor == Side::kBuy ? 1 : -1;
  fair_ *= 1 + impact_ * (sign - expected_sign_) * std::sqrt(quantity * per_order_quantity_);
  expected_sign_ += forget_ * (sign - expected_sign_);
}

void MarketMakers::Withdraw(Desk& desk) {
  for (exchange::OrderId& order : bids_) desk.Cancel(order);
  for (exchange::OrderId& order : asks_) desk.Cancel(order);
}

void MarketMakers::Renew(double session_left, Desk& desk) {
  Withdraw(desk);
  // What others are ready to pay or take is public: the fair price lies between.
  if (desk.has_bid()) fair_ = std::max(fair_, desk.bid());
  if (desk.has_ask()) fair_ = std::min(fair_, desk.ask());
  const double risk = risk_ * session_left;
  const double half = std::max(fair_ * (half_spread_ + 0.5 * risk), 0.5 * desk.tick());
  for (uint32_t level = 0; level < kLevels; ++level) {
    const OwnerId owner = first_owner_ + level % count_;
    const double inventory = desk.shares(owner) / quote_quantity_;
    const double reservation = fair_ * (1 - std::clamp(inventory * risk, -kMaxSkew, kMaxSkew));
    const double away = half * (level + 1);
    double bid = reservation - away;
    double ask = reservation + away;
    // A maker provides, he does not take.
    if (desk.has_ask()) bid = std::min(bid, desk.ask() - desk.tick());
    if (desk.has_bid()) ask = std::max(ask, desk.bid() + desk.tick());
    const double quantity = quote_quantity_ * (2 * level + 1);
    bids_[level] = desk.Limit(owner, Side::kBuy, bid, quantity);
    asks_[level] = desk.Limit(owner, Side::kSell, ask, quantity);
  }
}

void MarketMakers::Unload(Desk& desk) {
  Withdraw(desk);
  for (OwnerId owner = first_owner_; owner < first_owner_ + count_; ++owner) {
    const double shares = close_share_ * desk.shares(owner);
    desk.Market(owner, shares > 0 ? Side::kSell : Side::kBuy, std::abs(shares));
  }
}

}  // namespace oneup::traders
