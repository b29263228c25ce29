// The scales of one listing at one resolution, which every population works in.
#pragma once

namespace oneup::traders {

struct Scale {
  double tick = 0;              // money per tick
  double daily_volatility = 0;  // sd of the daily log return
  double daily_volume = 0;      // shares a day (ADV)
  double orders_per_day = 0;    // mean order arrivals a session: the resolution
  double order_volatility = 0;  // daily_volatility / sqrt(orders_per_day)
  double order_quantity = 0;    // shares of a mean order
};

}  // namespace oneup::traders
