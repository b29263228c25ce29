#include "sims/emergent/forecast.h"

#include <gtest/gtest.h>

#include <cmath>

namespace oneup::sims {
namespace {

const std::vector<SupplierName> kSuppliers = {
    {"ellison", "Oracle"}, {"huang", "Nvidia"}, {"pichai", "Google"}, {"wei", "TSMC"}};

DealOutcome Deal(const std::string& supplier, int month, int day) {
  DealOutcome deal;
  deal.supplier = supplier;
  deal.day = kernel::CivilDay(2025, month, day);
  return deal;
}

StoryOutcome Story(std::vector<DealOutcome> deals) {
  return {.seed = 1, .deals = std::move(deals), .facts = {}};
}

// Three runs: Oracle in the window in two of them, Nvidia before it in one; recorded: both after
// two deals in the half year before.
ForecastReport Sample() {
  const std::vector<StoryOutcome> runs = {Story({Deal("ellison", 7, 1), Deal("ellison", 8, 1)}),
                                          Story({Deal("huang", 6, 30), Deal("ellison", 10, 31)}),
                                          Story({Deal("ellison", 11, 1)})};
  const StoryOutcome recorded = Story(
      {Deal("son", 1, 21), Deal("pichai", 6, 10), Deal("ellison", 9, 10), Deal("huang", 9, 22)});
  return MakeForecast(runs, recorded, kSuppliers);
}

TEST(Forecast, CountsRunsWithADealInTheWindowBothEndsIncluded) {
  const ForecastReport report = Sample();
  EXPECT_EQ(report.rows[0].count, 2);
  EXPECT_EQ(report.rows[0].median_day, kernel::CivilDay(2025, 7, 1));
  EXPECT_EQ(report.rows[1].count, 0);
  EXPECT_TRUE(report.rows[0].named);
  EXPECT_FALSE(report.rows[2].named);
  EXPECT_TRUE(report.rows[1].announced);
  EXPECT_FALSE(report.rows[2].announced);  // that was before
}

TEST(Forecast, IsNeverCertain) {
  const ForecastReport report = Sample();
  EXPECT_DOUBLE_EQ(report.rows[0].probability, 2.5 / 4);
  EXPECT_DOUBLE_EQ(report.rows[1].probability, 0.5 / 4);
}

TEST(Forecast, LogScoresAreThoseByHand) {
  const ForecastReport report = Sample();
  // Oracle .625 and Nvidia .125 happened; Google and TSMC, .125 each, did not.
  const double named = std::log(0.625) + std::log(0.125);
  EXPECT_NEAR(report.named.runs, named, 1e-12);
  EXPECT_NEAR(report.all.runs, named + 2 * std::log(0.875), 1e-12);
  EXPECT_EQ(report.all.suppliers, 4);
  EXPECT_EQ(report.named.suppliers, 2);
}

TEST(Forecast, BaselinesAreThoseByHand) {
  const ForecastReport report = Sample();
  EXPECT_EQ(report.deals_before, 2);
  EXPECT_EQ(report.days_before, 181);
  EXPECT_EQ(report.days, 123);
  const double rate = 1 - std::exp(-2.0 / 181 * 123 / 4);
  EXPECT_NEAR(report.rate_probability, rate, 1e-12);
  EXPECT_NEAR(report.all.rate, 2 * std::log(rate) + 2 * std::log(1 - rate), 1e-12);
  // (.625 + 3 x .125) / 4 = .25.
  EXPECT_DOUBLE_EQ(report.expected, 1);
  EXPECT_DOUBLE_EQ(report.equal_probability, 0.25);
  EXPECT_NEAR(report.all.equal, 2 * std::log(0.25) + 2 * std::log(0.75), 1e-12);
}

TEST(Forecast, APastWithoutDealsLeavesTheRateBaselineAChance) {
  const ForecastReport report = MakeForecast({Story({})}, Story({}), kSuppliers);
  EXPECT_NEAR(report.rate_probability, 1 - std::exp(-0.5 / 181 * 123 / 4), 1e-12);
}

TEST(Forecast, WhoeverKnowsWhoBeatsEqualChances) {
  const StoryOutcome recorded = Story({Deal("son", 1, 21), Deal("ellison", 9, 10)});
  const std::vector<StoryOutcome> runs(20, Story({Deal("ellison", 9, 1)}));
  const ForecastReport report = MakeForecast(runs, recorded, kSuppliers);
  EXPECT_GT(report.all.runs, report.all.equal);
  EXPECT_GT(report.all.equal, -3.0);
  EXPECT_LT(report.all.runs, 0);
}

}  // namespace
}  // namespace oneup::sims
