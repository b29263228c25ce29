// What a year's revenue is expected to be, by those who live in it.
#include "sims/world/forward_revenue.h"

#include <gtest/gtest.h>

#include <utility>

#include "oneup/v1/market.pb.h"
#include "oneup/v1/scenario.pb.h"

namespace oneup::sims {
namespace {

TEST(ForwardRevenue, IsTheYearsOwnUntilTheLastYearWhichTheListingStates) {
  v1::Scenario scenario;
  scenario.set_end_date("2025-12-31");
  v1::Actor& company = *scenario.add_actors();
  company.set_ticker("AMD");
  for (const auto& [period, revenue] : {std::pair{"2023", 22.7}, {"2024", 25.8}, {"2025", 99.0}}) {
    v1::Financials& books = *company.add_financials();
    books.set_period(period);
    books.set_revenue_usd_bn(revenue);
  }
  v1::Listing listing;
  listing.set_ticker("AMD");
  listing.set_forward_revenue_usd_bn(33);
  EXPECT_EQ(ForwardRevenueUsdBn(scenario, listing, 2023), 22.7);
  EXPECT_EQ(ForwardRevenueUsdBn(scenario, listing, 2024), 25.8);
  EXPECT_EQ(ForwardRevenueUsdBn(scenario, listing, 2025), 33);
  // Nothing is said of 2022, nor of another company.
  EXPECT_EQ(ForwardRevenueUsdBn(scenario, listing, 2022), 33);
  listing.set_ticker("NVDA");
  EXPECT_EQ(ForwardRevenueUsdBn(scenario, listing, 2023), 33);
}

}  // namespace
}  // namespace oneup::sims
