// The graph of obligations that a scenario's events make, and its figures: the shipped 2025.
#include "sims/network/systemic.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sims/network/obligations.h"
#include "sims/scenario/scenario.h"

namespace oneup::sims {
namespace {

const kernel::CivilDay kEnd(2025, 10, 31);

const LoadedScenario& Story(const char* name) {
  static const LoadedScenario* plain = new LoadedScenario(*LoadScenario("2025"));
  static const LoadedScenario* whole = new LoadedScenario(*LoadScenario("2025-obligations"));
  return std::string_view(name) == "2025" ? *plain : *whole;
}

double Between(const ObligationGraph& graph, const char* from, const char* to) {
  for (const Arc& arc : graph.Arcs()) {
    if (arc.from == graph.Find(from) && arc.to == graph.Find(to)) return arc.usd_bn;
  }
  return 0;
}

TEST(Obligations, AreWhatTheEventsPromised) {
  const ObligationGraph graph = BuildObligations(Story("2025-obligations"), kEnd);
  EXPECT_EQ(Between(graph, "openai", "ORCL"), 300);
  EXPECT_EQ(Between(graph, "openai", "nvidia"), 350);
  EXPECT_EQ(Between(graph, "OpenAI", "amd"), 105);
  EXPECT_EQ(Between(graph, "openai", "broadcom"), 200);
  EXPECT_EQ(Between(graph, "openai", "microsoft"), 250);
  EXPECT_EQ(Between(graph, "nvidia", "openai"), 100);
  EXPECT_EQ(Between(graph, "microsoft", "openai"), 13);
  EXPECT_EQ(Between(graph, "oracle", "nvidia"), 120);
  EXPECT_EQ(Between(graph, "softbank", "openai"), 19);
  EXPECT_NEAR(Between(graph, "amd", "openai"), 26.7, 1e-9) << "10 % of 267";
  EXPECT_EQ(graph.Find("nobody"), -1);
}

TEST(Obligations, OfADayKnowNothingLater) {
  const ObligationGraph before = BuildObligations(Story("2025"), kernel::CivilDay(2025, 9, 21));
  EXPECT_EQ(Between(before, "openai", "oracle"), 300);
  EXPECT_EQ(Between(before, "openai", "nvidia"), 0);
  EXPECT_TRUE(BuildObligations(Story("2025"), kernel::CivilDay(2018, 1, 1)).flows.empty());
}

TEST(Obligations, ArePaidWithDelivery) {
  Flow flow;
  flow.usd_bn = 100;
  flow.day = kernel::CivilDay(2025, 1, 1);
  flow.start_years = 1;
  flow.term_years = 4;
  flow.upfront_usd_bn = 20;
  flow.credibility = 0.5;
  EXPECT_EQ(flow.Paid(kernel::CivilDay(2025, 6, 1)), 20);
  EXPECT_NEAR(flow.Paid(kernel::CivilDay(2028, 1, 1)), 60, 0.1);
  EXPECT_NEAR(flow.FirmAhead(kernel::CivilDay(2028, 1, 1)), 20, 0.1);
  EXPECT_EQ(flow.Paid(kernel::CivilDay(2040, 1, 1)), 100);
}

// An event without an announcement names no exposures: the supplier is who acts besides the
// one that commits itself; two share. What a run's negotiators agree on looks like this.
TEST(Obligations, ComeAlsoFromEventsWithoutAnAnnouncement) {
  LoadedScenario scenario = Story("2025");
  v1::Event* event = scenario.proto.add_events();
  event->set_id("emergent");
  for (const char* id : {"altman", "tan", "su"}) event->add_actors(id);
  event->set_committed_by("openai");
  event->mutable_terms()->set_value_usd_bn(80);
  event->mutable_terms()->set_loan_guarantee_usd_bn(10);
  scenario.schedule.push_back(
      {scenario.proto.events_size() - 1, kernel::CivilDay(2025, 10, 30), {}});
  const ObligationGraph graph = BuildObligations(scenario, kEnd);
  EXPECT_EQ(Between(graph, "openai", "broadcom"), 240);
  EXPECT_EQ(Between(graph, "openai", "amd"), 145);
  ASSERT_EQ(graph.guarantees.size(), 2u);
  EXPECT_EQ(graph.guarantees[0].usd_bn, 5);
  EXPECT_EQ(graph.guarantees[0].borrower, graph.hub);
}

// A run's funder: the hub commits itself, nobody sells, the money is counted once.
TEST(Obligations, AFunderSellsNothing) {
  LoadedScenario scenario = Story("2025");
  v1::Event* event = scenario.proto.add_events();
  event->set_id("emergent");
  event->add_actors("son");
  event->set_committed_by("openai");
  event->mutable_terms()->set_value_usd_bn(80);
  event->mutable_terms()->mutable_vendor_equity()->set_total_usd_bn(30);
  v1::Exposure* exposure = event->mutable_announcement()->add_exposures();
  exposure->set_company("9984.T");
  exposure->set_role(v1::EXPOSURE_ROLE_FUNDER);
  exposure->set_capital_at_risk_usd_bn(30);
  scenario.schedule.push_back(
      {scenario.proto.events_size() - 1, kernel::CivilDay(2025, 10, 30), {}});
  const ObligationGraph graph = BuildObligations(scenario, kEnd);
  EXPECT_EQ(Between(graph, "openai", "softbank"), 0);
  EXPECT_EQ(Between(graph, "softbank", "openai"), 19 + 30);
}

TEST(Systemic, FiguresOf2025) {
  const LoadedScenario& scenario = Story("2025-obligations");
  const ObligationGraph graph = BuildObligations(scenario, kEnd);
  const SystemicFigures figures = MeasureSystem(scenario, graph, kEnd, {});
  EXPECT_EQ(figures.obligations_usd_bn, 1205);
  EXPECT_EQ(figures.revenue_usd_bn, 13);
  EXPECT_NEAR(figures.over_revenue, 92.7, 0.05);
  // Shares 350, 300, 250, 200 and 105 of 1205.
  EXPECT_NEAR(figures.hhi, 326025.0 / (1205.0 * 1205.0), 1e-12);
  EXPECT_NEAR(figures.funded_share, (100 + 26.7 + 13 + 19) / 1205, 1e-9);
  EXPECT_NEAR(figures.supplier_funded_share, (100 + 26.7 + 13) / 1205, 1e-9);
  // Nvidia's 100 through Oracle, AMD's and Microsoft's there and back.
  EXPECT_NEAR(figures.circulation.circulating_usd_bn, 300 + 2 * 26.7 + 2 * 13, 1e-6);
  EXPECT_GT(figures.circulation.Circularity(), figures.reciprocity);
  EXPECT_GT(figures.due_usd_bn, 0);
  for (const VendorFigures& vendor : figures.vendors) {
    if (graph.companies[vendor.company].id != "nvidia") continue;
    EXPECT_EQ(vendor.return_most_usd_bn, 100);
    EXPECT_NEAR(vendor.HubShare(), 350.0 / 470, 1e-9);
    EXPECT_NEAR(vendor.year_over_revenue, 70.0 / 200, 1e-9);
  }
}

TEST(Systemic, ObligationsOnlyRise) {
  const std::vector<SystemicPoint> points = SystemThroughTime(Story("2025"), "openai", kEnd);
  ASSERT_EQ(points.size(), 5u);
  EXPECT_EQ(points.front().event, "stargate");
  EXPECT_NEAR(points.back().over_revenue, 955.0 / 13, 1e-9);
  double before = 0;
  for (const SystemicPoint& point : points) {
    EXPECT_GE(point.obligations_usd_bn, before);
    before = point.obligations_usd_bn;
  }
}

// A deal of 2024 is held against what OpenAI earned in 2024.
TEST(Systemic, RevenueIsThatOfTheYear) {
  const LoadedScenario& scenario = Story("2025");
  const Company openai{"openai", "OpenAI", ""};
  EXPECT_EQ(YearlyRevenue(scenario, openai, kernel::CivilDay(2023, 6, 30)), 1.6);
  EXPECT_EQ(YearlyRevenue(scenario, openai, kernel::CivilDay(2024, 12, 31)), 3.7);
  EXPECT_EQ(YearlyRevenue(scenario, openai, kernel::CivilDay(2025, 1, 1)), 13);
  EXPECT_EQ(YearlyRevenue(scenario, openai, kernel::CivilDay(2026, 1, 1)), 13);
}

TEST(Systemic, AnEmptyGraphHasFigures) {
  const LoadedScenario& scenario = Story("2025");
  const kernel::CivilDay day(2018, 1, 1);
  const SystemicFigures figures = MeasureSystem(scenario, BuildObligations(scenario, day), day, {});
  EXPECT_EQ(figures.circulation.Circularity(), 0);
  EXPECT_EQ(figures.obligations_usd_bn, 0);
  EXPECT_EQ(figures.hhi, 0);
}

}  // namespace
}  // namespace oneup::sims
