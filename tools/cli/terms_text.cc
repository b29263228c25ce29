#include "tools/cli/terms_text.h"

#include "sims/scenario/describe.h"
#include "tools/cli/format.h"

namespace oneup::cli {
namespace {

// "10 GW of Nvidia's systems", or the one of them that is known.
std::string Goods(const v1::DealTerms& terms) {
  if (!terms.has_capacity_gw()) return terms.product();
  std::string goods = Plain(terms.capacity_gw()) + " GW";
  if (!terms.product().empty()) goods += " of " + terms.product();
  return goods;
}

std::string Value(const v1::DealTerms& terms) {
  if (!terms.has_value_usd_bn()) return "";
  std::string value = Dollars(terms.value_usd_bn());
  if (terms.has_term_years()) value += " over " + Plain(terms.term_years()) + " years";
  if (terms.headline_multiple() > 1) {
    value += " (announced as " + Dollars(terms.value_usd_bn() * terms.headline_multiple()) + ")";
  }
  return value;
}

std::string HoldingText(const v1::Holding& holding) {
  std::string text = Plain(holding.percent()) + " % " + holding.holder();
  if (holding.has_value_usd_bn()) text += " (" + Dollars(holding.value_usd_bn()) + ")";
  return text;
}

}  // namespace

std::string TermsLine(const v1::DealTerms& terms) {
  std::string line;
  const auto add = [&line](const std::string& part) {
    if (!line.empty() && !part.empty()) line += ", ";
    line += part;
  };
  add(Goods(terms));
  add(Value(terms));
  if (terms.has_chips_millions()) add(Plain(terms.chips_millions()) + " M chips");
  if (terms.has_vendor_equity()) {
    add(std::string("supplier invests ") + (terms.vendor_equity().up_to() ? "up to " : "") +
        Dollars(terms.vendor_equity().total_usd_bn()));
  }
  if (terms.has_vendor_warrants()) {
    add("warrants on " + Plain(terms.vendor_warrants().percent_of_shares()) + " % of the supplier");
  }
  if (terms.has_loan_guarantee_usd_bn()) {
    add("loans of " + Dollars(terms.loan_guarantee_usd_bn()) + " guaranteed");
  }
  if (terms.has_capital_expenditure_usd_bn()) {
    add(Dollars(terms.capital_expenditure_usd_bn()) + " of capital expenditure");
  }
  if (terms.has_company_value_usd_bn()) {
    add(std::string("the company at ") + (terms.company_value_up_to() ? "up to " : "") +
        Dollars(terms.company_value_usd_bn()));
  }
  for (const v1::Holding& holding : terms.holdings()) add(HoldingText(holding));
  if (terms.exclusivity() > v1::EXCLUSIVITY_NONE) {
    add(sims::EnumWords(terms.exclusivity()) +
        (terms.exclusivity() == v1::EXCLUSIVITY_PREFERRED ? " supplier" : ""));
  }
  if (terms.contract_class() != v1::CONTRACT_CLASS_UNSPECIFIED) {
    add(sims::EnumWords(terms.contract_class()) +
        (terms.contract_class() == v1::CONTRACT_CLASS_DEFINITIVE ||
                 terms.contract_class() == v1::CONTRACT_CLASS_MILESTONE
             ? " contract"
             : ""));
  }
  return line;
}

std::string TermsLabel(v1::EventKind kind) {
  switch (kind) {
    case v1::EVENT_KIND_PROPOSAL:
      return "asked";
    case v1::EVENT_KIND_REFUSAL:
      return "refused";
    case v1::EVENT_KIND_GOAL:
      return "goal";
    default:
      return "terms";
  }
}

}  // namespace oneup::cli
