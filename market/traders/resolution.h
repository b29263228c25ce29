// How finely a listing's market is simulated: all that differs between resolutions. The
// traders, their parameters and the exchange are the same at each.
#pragma once

#include <algorithm>
#include <cstdint>

namespace oneup::traders {

struct Resolution {
  // Mean order arrivals a session. An order's size follows, so that the day's volume stays.
  double orders_per_day = 0;
  // How often a session unnamed news, the index, trends and retail's attention move on.
  int steps_per_day = 0;
  // Fewer orders need fewer minds: at most so many, whose demand adds up to the same.
  uint32_t value_traders = 0;
  // Whether there is trading between the opening and the closing call.
  bool continuous = true;
};

// An order book all day long.
constexpr Resolution Continuous(double orders_per_day) {
  return {.orders_per_day = orders_per_day,
          // Enough to follow the day, few enough to cost little beside the orders.
          .steps_per_day = static_cast<int>(std::clamp(orders_per_day / 5, 5.0, 390.0)),
          .value_traders = static_cast<uint32_t>(std::max(12.0, orders_per_day / 6)),
          .continuous = true};
}

// A call market, as the Santa Fe artificial market is one: the opening and the closing call
// alone. All value traders come to both and know what is out by then, so that nobody is late
// with it but by the time to the next call. Noise, institutions and retail bring the day's
// orders to the close. Makers, who live between the calls, have nothing to do, nor have
// momentum traders, who want less than one order of this size.
inline constexpr Resolution kCallMarket = {
    .orders_per_day = 8, .steps_per_day = 1, .value_traders = 4, .continuous = false};

}  // namespace oneup::traders
