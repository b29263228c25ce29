// What an exchange has to know of a share to trade it.
#pragma once

#include <cstdint>
#include <string>

#include "market/kernel/time.h"

namespace oneup::exchange {

struct Listing {
  std::string ticker;
  double tick_size = 0.01;      // money of the listing's currency; > 0
  int32_t max_price = 1 << 20;  // ticks; orders above are rejected
  // No trading but in the opening and the closing call.
  bool calls_only = false;
  // Trading halts when a trade is farther than this from the last reference price
  // (limit-up limit-down); 0 switches the bands off.
  double halt_band = 0;
  // How long a halt lasts before the reopening auction.
  Duration halt_time = Duration::Minutes(5);
};

}  // namespace oneup::exchange
