// A piece of news as traders meet it: what it would do to the value of one listing
// if everybody read it the same way, and how loud it is. Where the figures come
// from (deals, leaks, doubts) is not the market's business.
#pragma once

#include <cstdint>

namespace oneup::traders {

struct News {
  uint64_t key = 0;       // identifies the news in random draws; stable across runs
  double log_return = 0;  // consensus revision of the log value
  double attention = 0;   // how much retail attention it raises, in log-return units, >= 0
  uint64_t cause = 0;     // id of the trace record that brought it
};

}  // namespace oneup::traders
