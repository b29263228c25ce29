// Market makers: inventory control after Avellaneda and Stoikov (2008,
// Quantitative Finance 8), around a fair price learnt from the order flow (Kyle
// 1985; only the unexpected part of a sign moves it, since signs have long memory:
// Lillo and Farmer 2004). With inventory q in quotes, and sigma, gamma and the time
// left tau of the session,
//     reservation price  r = s (1 - q gamma sigma^2 tau),
//     half-spread        h = gamma sigma^2 tau / 2 + (1/gamma) ln(1 + gamma/k);
// the parameters give gamma sigma (risk_aversion) and the last term (half_spread).
// Together the makers hold a ladder of quotes, each level a half-spread deeper and
// larger by two quotes than the one before: a book whose depth grows linearly with
// distance, which makes the impact of a large order grow with the square root of its
// size (Toth et al. 2011, Physical Review X 1). They take turns at its levels.
#pragma once

#include <array>
#include <cstdint>

#include "market/traders/desk.h"
#include "market/traders/scale.h"

namespace oneup::v1 {
class MarketMakerParameters;
}

namespace oneup::traders {

class MarketMakers {
 public:
  MarketMakers(const v1::MarketMakerParameters& parameters, const Scale& scale,
               exchange::OwnerId first_owner);

  // A new session: yesterday's quotes are gone, the fair price is the opening price.
  void BeginSession(double price);
  // An aggressive order of this many shares traded.
  void Learn(exchange::Side aggressor, double quantity);
  // The common factor moved by this much, log price, as far as it moves this listing:
  // the fair price follows at once, which is what makes an index lead no stock.
  void Follow(double log_move) { fair_ *= 1 + log_move; }
  // All makers renew their quotes; session_left is the fraction of the session to come.
  void Renew(double session_left, Desk& desk);
  // Brings a share of each inventory to the closing auction.
  void Unload(Desk& desk);

 private:
  static constexpr uint32_t kLevels = 2;

  void Withdraw(Desk& desk);

  exchange::OwnerId first_owner_;
  double quote_quantity_;
  double risk_;         // relative price per quote of inventory at a full session
  double half_spread_;  // relative
  double impact_;       // relative, of one mean order
  double forget_;       // weight of the newest sign in the forecast
  double close_share_;
  double per_order_quantity_;
  double fair_ = 0;
  double expected_sign_ = 0;
  uint32_t count_;
  std::array<exchange::OrderId, kLevels> bids_{};
  std::array<exchange::OrderId, kLevels> asks_{};
};

}  // namespace oneup::traders
