#include "agents/talks/worth.h"

#include <algorithm>
#include <cmath>

#include "market/kernel/math.h"
#include "oneup/v1/principals.pb.h"
#include "oneup/v1/valuation.pb.h"

namespace oneup::talks {
namespace {

using deal::Issue;
using deal::TermSheet;

// A chief executive counts no more than this part of his company's value as won in a day.
constexpr double kMostGain = 0.4;
// How sure capacity is whose contract does not bind at all, and what binding adds.
constexpr double kSureWithout = 0.4;
constexpr double kSureByContract = 0.6;
// Interest that a guarantee saves the hub, of the principal.
constexpr double kGuaranteeSpread = 0.1;

// psi (1 + L) a log2(1 + H / H_own) + Psi 1{record}.
double Pride(const v1::Character& character, const TermSheet& sheet, double own_headline,
             double record, double face) {
  const double headline = sheet.HeadlineUsdBn();
  double ego = character.headline_usd_bn() * (1 + face) * sheet.Value(Issue::kStage) *
               math::Log2(1 + headline / own_headline);
  if (headline >= (1 + character.record_margin()) * record) ego += character.record_usd_bn();
  return ego;
}

}  // namespace

double Annuity(double years, double lag_years, double rate) {
  const int terms = static_cast<int>(years);
  double sum = 0;
  for (int y = 0; y < terms; ++y) {
    sum += math::Exp(-math::Log1p(rate) * (lag_years + y + 0.5));
  }
  return terms > 0 ? sum / terms : 0;
}

deal::Part SaleOf(const TermSheet& sheet, bool invests) {
  constexpr double kFundersPart = 0.4;
  deal::Part part;
  part.contract = static_cast<deal::ContractClass>(sheet.place[deal::IndexOf(Issue::kBinding)]);
  part.revenue_usd_bn = invests ? kFundersPart * sheet.HeadlineUsdBn() : sheet.ContractUsdBn();
  part.term_years = sheet.Value(Issue::kTerm);
  return part;
}

double Certainty(const TermSheet& sheet) {
  return kSureWithout + kSureByContract * sheet.Value(Issue::kBinding);
}

AnnuityTable::AnnuityTable(double rate) : lags_(deal::GridOf(Issue::kStartLag).size()) {
  for (const double years : deal::GridOf(Issue::kTerm)) {
    for (const double lag : deal::GridOf(Issue::kStartLag)) {
      values_.push_back(Annuity(years, lag, rate));
    }
  }
}

SupplierWorth::SupplierWorth(const View& view)
    : view_(view), trust_(math::Exp(-view.known.hub_usd_bn / view.credit_usd_bn)) {}

double SupplierWorth::LogReturn(const TermSheet& sheet) const {
  deal::Part part = SaleOf(sheet, view_.supply->invests());
  part.capital_at_risk_usd_bn = sheet.Value(Issue::kEquity);
  part.warrants = sheet.Value(Issue::kWarrants) / 100;
  part.guarantee_usd_bn = sheet.Value(Issue::kGuarantee);
  return deal::LogReturn(*view_.valuation, part, view_.books, 0);
}

Worth SupplierWorth::Of(const TermSheet& sheet) const {
  const v1::Supply& supply = *view_.supply;
  const double capacity = sheet.Value(Issue::kCapacity);
  const double revenue = sheet.ContractUsdBn();
  const double binding = sheet.Value(Issue::kBinding);
  const double yearly = revenue / sheet.Value(Issue::kTerm);
  const double pay = trust_ * math::Exp(-revenue / view_.credit_usd_bn);
  const double profit =
      pay * revenue * supply.margin() * (1 - supply.tax_rate()) * view_.annuities->Of(sheet);
  const double guarantee = sheet.Value(Issue::kGuarantee);
  Worth worth;
  worth.economic =
      binding * (profit - supply.elsewhere_usd_bn_per_gw() * capacity) -
      supply.setup_usd_bn() * std::sqrt(capacity / 10) -
      0.5 * supply.strain() * binding * yearly * yearly / view_.books.forward_revenue_usd_bn -
      view_.valuation->equity_loss() * sheet.Value(Issue::kEquity) -
      view_.valuation->warrant_value() * sheet.Value(Issue::kWarrants) / 100 *
          view_.books.capitalisation_usd_bn -
      (guarantee > 0 ? view_.valuation->guarantee_loss() / pay * guarantee : 0) +
      supply.exclusivity_usd_bn() * sheet.Value(Issue::kExclusivity) -
      supply.site_usd_bn() * std::abs(sheet.Value(Issue::kSites) - supply.site_wish());
  const v1::Character& character = *view_.character;
  const double cap = view_.books.capitalisation_usd_bn;
  if (view_.market && cap > 0 && character.market_weight() > 0) {
    const double gain = cap * math::Expm1(LogReturn(sheet));
    worth.market = character.market_weight() * std::clamp(gain, 0.0, kMostGain * cap);
  }
  if (!view_.ego) return worth;
  if (view_.headlines) {
    worth.ego = view_.vision * Pride(character, sheet, view_.own_headline_usd_bn,
                                     view_.known.record_usd_bn, view_.face);
  }
  for (const mind::Stance& stance : view_.stances) {
    worth.ego -= character.stance_usd_bn() * stance.hold *
                 std::max(0.0, sheet.Value(stance.issue) - stance.bound);
  }
  if (character.anchor_usd_bn() > 0 && view_.known.anchor_gw > 0) {
    worth.ego -= character.anchor_usd_bn() * std::abs(math::Log(capacity / view_.known.anchor_gw));
  }
  return worth;
}

HubWorth::HubWorth(const View& view)
    : view_(view), held_(math::Exp(-view.contracted_gw / view.need_gw)) {}

Worth HubWorth::Of(const TermSheet& sheet) const {
  const v1::Demand& demand = *view_.demand;
  const double binding = sheet.Value(Issue::kBinding);
  const double added = Certainty(sheet) * view_.quality * sheet.Value(Issue::kCapacity);
  const double value =
      demand.value_usd_bn_per_gw() * view_.need_gw * held_ * -math::Expm1(-added / view_.need_gw);
  const double cost = sheet.ContractUsdBn() * (1 - view_.sites_eased);
  const double present = cost * view_.annuities->Of(sheet);
  const double equity = sheet.Value(Issue::kEquity);
  const double backing = demand.leverage() * (view_.raised_usd_bn + equity);
  const double unbacked = std::max(0.0, view_.committed_usd_bn + cost - backing);
  const double fund = demand.funding_cost() + demand.funding_slope() * unbacked / backing;
  const double warrants = sheet.Value(Issue::kWarrants) / 100 * view_.valuation->warrant_value() *
                          view_.supplier.capitalisation_usd_bn;
  Worth worth;
  worth.economic = value - (binding * demand.own_burden() + fund) * present +
                   demand.subsidy_worth() * (equity + warrants) +
                   kGuaranteeSpread * sheet.Value(Issue::kGuarantee) -
                   demand.exclusivity_usd_bn() * sheet.Value(Issue::kExclusivity) -
                   demand.site_usd_bn() * sheet.Value(Issue::kSites);
  if (view_.ego && view_.headlines) {
    worth.ego =
        Pride(*view_.character, sheet, view_.own_headline_usd_bn, view_.record_usd_bn, view_.face);
  }
  return worth;
}

}  // namespace oneup::talks
