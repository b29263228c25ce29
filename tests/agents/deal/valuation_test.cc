// The valuation of deals: examples worked by hand (docs/model.md 5), and what must hold of
// any deal.
#include "agents/deal/valuation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "oneup/v1/valuation.pb.h"

namespace oneup::deal {
namespace {

// Round numbers of the test's own, so that a calibration changes no expectation.
v1::ValuationParameters Parameters() {
  v1::ValuationParameters parameters;
  parameters.set_elasticity(0.7);
  parameters.mutable_credibility()->set_joint_venture(0.3);
  parameters.mutable_credibility()->set_letter_of_intent(0.5);
  parameters.mutable_credibility()->set_term_sheet(0.6);
  parameters.mutable_credibility()->set_milestone(0.7);
  parameters.mutable_credibility()->set_definitive(0.9);
  parameters.set_signal_discount(0.35);
  parameters.set_habituation(0.1);
  parameters.set_warrant_value(0.5);
  parameters.set_equity_loss(0.2);
  parameters.set_guarantee_loss(0.1);
  return parameters;
}

// Promises as much revenue a year as the company has: x is credibility times surprise.
Part DoublingDeal(ContractClass contract) {
  return {.contract = contract, .revenue_usd_bn = 300, .term_years = 5};
}
constexpr Company kCompany = {.capitalisation_usd_bn = 600, .forward_revenue_usd_bn = 60};

struct ClassExample {
  ContractClass contract;
  double log_return;  // 0.7 ln(1 + c)
};

class EachClass : public testing::TestWithParam<ClassExample> {};

TEST_P(EachClass, IsWorthItsCredibilityByHand) {
  const auto& [contract, expected] = GetParam();
  EXPECT_NEAR(LogReturn(Parameters(), DoublingDeal(contract), kCompany, 0), expected, 1e-6);
}

INSTANTIATE_TEST_SUITE_P(ByHand, EachClass,
                         testing::Values(ClassExample{ContractClass::kJointVenture, 0.183655},
                                         ClassExample{ContractClass::kLetterOfIntent, 0.283826},
                                         ClassExample{ContractClass::kTermSheet, 0.329003},
                                         ClassExample{ContractClass::kMilestone, 0.371440},
                                         ClassExample{ContractClass::kDefinitive, 0.449298}));

// A contract by milestones of $105 bn over five years, paid with warrants on 10 % of the
// supplier: x = .7 x 21 / 33 = .445455; .7 ln 1.445455 - .7 x .1 x .5.
TEST(Valuation, WarrantsDiluteByHand) {
  const Part part = {.contract = ContractClass::kMilestone,
                     .revenue_usd_bn = 105,
                     .term_years = 5,
                     .warrants = 0.1};
  const Company company = {.capitalisation_usd_bn = 267, .forward_revenue_usd_bn = 33};
  EXPECT_NEAR(LogReturn(Parameters(), part, company, 0), 0.257897 - 0.035, 1e-6);
}

// A letter of intent over $350 bn in five years, 34.3 % of it known and one signal before,
// with $100 bn of equity: s = .657 e^-.35 = .462980, x = .5 s 70 / 200 = .081022.
TEST(Valuation, EquityAtRiskCostsByHand) {
  const Part part = {.contract = ContractClass::kLetterOfIntent,
                     .revenue_usd_bn = 350,
                     .term_years = 5,
                     .capital_at_risk_usd_bn = 100,
                     .earlier_signals = 1,
                     .overlap = 0.343};
  const Company company = {.capitalisation_usd_bn = 4295, .forward_revenue_usd_bn = 200};
  EXPECT_NEAR(Surprise(Parameters(), part), 0.462980, 1e-6);
  EXPECT_NEAR(LogReturn(Parameters(), part, company, 0), 0.054535 - 0.002328, 1e-6);
}

// No revenue: what is given away is all there is. .7 (.1 x .5 + (100 x .2 + 20 x .1) / 1000).
TEST(Valuation, CostsAddUpByHand) {
  const Part part = {.contract = ContractClass::kMilestone,
                     .capital_at_risk_usd_bn = 100,
                     .warrants = 0.1,
                     .guarantee_usd_bn = 20};
  const Company company = {.capitalisation_usd_bn = 1000, .forward_revenue_usd_bn = 50};
  EXPECT_NEAR(LogReturn(Parameters(), part, company, 0), -0.0504, 1e-12);
}

TEST(Valuation, ALossOfRevenueLosesValueByHand) {
  Part part = DoublingDeal(ContractClass::kLetterOfIntent);
  part.revenue_usd_bn = -part.revenue_usd_bn;
  EXPECT_NEAR(LogReturn(Parameters(), part, kCompany, 0), -0.485203, 1e-6);  // .7 ln .5
}

TEST(Valuation, NobodyLosesMoreThanNineTenthsOfHisProfit) {
  Part part = DoublingDeal(ContractClass::kDefinitive);
  part.revenue_usd_bn = -1e6;
  EXPECT_NEAR(LogReturn(Parameters(), part, kCompany, 0), -1.611810, 1e-6);  // .7 ln .1
  EXPECT_NEAR(SectorShock(Parameters(), part, 500), -2.302585, 1e-6);        // ln .1
}

TEST(Valuation, EveryEarlierMegaDealTiresTheMarketAlike) {
  const Part part = DoublingDeal(ContractClass::kDefinitive);
  const double first = LogReturn(Parameters(), part, kCompany, 0);
  EXPECT_NEAR(LogReturn(Parameters(), part, kCompany, 1) / first, 0.904837, 1e-6);  // e^-.1
  EXPECT_NEAR(LogReturn(Parameters(), part, kCompany, 5) / first, 0.606531, 1e-6);  // e^-.5
}

TEST(Valuation, HabituationLeavesTheCostsAlone) {
  Part part = DoublingDeal(ContractClass::kDefinitive);
  const auto cost_of_warrants = [&](int mega_deals) {
    part.warrants = 0;
    const double without = LogReturn(Parameters(), part, kCompany, mega_deals);
    part.warrants = 0.1;
    return without - LogReturn(Parameters(), part, kCompany, mega_deals);
  };
  EXPECT_NEAR(cost_of_warrants(0), 0.045, 1e-12);
  EXPECT_NEAR(cost_of_warrants(5), 0.045, 1e-12);
}

TEST(Valuation, OldNewsIsWorthNothing) {
  Part part = DoublingDeal(ContractClass::kDefinitive);
  part.overlap = 1;
  EXPECT_EQ(LogReturn(Parameters(), part, kCompany, 0), 0);
  EXPECT_EQ(SectorShock(Parameters(), part, 500), 0);
}

TEST(Valuation, OnlyProportionsMatter) {
  const Part part = {.contract = ContractClass::kMilestone,
                     .revenue_usd_bn = 90,
                     .term_years = 4,
                     .capital_at_risk_usd_bn = 20,
                     .warrants = 0.05,
                     .guarantee_usd_bn = 10,
                     .earlier_signals = 2};
  Part large = part;
  large.revenue_usd_bn *= 7;
  large.capital_at_risk_usd_bn *= 7;
  large.guarantee_usd_bn *= 7;
  const Company company = {.capitalisation_usd_bn = 250, .forward_revenue_usd_bn = 30};
  const Company giant = {.capitalisation_usd_bn = 1750, .forward_revenue_usd_bn = 210};
  EXPECT_NEAR(LogReturn(Parameters(), part, company, 1), LogReturn(Parameters(), large, giant, 1),
              1e-12);
}

// What a deal has more of, and whether that is worth more or less.
struct Change {
  std::string name;
  int sign;
  std::function<void(Part&, Company&)> apply;
};

class MoreOf : public testing::TestWithParam<Change> {};

TEST_P(MoreOf, MovesTheValueOneWayFromAnyStart) {
  for (const ContractClass contract :
       {ContractClass::kJointVenture, ContractClass::kTermSheet, ContractClass::kDefinitive}) {
    for (const double revenue : {10.0, 100.0, 1000.0}) {
      Part part = {.contract = contract,
                   .revenue_usd_bn = revenue,
                   .term_years = 5,
                   .margin_ratio = 0.5,
                   .capital_at_risk_usd_bn = 10,
                   .warrants = 0.02,
                   .guarantee_usd_bn = 5,
                   .earlier_signals = 1,
                   .overlap = 0.2};
      Company company = kCompany;
      double before = LogReturn(Parameters(), part, company, 1);
      for (int step = 0; step < 4; ++step) {
        GetParam().apply(part, company);
        const double after = LogReturn(Parameters(), part, company, 1);
        EXPECT_GT((after - before) * GetParam().sign, 0) << "revenue " << revenue;
        before = after;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Monotone, MoreOf,
    testing::Values(
        Change{"Revenue", +1, [](Part& part, Company&) { part.revenue_usd_bn *= 1.5; }},
        Change{"Margin", +1, [](Part& part, Company&) { part.margin_ratio *= 1.5; }},
        Change{"Years", -1, [](Part& part, Company&) { part.term_years += 1; }},
        Change{"Warrants", -1, [](Part& part, Company&) { part.warrants += 0.02; }},
        Change{"Equity", -1, [](Part& part, Company&) { part.capital_at_risk_usd_bn += 10; }},
        Change{"Guarantees", -1, [](Part& part, Company&) { part.guarantee_usd_bn += 10; }},
        Change{"Signals", -1, [](Part& part, Company&) { part.earlier_signals += 1; }},
        Change{"Overlap", -1, [](Part& part, Company&) { part.overlap += 0.2; }},
        Change{"OwnRevenue", -1,
               [](Part&, Company& company) { company.forward_revenue_usd_bn *= 1.5; }},
        Change{"Capitalisation", +1,
               [](Part&, Company& company) { company.capitalisation_usd_bn *= 1.5; }}),
    [](const auto& param) { return param.param.name; });

TEST(Valuation, AMoreBindingContractIsWorthMoreAndCostsMore) {
  Part promise = DoublingDeal(ContractClass::kJointVenture);
  Part cost = {.contract = ContractClass::kJointVenture, .warrants = 0.1};
  for (const ContractClass contract : {ContractClass::kLetterOfIntent, ContractClass::kTermSheet,
                                       ContractClass::kMilestone, ContractClass::kDefinitive}) {
    const double worth = LogReturn(Parameters(), promise, kCompany, 0);
    const double given = LogReturn(Parameters(), cost, kCompany, 0);
    EXPECT_GT(Credibility(Parameters(), contract), Credibility(Parameters(), promise.contract));
    promise.contract = cost.contract = contract;
    EXPECT_GT(LogReturn(Parameters(), promise, kCompany, 0), worth);
    EXPECT_LT(LogReturn(Parameters(), cost, kCompany, 0), given);
  }
}

TEST(Valuation, TwiceTheRevenueIsLessThanTwiceTheValue) {
  Part part = DoublingDeal(ContractClass::kDefinitive);
  const double once = LogReturn(Parameters(), part, kCompany, 0);
  part.revenue_usd_bn *= 2;
  EXPECT_LT(LogReturn(Parameters(), part, kCompany, 0), 2 * once);
}

TEST(SectorShock, IsTheSectorsGrowthByHand) {
  Part part = DoublingDeal(ContractClass::kDefinitive);
  EXPECT_NEAR(SectorShock(Parameters(), part, 1000), 0.052592, 1e-6);  // ln(1 + .9 x 60 / 1000)
  part.revenue_usd_bn = -300;
  EXPECT_NEAR(SectorShock(Parameters(), part, 1000), -0.055513, 1e-6);
}

TEST(SectorShock, KnowsNoCostsOfTheSupplier) {
  Part part = DoublingDeal(ContractClass::kDefinitive);
  const double shock = SectorShock(Parameters(), part, 1000);
  part.warrants = 0.1;
  part.capital_at_risk_usd_bn = 100;
  EXPECT_EQ(SectorShock(Parameters(), part, 1000), shock);
}

}  // namespace
}  // namespace oneup::deal
