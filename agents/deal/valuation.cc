#include "agents/deal/valuation.h"

#include <algorithm>

#include "market/kernel/math.h"
#include "oneup/v1/valuation.pb.h"

namespace oneup::deal {

double Credibility(const v1::ValuationParameters& parameters, ContractClass contract) {
  const v1::Credibility& table = parameters.credibility();
  switch (contract) {
    case ContractClass::kJointVenture:
      return table.joint_venture();
    case ContractClass::kLetterOfIntent:
      return table.letter_of_intent();
    case ContractClass::kTermSheet:
      return table.term_sheet();
    case ContractClass::kMilestone:
      return table.milestone();
    case ContractClass::kDefinitive:
      return table.definitive();
  }
  return 0;
}

double Surprise(const v1::ValuationParameters& parameters, const Part& part) {
  return (1 - part.overlap) * math::Exp(-parameters.signal_discount() * part.earlier_signals);
}

namespace {

// A loss of revenue never takes more than this share of it.
constexpr double kMostLost = 0.9;

// Revenue a year that the market now expects.
double ExpectedRevenue(const v1::ValuationParameters& parameters, const Part& part) {
  return Credibility(parameters, part.contract) * Surprise(parameters, part) * part.revenue_usd_bn /
         part.term_years;
}

}  // namespace

double LogReturn(const v1::ValuationParameters& parameters, const Part& part,
                 const Company& company, int mega_deals) {
  const double profit =
      ExpectedRevenue(parameters, part) * part.margin_ratio / company.forward_revenue_usd_bn;
  const double elasticity =
      parameters.elasticity() * math::Exp(-parameters.habituation() * mega_deals);
  const double at_risk = part.capital_at_risk_usd_bn * parameters.equity_loss() +
                         part.guarantee_usd_bn * parameters.guarantee_loss();
  return elasticity * math::Log1p(std::max(profit, -kMostLost)) -
         Credibility(parameters, part.contract) *
             (part.warrants * parameters.warrant_value() + at_risk / company.capitalisation_usd_bn);
}

double SectorShock(const v1::ValuationParameters& parameters, const Part& part,
                   double sector_revenue_usd_bn) {
  return math::Log1p(
      std::max(ExpectedRevenue(parameters, part) / sector_revenue_usd_bn, -kMostLost));
}

}  // namespace oneup::deal
