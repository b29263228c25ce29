#include "agents/people/outlook.h"

#include <algorithm>

#include "market/kernel/civil_time.h"
#include "market/kernel/math.h"
#include "oneup/v1/principals.pb.h"

namespace oneup::people {
namespace {

constexpr double kDaysOfYear = 365.25;

}  // namespace

OutlookTable::OutlookTable(const v1::Demand& demand) {
  for (const v1::Outlook& point : demand.outlook()) {
    // The scenario's check has read the date.
    const auto date = kernel::ParseDay(point.date());
    const double day = static_cast<double>(*date - kernel::CivilDay(1970));
    const auto add = [&](bool stated, double value, Series& series) {
      if (stated) series.push_back({day, math::Log(value)});
    };
    add(point.has_need_gw(), point.need_gw(), need_);
    add(point.has_revenue_usd_bn(), point.revenue_usd_bn(), revenue_);
    add(point.has_raised_usd_bn(), point.raised_usd_bn(), raised_);
  }
}

double OutlookTable::ValueOf(const Series& series, double day) {
  const auto next = std::ranges::lower_bound(series, day, {}, &Point::day);
  if (next == series.begin()) return math::Exp(next->log);
  if (next == series.end()) return math::Exp(series.back().log);
  const Point& before = *(next - 1);
  const double share = (day - before.day) / (next->day - before.day);
  return math::Exp(before.log + share * (next->log - before.log));
}

Outlook OutlookTable::At(Time now, double years) const {
  const double day = (now - Time{}).days() + years * kDaysOfYear;
  if (day != last_day_) {
    last_day_ = day;
    last_ = {.need_gw = ValueOf(need_, day),
             .revenue_usd_bn = ValueOf(revenue_, day),
             .raised_usd_bn = ValueOf(raised_, day)};
  }
  return last_;
}

}  // namespace oneup::people
