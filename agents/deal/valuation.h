// What a deal is worth to the shareholders of a company that it touches: the one
// place where news becomes a change of value.
//
//   profit  x = c s m (R / T) / F
//   value   ln V'/V = eta exp(-h n) ln(1 + x) - c (w v + e E / Cap + g G / Cap)
//
// c credibility of the contract's class, s = (1 - overlap) exp(-d signals) surprise,
// R the company's revenue from the deal over T years, m the deal's operating margin
// over the company's, F its forward revenue; n mega-deals in the last 90 days; w
// warrants given away (share of the company) at value v, E equity at risk with expected
// loss e, G debt guaranteed with expected loss g. This is "margin x incremental revenue
// x credibility x surprise, less dilution and capital at risk" in its elasticity form:
// docs/model.md says why, and what it explains and what not.
#pragma once

namespace oneup::v1 {
class ValuationParameters;
}

namespace oneup::deal {

// How binding an announced contract is, least first.
enum class ContractClass { kJointVenture, kLetterOfIntent, kTermSheet, kMilestone, kDefinitive };

// One company's part in a deal, as announced.
struct Part {
  ContractClass contract = ContractClass::kTermSheet;
  // What the company earns by it over the term; negative if it loses that much.
  double revenue_usd_bn = 0;
  double term_years = 1;              // > 0
  double margin_ratio = 1;            // operating margin of the deal over the company's
  double capital_at_risk_usd_bn = 0;  // equity it puts into the customer or project, >= 0
  double warrants = 0;                // share of itself that it gives away, 0-1
  double guarantee_usd_bn = 0;        // customer's debt that it guarantees, >= 0
  int earlier_signals = 0;            // public hints before the announcement, >= 0
  double overlap = 0;                 // part of the news that was known, 0-1
};

struct Company {
  double capitalisation_usd_bn = 0;   // on the eve, > 0
  double forward_revenue_usd_bn = 0;  // next twelve months, > 0
};

// c of a contract's class.
double Credibility(const v1::ValuationParameters& parameters, ContractClass contract);

// s: 1 for a bolt from the blue, 0 for old news.
double Surprise(const v1::ValuationParameters& parameters, const Part& part);

// Log change of the company's value; mega_deals as n above.
double LogReturn(const v1::ValuationParameters& parameters, const Part& part,
                 const Company& company, int mega_deals);

// X: log change of a sector's expected revenue of sector_revenue_usd_bn a year.
double SectorShock(const v1::ValuationParameters& parameters, const Part& part,
                   double sector_revenue_usd_bn);

}  // namespace oneup::deal
