// The hub's outlook: each figure on its own line in logs between the dates that state it.
#include "agents/people/outlook.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "oneup/v1/principals.pb.h"

namespace oneup::people {
namespace {

Time Day(double day) { return Time{} + Duration::Days(1) * static_cast<int64_t>(day); }

// 1970-01-01 is day 0; a round of equity is agreed between day 10 and 11.
OutlookTable Table() {
  v1::Demand demand;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"(outlook { date: "1970-01-01" need_gw: 1 revenue_usd_bn: 2 raised_usd_bn: 18 }
         outlook { date: "1970-01-11" raised_usd_bn: 18 }
         outlook { date: "1970-01-12" raised_usd_bn: 58 }
         outlook { date: "1970-01-21" need_gw: 100 })",
      &demand));
  return OutlookTable(demand);
}

TEST(Outlook, GrowsEvenlyInLogsBetweenTheDatesThatStateAFigure) {
  const OutlookTable table = Table();
  EXPECT_NEAR(table.At(Day(0), 0).need_gw, 1, 1e-9);
  EXPECT_NEAR(table.At(Day(10), 0).need_gw, 10, 1e-9);
  EXPECT_NEAR(table.At(Day(15), 0).need_gw, 31.6227766, 1e-6);
}

TEST(Outlook, IsLevelBeforeTheFirstDateAndAfterTheLast) {
  const OutlookTable table = Table();
  EXPECT_NEAR(table.At(Day(-5), 0).need_gw, 1, 1e-9);
  EXPECT_NEAR(table.At(Day(500), 0).need_gw, 100, 1e-9);
  EXPECT_NEAR(table.At(Day(500), 0).revenue_usd_bn, 2, 1e-9);
}

TEST(Outlook, ARoundOfEquityIsNotThereBeforeItIsAgreed) {
  const OutlookTable table = Table();
  EXPECT_NEAR(table.At(Day(10), 0).raised_usd_bn, 18, 1e-9);
  EXPECT_NEAR(table.At(Day(11), 0).raised_usd_bn, 58, 1e-9);
}

TEST(Outlook, LooksAheadByYears) { EXPECT_NEAR(Table().At(Day(0), 10 / 365.25).need_gw, 10, 1e-9); }

}  // namespace
}  // namespace oneup::people
