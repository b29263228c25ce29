// What term sheets are worth: by hand, and which way each issue pulls from any start.
#include "agents/talks/worth.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <string>

#include "market/kernel/math.h"
#include "tests/agents/talks/parties.h"

namespace oneup::talks {
namespace {

using deal::Issue;
using deal::TermSheet;

TermSheet Sheet() {
  TermSheet sheet;
  sheet.Set(Issue::kCapacity, 6);
  sheet.Set(Issue::kPrice, 20);
  sheet.Set(Issue::kTerm, 5);
  sheet.Set(Issue::kStartLag, 1);
  sheet.Set(Issue::kEquity, 30);
  sheet.Set(Issue::kWarrants, 5);
  sheet.Set(Issue::kGuarantee, 10);
  sheet.Set(Issue::kExclusivity, 1);
  sheet.Set(Issue::kSites, 0.5);
  sheet.Set(Issue::kBinding, 0.7);
  sheet.Set(Issue::kHeadline, 2);
  sheet.Set(Issue::kStage, 0.6);
  return sheet;
}

// One case whose numbers were worked out by hand.
struct Hand : testing::Test {
  kernel::Stream random{1, 0, 0};
  Parties parties{random};
  const mind::Stance stance{Issue::kWarrants, 2, 0.5};

  Hand() {
    parties.supply = FromText<v1::Supply>(
        "margin: 0.4 tax_rate: 0.2 elsewhere_usd_bn_per_gw: 3 setup_usd_bn: 5 strain: 0.5 "
        "exclusivity_usd_bn: 8 site_wish: 1 site_usd_bn: 4");
    parties.supplier_character = FromText<v1::Character>(
        "headline_usd_bn: 4 record_usd_bn: 8 record_margin: 0.05 stance_usd_bn: 2 "
        "anchor_usd_bn: 10 market_weight: 0.1");
    parties.hub_character =
        FromText<v1::Character>("headline_usd_bn: 5 record_usd_bn: 5 record_margin: 0");
    parties.demand = FromText<v1::Demand>(
        "value_usd_bn_per_gw: 30 own_burden: 0.5 funding_cost: 0.1 funding_slope: 0.3 leverage: 3 "
        "subsidy_worth: 0.5 exclusivity_usd_bn: 20 site_usd_bn: 5");
    parties.supplier.books = parties.hub.supplier = {300, 30};
    parties.supplier.known = {.record_usd_bn = 200, .anchor_gw = 10, .hub_usd_bn = 500};
    parties.supplier.face = 0.5;
    parties.supplier.credit_usd_bn = 2000;
    parties.supplier.stances = {&stance, 1};
    parties.hub.quality = 0.8;
    parties.hub.need_gw = 20;
    parties.hub.contracted_gw = 4;
    parties.hub.committed_usd_bn = 300;
    parties.hub.raised_usd_bn = 20;
    parties.hub.record_usd_bn = parties.hub.own_headline_usd_bn = 500;
    parties.hub.sites_eased = 0.1;
  }
};

TEST_F(Hand, SupplierAndHubAsWorkedOut) {
  const SupplierWorth supplier(parties.supplier);
  EXPECT_NEAR(supplier.LogReturn(Sheet()), 0.238345, 1e-6);
  EXPECT_NEAR(supplier.Of(Sheet()).economic, -11.854155, 1e-6);
  EXPECT_NEAR(supplier.Of(Sheet()).market, 8.074403, 1e-6);
  EXPECT_NEAR(supplier.Of(Sheet()).ego, 16.609626, 1e-6);
  EXPECT_NEAR(HubWorth(parties.hub).Of(Sheet()).economic, 9.591279, 1e-6);
  EXPECT_NEAR(HubWorth(parties.hub).Of(Sheet()).ego, 1.696792, 1e-6);
}

TEST_F(Hand, WithoutStockOrEgoOnlyTheEconomicsAreLeft) {
  SupplierWorth::View plain = parties.supplier;
  plain.market = plain.ego = false;
  const Worth worth = SupplierWorth(plain).Of(Sheet());
  EXPECT_EQ(worth.total(), worth.economic);
  SupplierWorth::View unlisted = parties.supplier;
  unlisted.books.capitalisation_usd_bn = 0;
  EXPECT_EQ(SupplierWorth(unlisted).Of(Sheet()).market, 0);
}

TEST_F(Hand, WithoutHeadlinesStancesAndAnchorsAreLeft) {
  SupplierWorth::View modest = parties.supplier;
  modest.headlines = false;
  const double left = SupplierWorth(modest).Of(Sheet()).ego;
  EXPECT_LT(left, 0);
  parties.supplier_character.set_headline_usd_bn(0);
  parties.supplier_character.set_record_usd_bn(0);
  EXPECT_EQ(SupplierWorth(parties.supplier).Of(Sheet()).ego, left);
  HubWorth::View hub = parties.hub;
  hub.headlines = false;
  EXPECT_EQ(HubWorth(hub).Of(Sheet()).ego, 0);
}

TEST_F(Hand, NobodyCountsOnMoreThanFourTenthsOfHisCompanyInADay) {
  parties.supplier.books.forward_revenue_usd_bn = 0.1;
  EXPECT_NEAR(SupplierWorth(parties.supplier).Of(Sheet()).market, 0.1 * 0.4 * 300, 1e-12);
}

TEST_F(Hand, AnAnchorCostsNothingWhereItIsAndTheSameOnBothSides) {
  parties.supplier_character = FromText<v1::Character>("anchor_usd_bn: 10");
  TermSheet sheet = Sheet();
  const auto cost = [&](double capacity, double anchor) {
    sheet.Set(Issue::kCapacity, capacity);
    parties.supplier.known.anchor_gw = anchor;
    return -SupplierWorth(parties.supplier).Of(sheet).ego;
  };
  EXPECT_EQ(cost(10, 10), 0);
  EXPECT_NEAR(cost(6, 12), cost(12, 6), 1e-12);
  EXPECT_NEAR(cost(6, 12), 6.931472, 1e-6);  // 10 ln 2
}

TEST(Annuity, IsAGeometricSeries) {
  for (const double rate : {0.02, 0.08, 0.10, 0.14}) {
    for (const double years : deal::GridOf(Issue::kTerm)) {
      for (const double lag : deal::GridOf(Issue::kStartLag)) {
        const double v = 1 / (1 + rate);
        const double closed = std::pow(v, lag + 0.5) * (1 - std::pow(v, years)) / (1 - v) / years;
        EXPECT_NEAR(Annuity(years, lag, rate), closed, 1e-12);
      }
    }
  }
  EXPECT_EQ(Annuity(7, 1, 0), 1);
}

TEST(Annuity, TheTableHasEveryTermAndLag) {
  const AnnuityTable table(0.1);
  TermSheet sheet;
  for (const double years : deal::GridOf(Issue::kTerm)) {
    for (const double lag : deal::GridOf(Issue::kStartLag)) {
      sheet.Set(Issue::kTerm, years);
      sheet.Set(Issue::kStartLag, lag);
      EXPECT_EQ(table.Of(sheet), Annuity(years, lag, 0.1));
    }
  }
}

// ---- Which way an issue pulls ----

// Whether the formula promises the direction for this step, and the two worths.
struct Pull {
  std::string name;
  Issue issue;
  int sign;                             // of the change of worth as the issue's value grows
  bool strictly;                        // or it may stay
  std::function<void(Parties&)> given;  // what the direction takes for granted
};

void Nothing(Parties&) {}
void NoEgo(Parties& parties) { parties.supplier.ego = parties.hub.ego = false; }
void Unstrained(Parties& parties) { parties.supply.set_strain(0); }
void WantsNoSay(Parties& parties) { parties.supply.set_site_wish(0); }
void WantsAllSay(Parties& parties) { parties.supply.set_site_wish(1); }

constexpr int kSheets = 2000;

template <typename Value>
void ExpectPull(const Pull& pull, const Value& worth_of) {
  kernel::Stream random(7, 0, 0);
  const int i = deal::IndexOf(pull.issue);
  for (int n = 0; n < kSheets; ++n) {
    Parties parties(random);
    pull.given(parties);
    TermSheet sheet = RandomSheet(random, WholeTable());
    sheet.place[i] = 0;
    double before = worth_of(parties, sheet);
    for (int place = 1; place <= LastPlace(i); ++place) {
      sheet.place[i] = static_cast<uint8_t>(place);
      const double after = worth_of(parties, sheet);
      ASSERT_GE((after - before) * pull.sign, pull.strictly ? 1e-9 : -1e-9)
          << pull.name << ", sheet " << n << ", place " << place;
      before = after;
    }
  }
}

class SuppliersPull : public testing::TestWithParam<Pull> {};
TEST_P(SuppliersPull, FromAnySheet) {
  ExpectPull(GetParam(), [](const Parties& parties, const TermSheet& sheet) {
    return SupplierWorth(parties.supplier).Of(sheet).total();
  });
}
INSTANTIATE_TEST_SUITE_P(
    Monotone, SuppliersPull,
    testing::Values(Pull{"Equity", Issue::kEquity, -1, true, Nothing},
                    Pull{"Warrants", Issue::kWarrants, -1, true, Nothing},
                    Pull{"Guarantee", Issue::kGuarantee, -1, true, Nothing},
                    Pull{"PriceWithoutStrain", Issue::kPrice, +1, true, Unstrained},
                    Pull{"Exclusivity", Issue::kExclusivity, +1, true, Nothing},
                    Pull{"SitesItWants", Issue::kSites, +1, true, WantsAllSay},
                    Pull{"SitesItDoesNotWant", Issue::kSites, -1, true, WantsNoSay},
                    Pull{"Headline", Issue::kHeadline, +1, true, Nothing},
                    Pull{"Stage", Issue::kStage, +1, true, Nothing},
                    Pull{"AnnouncementLag", Issue::kAnnouncementLag, 0, false, Nothing}),
    [](const auto& param) { return param.param.name; });

class HubsPull : public testing::TestWithParam<Pull> {};
TEST_P(HubsPull, FromAnySheet) {
  ExpectPull(GetParam(), [](const Parties& parties, const TermSheet& sheet) {
    return HubWorth(parties.hub).Of(sheet).total();
  });
}
INSTANTIATE_TEST_SUITE_P(
    Monotone, HubsPull,
    testing::Values(Pull{"Equity", Issue::kEquity, +1, true, Nothing},
                    Pull{"Warrants", Issue::kWarrants, +1, true, Nothing},
                    Pull{"Guarantee", Issue::kGuarantee, +1, true, Nothing},
                    // A dearer contract makes a greater headline: without pride it only costs.
                    Pull{"PriceWithoutPride", Issue::kPrice, -1, true, NoEgo},
                    Pull{"Exclusivity", Issue::kExclusivity, -1, true, Nothing},
                    Pull{"Sites", Issue::kSites, -1, true, Nothing},
                    Pull{"Headline", Issue::kHeadline, +1, true, Nothing},
                    Pull{"Stage", Issue::kStage, +1, true, Nothing},
                    Pull{"AnnouncementLag", Issue::kAnnouncementLag, 0, false, Nothing}),
    [](const auto& param) { return param.param.name; });

// Strain grows with the square of revenue: a price may be too high for the supplier itself, but
// not while the last dollar earns more than it strains.
TEST(SupplierWorth, ADearerPriceIsBetterUntilItStrains) {
  kernel::Stream random(8, 0, 0);
  int promised = 0;
  for (int n = 0; n < kSheets; ++n) {
    Parties parties(random);
    const SupplierWorth worth(parties.supplier);
    TermSheet sheet = RandomSheet(random, WholeTable());
    for (int place = 1; place <= LastPlace(deal::IndexOf(Issue::kPrice)); ++place) {
      sheet.place[deal::IndexOf(Issue::kPrice)] = static_cast<uint8_t>(place);
      const double pay = math::Exp(-(parties.supplier.known.hub_usd_bn + sheet.ContractUsdBn()) /
                                   parties.supplier.credit_usd_bn);
      // A dollar more is a dollar more that the hub owes.
      const double last = pay * (1 - sheet.ContractUsdBn() / parties.supplier.credit_usd_bn);
      const double earns = last * parties.supply.margin() * (1 - parties.supply.tax_rate()) *
                           parties.annuities.Of(sheet);
      const double term = sheet.Value(Issue::kTerm);
      const double strains = parties.supply.strain() * sheet.ContractUsdBn() / (term * term) /
                             parties.supplier.books.forward_revenue_usd_bn;
      if (earns < strains) continue;
      ++promised;
      TermSheet cheaper = sheet;
      --cheaper.place[deal::IndexOf(Issue::kPrice)];
      ASSERT_GT(worth.Of(sheet).total(), worth.Of(cheaper).total()) << n;
    }
  }
  EXPECT_GT(promised, 9 * kSheets / 2);  // half of all steps and more
}

TEST(SupplierWorth, EveryBillionThatTheHubOwesElsewhereCostsTrust) {
  kernel::Stream random(9, 0, 0);
  for (int n = 0; n < kSheets; ++n) {
    Parties parties(random);
    const TermSheet sheet = RandomSheet(random, WholeTable());
    const double before = SupplierWorth(parties.supplier).Of(sheet).economic;
    parties.supplier.known.hub_usd_bn += 100;
    ASSERT_LT(SupplierWorth(parties.supplier).Of(sheet).economic, before);
  }
}

TEST(HubWorth, CapacityIsWorthLessTheMoreThereIs) {
  kernel::Stream random(10, 0, 0);
  for (int n = 0; n < kSheets; ++n) {
    Parties parties(random);
    parties.hub.ego = false;
    const TermSheet sheet = RandomSheet(random, WholeTable());
    const double before = HubWorth(parties.hub).Of(sheet).economic;
    parties.hub.contracted_gw += 5;
    ASSERT_LT(HubWorth(parties.hub).Of(sheet).economic, before);
  }
}

TEST(HubWorth, WhoOwesMoreThanHeCanBackPaysMoreForFunds) {
  kernel::Stream random(11, 0, 0);
  for (int n = 0; n < kSheets; ++n) {
    Parties parties(random);
    const TermSheet sheet = RandomSheet(random, WholeTable());
    const double before = HubWorth(parties.hub).Of(sheet).economic;
    parties.hub.committed_usd_bn += 100;
    ASSERT_LE(HubWorth(parties.hub).Of(sheet).economic, before);
    parties.hub.raised_usd_bn += 100;
    parties.hub.committed_usd_bn -= 100;
    ASSERT_GE(HubWorth(parties.hub).Of(sheet).economic, before);
  }
}

}  // namespace
}  // namespace oneup::talks
