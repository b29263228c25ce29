#include "sims/emergent/ensemble_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "sims/emergent/gates.h"
#include "sims/stats/intervals.h"

namespace oneup::sims {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::vector<SupplierName> kSuppliers = {{"son", "SoftBank"}, {"huang", "Nvidia"}};

DealOutcome Deal(const std::string& supplier, kernel::CivilDay day, double usd_bn,
                 bool invests = false) {
  DealOutcome deal;
  deal.supplier = supplier;
  deal.day = day;
  deal.usd_bn = deal.headline_usd_bn = usd_bn;
  deal.capacity_gw = usd_bn / 10;
  deal.added_usd_bn = 5;
  deal.invests = invests;
  return deal;
}

StoryOutcome Story(std::vector<DealOutcome> deals, std::vector<StoryFact> facts = {}) {
  return {.seed = 1, .deals = std::move(deals), .facts = std::move(facts)};
}

EnsembleReport Report(const std::vector<StoryOutcome>& runs, const StoryOutcome& recorded = {}) {
  return MakeEnsembleReport(runs, recorded, {.title = "", .suppliers = kSuppliers});
}

kernel::CivilDay D(int month, int day) { return kernel::CivilDay(2025, month, day); }

TEST(WilsonInterval, HasItsClosedForm) {
  // z = 1 to rounding at this level: (p + 1/2n -+ sqrt(p q/n + 1/4n^2)) / (1 + 1/n).
  const double level = 0.68268949213708590;
  const Interval half = WilsonInterval(2, 4, level);
  EXPECT_NEAR(half.low, (0.5 + 0.125 - std::sqrt(0.0625 + 1.0 / 64)) / 1.25, 1e-9);
  EXPECT_NEAR(half.high, (0.5 + 0.125 + std::sqrt(0.0625 + 1.0 / 64)) / 1.25, 1e-9);
  // None of n: [0, z^2 / (n + z^2)].
  EXPECT_EQ(WilsonInterval(0, 9, level).low, 0);
  EXPECT_NEAR(WilsonInterval(0, 9, level).high, 0.1, 1e-9);
  EXPECT_EQ(WilsonInterval(9, 9, level).high, 1);
  EXPECT_NEAR(WilsonInterval(9, 9, level).low, 0.9, 1e-9);
  EXPECT_TRUE(std::isnan(WilsonInterval(0, 0).low));
}

TEST(StudentCritical, IsThatOfTables) {
  EXPECT_NEAR(StudentCritical(0.95, 1), 12.7062, 1e-4);
  EXPECT_NEAR(StudentCritical(0.95, 10), 2.22814, 1e-5);
  EXPECT_NEAR(StudentCritical(0.95, 1e9), 1.959964, 1e-6);
}

TEST(RankOf, CountsEqualsHalf) {
  const double values[] = {1, 2, 2, 5};
  EXPECT_EQ(RankOf(2, values), 0.5);
  EXPECT_EQ(RankOf(0, values), 0);
  EXPECT_EQ(RankOf(9, values), 1);
  EXPECT_TRUE(std::isnan(RankOf(std::nan(""), values)));
}

TEST(EnsembleReport, ASuppliersFirstDealIsMeasuredInTheRunsThatHaveIt) {
  std::vector<StoryOutcome> runs = {
      Story({Deal("huang", D(3, 1), 100), Deal("huang", D(5, 1), 900)}),
      Story({Deal("huang", D(3, 11), 200)}), Story({Deal("huang", D(3, 21), 300)}), Story({})};
  runs[1].deals[0].warrants_percent = 10;
  const StoryOutcome recorded = Story({Deal("huang", D(3, 11), 250)});
  const SupplierRow row = Report(runs, recorded).suppliers[1];
  EXPECT_EQ(row.announced.count, 3);
  EXPECT_EQ(row.announced.share, 0.75);
  EXPECT_EQ(row.deals_a_run, 1);
  EXPECT_EQ(row.usd_bn.median, 200);
  EXPECT_NEAR(row.usd_bn.low, 120, 1e-9);
  EXPECT_NEAR(row.usd_bn.high, 280, 1e-9);
  EXPECT_EQ(row.usd_bn.recorded, 250);
  EXPECT_NEAR(row.usd_bn.rank, 2.0 / 3, 1e-12);
  EXPECT_EQ(row.day.median, D(3, 11));
  EXPECT_EQ(row.day.low, D(3, 3));
  EXPECT_EQ(row.day.high, D(3, 19));
  EXPECT_EQ(row.day.rank, 0.5);
  EXPECT_NEAR(row.with_warrants.share, 1.0 / 3, 1e-12);
  EXPECT_EQ(row.with_equity.count, 0);
}

TEST(EnsembleReport, WhoSignsNothingHasNoFigures) {
  const SupplierRow row = Report({Story({})}).suppliers[0];
  EXPECT_EQ(row.announced.share, 0);
  EXPECT_TRUE(std::isnan(row.usd_bn.median));
  EXPECT_FALSE(row.day.median.has_value());
  EXPECT_TRUE(std::isnan(row.with_equity.share));
}

TEST(EnsembleReport, AFundersMoneyIsNoPurchase) {
  DealOutcome unlisted = Deal("huang", D(2, 1), 30);
  unlisted.added_usd_bn = std::nan("");
  const Totals totals = TotalsOf(Story({Deal("son", D(1, 1), 500, true), unlisted}));
  EXPECT_EQ(totals.deals, 2);
  EXPECT_EQ(totals.usd_bn, 30);
  EXPECT_EQ(totals.capacity_gw, 3);
  EXPECT_EQ(totals.added_usd_bn, 5);
}

TEST(EnsembleReport, OrdersAndLeadersAreRankedByFrequency) {
  const StoryOutcome son_first = Story({Deal("son", D(1, 1), 99), Deal("huang", D(2, 1), 100)});
  const EnsembleReport report = Report({son_first, Story({}), son_first}, son_first);
  ASSERT_EQ(report.orders.size(), 2u);
  EXPECT_THAT(report.orders[0].suppliers, ElementsAre("SoftBank", "Nvidia"));
  EXPECT_EQ(report.orders[0].runs.count, 2);
  EXPECT_THAT(report.orders[1].suppliers, IsEmpty());
  EXPECT_EQ(report.as_recorded.count, 2);
  // 99 billion are no mega-project.
  EXPECT_THAT(report.leaders[0].suppliers, ElementsAre("Nvidia"));
  EXPECT_THAT(report.leaders[1].suppliers, ElementsAre("none"));
  EXPECT_EQ(report.recorded_leader, "Nvidia");
}

TEST(EnsembleReport, FactsAreCountedOncePerRunWhoeverSaysThatTalksStall) {
  const StoryFact by_hub{v1::EVENT_KIND_STALL, "altman", "huang", D(4, 1)};
  const StoryFact by_huang{v1::EVENT_KIND_STALL, "huang", "altman", D(4, 3)};
  const StoryFact doubt{v1::EVENT_KIND_STATEMENT, "son", "altman", D(4, 5)};
  const StoryFact counter{v1::EVENT_KIND_STATEMENT, "son", "", D(4, 5)};
  const EnsembleReport report =
      Report({Story({}, {by_hub, by_huang}), Story({}, {by_huang, doubt})}, Story({}, {counter}));
  ASSERT_EQ(report.facts.size(), 2u);
  EXPECT_EQ(report.facts[0].kind, v1::EVENT_KIND_STALL);
  EXPECT_EQ(report.facts[0].runs.count, 2);
  EXPECT_EQ(report.facts[0].day.median, D(4, 2));
  EXPECT_EQ(report.facts[1].supplier.id, "son");
  EXPECT_EQ(report.facts[1].runs.count, 0);
  EXPECT_EQ(report.facts[1].day.recorded, D(4, 5));
}

TEST(EnsembleReport, WhatIsRecordedAfterTheRunsEndIsLeftOut) {
  const EnsembleReport report =
      MakeEnsembleReport({Story({})}, Story({Deal("huang", D(9, 22), 350)}),
                         {.title = "", .suppliers = kSuppliers, .until = D(6, 30)});
  EXPECT_THAT(report.recorded_order, IsEmpty());
  EXPECT_EQ(report.deals.recorded, 0);
}

TEST(RecordedOutcome, HasTheDealsOfTheShippedScenario) {
  const StoryOutcome recorded = RecordedOutcome(*LoadScenario("2025"));
  std::vector<std::string> suppliers;
  for (const DealOutcome& deal : recorded.deals) suppliers.push_back(deal.supplier);
  EXPECT_THAT(suppliers, ElementsAre("son", "pichai", "ellison", "huang", "su", "tan"));
  EXPECT_TRUE(recorded.DealOf("son")->invests);
  EXPECT_EQ(recorded.DealOf("son")->headline_usd_bn, 500);
  // Of Google's cloud nothing was published but that there is a deal.
  const DealOutcome& google = *recorded.DealOf("pichai");
  for (const double figure :
       {google.usd_bn, google.headline_usd_bn, google.capacity_gw, google.equity_usd_bn,
        google.warrants_percent, google.guarantee_usd_bn}) {
    EXPECT_TRUE(std::isnan(figure));
  }
  EXPECT_EQ(recorded.DealOf("huang")->equity_usd_bn, 100);
  EXPECT_EQ(recorded.DealOf("huang")->day, D(9, 22));
  EXPECT_EQ(recorded.DealOf("su")->warrants_percent, 10);
  EXPECT_EQ(recorded.DealOf("tan")->added_usd_bn, 151);
  // 300 + 350 + 105 + 200 billion, 4.5 + 10 + 6 + 10 GW.
  EXPECT_EQ(TotalsOf(recorded).usd_bn, 955);
  EXPECT_EQ(TotalsOf(recorded).capacity_gw, 30.5);
}

TEST(RecordedOutcome, NamesPersonsAsRunsDo) {
  const StoryOutcome recorded = RecordedOutcome(*LoadScenario("2025"));
  EXPECT_NE(recorded.First(v1::EVENT_KIND_REFUSAL, "nadella", "altman"), nullptr);
  EXPECT_NE(recorded.First(v1::EVENT_KIND_WAIVER, "nadella", "altman"), nullptr);
  EXPECT_NE(recorded.First(v1::EVENT_KIND_STALL, "altman", "huang"), nullptr);
  EXPECT_NE(recorded.First(v1::EVENT_KIND_LEAK, "the_information", "huang"), nullptr);
  EXPECT_EQ(AnswerToLeak(recorded, "huang"), LeakAnswer::kCall);
  const StoryFact* counter = recorded.First(v1::EVENT_KIND_STATEMENT, "nadella");
  ASSERT_NE(counter, nullptr);
  EXPECT_EQ(counter->day, D(9, 18));
}

TEST(Gates, QuietLastsSixtyDaysAndEnds) {
  const DealOutcome mega = Deal("son", D(1, 1), 100);
  EXPECT_FALSE(HasQuietMonths(Story({mega})));
  EXPECT_FALSE(HasQuietMonths(Story({mega, Deal("huang", D(3, 1), 10)})));  // 59 days
  EXPECT_TRUE(HasQuietMonths(Story({mega, Deal("huang", D(3, 2), 10)})));
  // Before the first mega-project there is no quiet.
  EXPECT_FALSE(HasQuietMonths(Story({Deal("huang", D(1, 1), 10), Deal("son", D(6, 1), 100)})));
}

TEST(Gates, ACallAnswersALeakWithinTenDays) {
  const StoryFact stall{v1::EVENT_KIND_STALL, "huang", "altman", D(6, 1)};
  const StoryFact leak{v1::EVENT_KIND_LEAK, "the_information", "huang", D(6, 10)};
  const StoryFact call{v1::EVENT_KIND_CALL, "huang", "altman", D(6, 20)};
  const StoryFact late{v1::EVENT_KIND_CALL, "huang", "altman", D(6, 21)};
  EXPECT_EQ(AnswerToLeak(Story({}, {stall, leak, call}), "huang"), LeakAnswer::kCall);
  EXPECT_EQ(AnswerToLeak(Story({}, {stall, leak, late}), "huang"), LeakAnswer::kNoCall);
  EXPECT_EQ(AnswerToLeak(Story({}, {leak, stall, call}), "huang"), LeakAnswer::kNoLeak);
}

TEST(Gates, SharesAreComparedWithWhatIsAsked) {
  const StoryFact no{v1::EVENT_KIND_REFUSAL, "nadella", "altman", D(1, 1)};
  const StoryOutcome refused = Story({Deal("son", D(1, 1), 100)}, {no});
  std::vector<StoryOutcome> runs(4, refused);
  runs.push_back(Story({}));
  const std::vector<Gate> gates = EvaluateGates(runs, nullptr);
  ASSERT_EQ(gates.size(), 7u);
  EXPECT_EQ(gates[0].passed, true);  // 80 % exactly
  EXPECT_EQ(gates[1].passed, false);
  EXPECT_EQ(gates[2].value, 0.8);
  EXPECT_EQ(gates[3].passed, false);
  EXPECT_EQ(gates[5].passed, std::nullopt);
  EXPECT_EQ(gates[6].passed, std::nullopt);
}

}  // namespace
}  // namespace oneup::sims
