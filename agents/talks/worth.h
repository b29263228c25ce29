// What a term sheet is worth to the supplier and to the hub, in billion USD, net present value at
// the announcement. docs/minds.md 3 has the derivation; tags of every figure are in the scenario.
//
//   A(T, l) = (1 / T) sum_{y = 0}^{T-1} (1 + r)^-(l + y + 1/2)
//
// Supplier i:
//   economic = phi (pay R m (1 - tax) A - elsewhere g) - K sqrt(g / 10) - k phi (R / T)^2 / (2 F)
//              - e E - v w Cap - (PD / pay) G + c_x x - c_s |s - s*|
//   pay      = exp(-(O + R) / credit)           O: what the hub has announced elsewhere; credit:
//              trust x credit_years x the hub's revenue, so that credit grows with its business
//   market   = omega min(.4 Cap, max(0, dV))   dV: the announcement's gain by agents/deal/valuation
//   ego      = vision psi (1 + L) a log2(1 + H / H_own) + Psi 1{H >= (1 + mu) H_max}
//              - chi sum_c sigma_c excess_c - chi_anchor |ln(g / g*)|
// Hub:
//   value    = lam Q (exp(-Gam / Q) - exp(-(Gam + certainty q g) / Q)),  certainty = .4 + .6 phi
//   economic = value - (theta phi + fund) C A + xi (E + w v Cap) + spread G - c_x x - c_s s
//   C        = R (1 - eased)                  what it costs, eased by offers of sites
//   fund     = f0 + f1 max(0, O + C - backing) / backing,   backing = leverage (raised + E)
#pragma once

#include <span>
#include <vector>

#include "agents/deal/term_sheet.h"
#include "agents/deal/valuation.h"
#include "agents/mind/mind.h"
#include "agents/mind/self.h"

namespace oneup::v1 {
class Character;
class Demand;
class Supply;
class ValuationParameters;
}  // namespace oneup::v1

namespace oneup::talks {

// Billion USD.
struct Worth {
  double economic = 0;
  double market = 0;
  double ego = 0;
  double total() const { return economic + market + ego; }
};

// A(T, l) at a yearly rate r >= 0.
double Annuity(double years, double lag_years, double rate);

// A(T, l) of every term and lag on the grids.
class AnnuityTable {
 public:
  explicit AnnuityTable(double rate);
  double Of(const deal::TermSheet& sheet) const {
    return values_[sheet.place[deal::IndexOf(deal::Issue::kTerm)] * lags_ +
                   sheet.place[deal::IndexOf(deal::Issue::kStartLag)]];
  }

 private:
  size_t lags_;
  std::vector<double> values_;
};

// What the supplier sells, as the exchange sees it: without what it gives besides. Of a venture its
// funder (`invests`) has a part of the headline: 40 %, as SoftBank has in 2025.textproto.
deal::Part SaleOf(const deal::TermSheet& sheet, bool invests);

// How sure the hub can be of the capacity: .4 + .6 of what binds.
double Certainty(const deal::TermSheet& sheet);

// Reads in what the supplier knows; all that it points to outlives it.
class SupplierWorth {
 public:
  struct View {
    const v1::Supply* supply = nullptr;
    const v1::Character* character = nullptr;
    const v1::ValuationParameters* valuation = nullptr;
    const AnnuityTable* annuities = nullptr;
    deal::Company books;  // capitalisation 0: not listed
    mind::PublicRecord known;
    double own_headline_usd_bn = 1;
    double face = 0;           // L
    double credit_usd_bn = 1;  // commitments of the hub at which trust in it falls to 1/e
    double vision = 1;         // factor on pride: what a believer sees in it
    bool market = true;        // false: the stock is no argument
    bool ego = true;           // false: nor are headlines, stances, anchors
    bool headlines = true;     // false: of these, headlines and records are none
    std::span<const mind::Stance> stances = {};
  };
  explicit SupplierWorth(const View& view);
  Worth Of(const deal::TermSheet& sheet) const;
  // Log change of the value of its stock that an announcement of the sheet would bring.
  double LogReturn(const deal::TermSheet& sheet) const;

 private:
  View view_;
  double trust_;  // before the sheet itself: exp(-O / credit)
};

class HubWorth {
 public:
  struct View {
    const v1::Demand* demand = nullptr;
    const v1::Character* character = nullptr;
    const v1::ValuationParameters* valuation = nullptr;
    const AnnuityTable* annuities = nullptr;
    deal::Company supplier;
    double quality = 1;           // of the supplier's product
    double need_gw = 1;           // Q
    double contracted_gw = 0;     // Gam, quality-weighted
    double committed_usd_bn = 0;  // O: what it has signed so far
    double raised_usd_bn = 0;     // equity raised, and promised by suppliers
    double record_usd_bn = 0;
    double own_headline_usd_bn = 1;
    double face = 0;
    double sites_eased = 0;  // share by which offers of sites make building cheaper
    bool ego = true;
    bool headlines = true;
  };
  explicit HubWorth(const View& view);
  Worth Of(const deal::TermSheet& sheet) const;

 private:
  View view_;
  double held_;  // exp(-Gam / Q)
};

}  // namespace oneup::talks
