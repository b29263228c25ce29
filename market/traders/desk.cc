#include "market/traders/desk.h"

#include <algorithm>
#include <cmath>

namespace oneup::traders {

using exchange::OrderId;
using exchange::OwnerId;
using exchange::Side;

namespace {

constexpr double kMaxQuantity = 1e9;
constexpr double kMaxTicks = 1e9;  // the book knows its own, lower limit

int32_t WholeShares(double quantity) {
  return static_cast<int32_t>(std::clamp(quantity, 0.0, kMaxQuantity));
}

}  // namespace

OrderId Desk::Limit(OwnerId owner, Side side, double price, double quantity) {
  const double ticks = price * per_tick_;
  const int32_t shares = WholeShares(quantity);
  if (!(ticks > 0) || ticks > kMaxTicks || shares == 0) return 0;
  // Floor and ceiling by the conversion, which cuts off: their functions take longer.
  int32_t whole = static_cast<int32_t>(ticks);
  if (side == Side::kSell && whole < ticks) ++whole;
  if (whole == 0) return 0;
  return venue_.Limit(owner, side, {whole}, shares).id;
}

void Desk::Market(OwnerId owner, Side side, double quantity) {
  const int32_t shares = WholeShares(quantity);
  if (shares > 0) venue_.Market(owner, side, shares);
}

void Desk::Cancel(OrderId& order) {
  if (order == 0) return;
  venue_.Cancel(order);
  order = 0;
}

}  // namespace oneup::traders
