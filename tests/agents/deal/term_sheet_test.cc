// Term sheets: grids, tables, what makes sense together, and how they read as terms of a scenario.
#include "agents/deal/term_sheet.h"

#include <gtest/gtest.h>

#include <string>

#include "oneup/v1/deal.pb.h"

namespace oneup::deal {
namespace {

Table WholeTable() {
  Table table;
  for (const Issue issue : kAllIssues) table.SetRange(issue, 0, 1e9);
  return table;
}

// Nvidia's letter of intent of 2025-09-22, as the scenario of 2025 has it.
TermSheet Letter() {
  TermSheet sheet;
  sheet.Set(Issue::kCapacity, 10);
  sheet.Set(Issue::kPrice, 35);
  sheet.Set(Issue::kTerm, 5);
  sheet.Set(Issue::kStartLag, 1);
  sheet.Set(Issue::kEquity, 100);
  sheet.Set(Issue::kExclusivity, 0.6);
  sheet.Set(Issue::kBinding, 0.4);
  sheet.Set(Issue::kHeadline, 1);
  sheet.Set(Issue::kStage, 0.5);
  sheet.Set(Issue::kAnnouncementLag, 2);
  return sheet;
}

TEST(Grids, AscendFromValuesThatAreNotNegative) {
  for (const Issue issue : kAllIssues) {
    const auto grid = GridOf(issue);
    ASSERT_GE(grid.size(), 2u) << NameOf(issue);
    EXPECT_GE(grid.front(), 0) << NameOf(issue);
    for (size_t k = 1; k < grid.size(); ++k) EXPECT_GT(grid[k], grid[k - 1]) << NameOf(issue);
  }
}

TEST(Grids, EveryIssueHasANameAndAUnit) {
  for (const Issue issue : kAllIssues) {
    EXPECT_STRNE(NameOf(issue), "");
    EXPECT_STRNE(UnitOf(issue), "");
    EXPECT_EQ(kAllIssues[static_cast<size_t>(IndexOf(issue))], issue);
  }
}

// Anchors of the story must be on the grids.
TEST(Grids, HoldTheDealsOf2025) {
  const struct {
    Issue issue;
    double value;
  } kAnchors[] = {{Issue::kCapacity, 4.5}, {Issue::kCapacity, 6},  {Issue::kCapacity, 10},
                  {Issue::kPrice, 17.5},   {Issue::kPrice, 35},    {Issue::kPrice, 67},
                  {Issue::kEquity, 100},   {Issue::kWarrants, 10}, {Issue::kTerm, 5}};
  for (const auto& [issue, value] : kAnchors) {
    EXPECT_EQ(GridOf(issue)[PlaceOf(issue, value)], value) << NameOf(issue);
  }
}

TEST(PlaceOf, IsTheGreatestValueThatIsNotMore) {
  for (const Issue issue : kAllIssues) {
    const auto grid = GridOf(issue);
    for (size_t k = 0; k < grid.size(); ++k) {
      EXPECT_EQ(PlaceOf(issue, grid[k]), k);
      const double next = k + 1 < grid.size() ? grid[k + 1] : grid[k] + 10;
      EXPECT_EQ(PlaceOf(issue, (grid[k] + next) / 2), k);
    }
    EXPECT_EQ(PlaceOf(issue, grid.front() - 1), 0);
    EXPECT_EQ(PlaceOf(issue, 1e9), grid.size() - 1);
  }
}

TEST(TermSheet, ContractAndHeadlineAreDerived) {
  TermSheet sheet = Letter();
  EXPECT_EQ(sheet.ContractUsdBn(), 350);
  EXPECT_EQ(sheet.HeadlineUsdBn(), 350);
  sheet.Set(Issue::kHeadline, 5);
  EXPECT_EQ(sheet.HeadlineUsdBn(), 1750);
}

TEST(Table, ARangeIsFromPlaceToPlaceAndNeverEmpty) {
  Table table;
  EXPECT_FALSE(table.Open(Issue::kCapacity));
  table.SetRange(Issue::kCapacity, 1, 9);
  EXPECT_EQ(table.least[0], 1);  // 1 GW
  EXPECT_EQ(table.most[0], 6);   // 8 GW
  EXPECT_TRUE(table.Open(Issue::kCapacity));
  table.SetRange(Issue::kCapacity, 9, 1);
  EXPECT_EQ(table.least[0], table.most[0]);
}

TEST(Table, WithinAnotherIsWhatBothAllow) {
  Table mine, other;
  mine.SetRange(Issue::kCapacity, 1, 8);
  other.SetRange(Issue::kCapacity, 3, 12);
  const Table both = mine.Within(other);
  EXPECT_EQ(both.least[0], PlaceOf(Issue::kCapacity, 3));
  EXPECT_EQ(both.most[0], PlaceOf(Issue::kCapacity, 8));
  // Nothing in common: the nearest of one's own.
  other.SetRange(Issue::kCapacity, 10, 12);
  EXPECT_EQ(mine.Within(other).least[0], PlaceOf(Issue::kCapacity, 8));
  EXPECT_EQ(mine.Within(other).most[0], PlaceOf(Issue::kCapacity, 8));
}

struct Wrong {
  const char* name;
  void (*change)(TermSheet&, Table&);
  const char* message;
};

class CheckSays : public testing::TestWithParam<Wrong> {};
TEST_P(CheckSays, WhichIssueIsWrongAndWhatIsAllowed) {
  TermSheet sheet = Letter();
  Table table = WholeTable();
  ASSERT_TRUE(Check(sheet, table).ok());
  GetParam().change(sheet, table);
  const absl::Status status = Check(sheet, table);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(status.message(), GetParam().message);
}
INSTANTIATE_TEST_SUITE_P(
    Term, CheckSays,
    testing::Values(
        Wrong{"TooLittle", [](TermSheet&, Table& table) { table.SetRange(Issue::kTerm, 7, 10); },
              "term: is 5; from 7 to 10 years"},
        Wrong{"TooMuch", [](TermSheet&, Table& table) { table.SetRange(Issue::kEquity, 0, 50); },
              "equity: is 100; from 0 to 50 billion USD"},
        Wrong{"OffTheGrid", [](TermSheet& sheet, Table&) { sheet.place[0] = 99; },
              "capacity: is no value of the grid; from 0.5 to 12 GW"},
        Wrong{"EquityWithoutCapacity",
              [](TermSheet& sheet, Table&) { sheet.Set(Issue::kCapacity, 8); },
              "equity: is 100; at most 80 billion USD for 8 GW"},
        Wrong{"WarrantsWithoutAGigawatt",
              [](TermSheet& sheet, Table&) {
                sheet.Set(Issue::kCapacity, 0.5);
                sheet.Set(Issue::kEquity, 0);
                sheet.Set(Issue::kWarrants, 1);
              },
              "warrants: need a capacity of at least 1 GW to vest by"},
        Wrong{"HeadlineOfABindingContract",
              [](TermSheet& sheet, Table&) {
                sheet.Set(Issue::kBinding, 0.7);
                sheet.Set(Issue::kHeadline, 1.5);
              },
              "headline: is 1.5 times; at most 1.42857 for a contract that binds by 0.7"},
        Wrong{"GuaranteeBeyondTheContract",
              [](TermSheet& sheet, Table&) {
                sheet.Set(Issue::kCapacity, 0.5);
                sheet.Set(Issue::kEquity, 0);
                sheet.Set(Issue::kGuarantee, 20);
              },
              "guarantee: is 20; at most the contract's 17.5 billion USD"}),
    [](const auto& param) { return param.param.name; });

// The search uses Valid, people read Check: over every sheet of one line through each pair of
// issues they say the same.
TEST(Valid, SaysTheSameAsCheckOnTheWholeTable) {
  const Table table = WholeTable();
  int valid = 0, invalid = 0;
  for (const Issue one : kAllIssues) {
    for (const Issue other : kAllIssues) {
      for (const TermSheet& start : {TermSheet{}, Letter()}) {
        TermSheet sheet = start;
        for (const double a : GridOf(one)) {
          for (const double b : GridOf(other)) {
            sheet.Set(one, a);
            sheet.Set(other, b);
            EXPECT_EQ(Valid(sheet), Check(sheet, table).ok());
            ++(Valid(sheet) ? valid : invalid);
          }
        }
      }
    }
  }
  EXPECT_GT(valid, 1000);
  EXPECT_GT(invalid, 1000);
}

TEST(ToTerms, SaysWhatTheSheetSays) {
  const v1::DealTerms terms = ToTerms(Letter());
  EXPECT_EQ(terms.capacity_gw(), 10);
  EXPECT_EQ(terms.price_usd_bn_per_gw(), 35);
  EXPECT_EQ(terms.value_usd_bn(), 350);
  EXPECT_EQ(terms.term_years(), 5);
  EXPECT_EQ(terms.start_lag_years(), 1);
  EXPECT_EQ(terms.chips_millions(), 5);  // as Nvidia said: 4 to 5 million for 10 GW
  EXPECT_EQ(terms.vendor_equity().total_usd_bn(), 100);
  EXPECT_EQ(terms.vendor_equity().usd_bn_per_gw(), 10);
  EXPECT_EQ(terms.exclusivity(), v1::EXCLUSIVITY_PREFERRED);
  EXPECT_EQ(terms.contract_class(), v1::CONTRACT_CLASS_LETTER_OF_INTENT);
  EXPECT_EQ(terms.headline_multiple(), 1);
  EXPECT_EQ(terms.announcement_lag_days(), 2u);
}

TEST(ToTerms, WhatIsNotGivenIsNotSaid) {
  TermSheet sheet = Letter();
  sheet.Set(Issue::kEquity, 0);
  const v1::DealTerms terms = ToTerms(sheet);
  EXPECT_FALSE(terms.has_vendor_equity());
  EXPECT_FALSE(terms.has_vendor_warrants());
  EXPECT_EQ(terms.loan_guarantee_usd_bn(), 0);
}

TEST(ToTerms, EveryClassOfAGridIsOneOfTheLanguage) {
  TermSheet sheet;
  for (size_t k = 0; k < GridOf(Issue::kExclusivity).size(); ++k) {
    sheet.place[IndexOf(Issue::kExclusivity)] = static_cast<uint8_t>(k);
    EXPECT_TRUE(v1::Exclusivity_IsValid(ToTerms(sheet).exclusivity()));
  }
  for (size_t k = 0; k < GridOf(Issue::kBinding).size(); ++k) {
    sheet.place[IndexOf(Issue::kBinding)] = static_cast<uint8_t>(k);
    EXPECT_TRUE(v1::ContractClass_IsValid(ToTerms(sheet).contract_class()));
  }
  EXPECT_EQ(ToTerms(sheet).contract_class(), v1::CONTRACT_CLASS_DEFINITIVE);
  for (size_t k = 0; k < GridOf(Issue::kStage).size(); ++k) {
    sheet.place[IndexOf(Issue::kStage)] = static_cast<uint8_t>(k);
    EXPECT_TRUE(v1::Stage_IsValid(ToTerms(sheet).stage()));
  }
  EXPECT_EQ(ToTerms(sheet).stage(), v1::STAGE_WHITE_HOUSE);
}

}  // namespace
}  // namespace oneup::deal
