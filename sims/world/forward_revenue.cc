#include "sims/world/forward_revenue.h"

#include <string>

#include "oneup/v1/market.pb.h"
#include "oneup/v1/scenario.pb.h"

namespace oneup::sims {

double ForwardRevenueUsdBn(const v1::Scenario& scenario, const v1::Listing& listing, int year) {
  const std::string period = std::to_string(year);
  if (period < scenario.end_date().substr(0, period.size())) {
    for (const v1::Actor& actor : scenario.actors()) {
      if (actor.ticker() != listing.ticker()) continue;
      for (const v1::Financials& books : actor.financials()) {
        if (books.period() == period && books.has_revenue_usd_bn()) return books.revenue_usd_bn();
      }
    }
  }
  return listing.forward_revenue_usd_bn();
}

}  // namespace oneup::sims
