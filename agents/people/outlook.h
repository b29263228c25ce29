// The hub's need, revenue and equity through time, as the scenario's outlook states them: each
// figure on a line in logs between the dates that state it, level before the first and after the
// last.
#pragma once

#include <vector>

#include "market/kernel/time.h"

namespace oneup::v1 {
class Demand;
}  // namespace oneup::v1

namespace oneup::people {

// At one date.
struct Outlook {
  double need_gw = 1;
  double revenue_usd_bn = 1;  // of a year
  double raised_usd_bn = 1;
};

class OutlookTable {
 public:
  explicit OutlookTable(const v1::Demand& demand);

  // `years` after now; fractions count. Of one day it is asked again and again: the last answer
  // is kept.
  Outlook At(Time now, double years) const;

 private:
  struct Point {
    double day = 0;  // since 1970
    double log = 0;
  };
  using Series = std::vector<Point>;
  static double ValueOf(const Series& series, double day);

  Series need_, revenue_, raised_;
  mutable double last_day_ = -1e9;
  mutable Outlook last_;
};

}  // namespace oneup::people
