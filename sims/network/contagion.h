// What it costs the others when one company fails: clearing (clearing.h) and distress (debt_rank.h)
// over the network of what is still to be paid, guarantees of loans and stakes.
//
// Payments. Each company owes what it has promised to buy and not yet paid, as far as it
// binds (Flow::FirmAhead), and the failed one its loans besides. The failed company pays the
// `recovery` of all. The others' means are such that, would everybody pay, their owners were
// left with `buffer` times their market value: e_i - s_i = buffer V_i + owed_i - due to i. A
// company of unknown value stands with what it owes and no more. Money promised as equity and
// not yet paid is not owed: it is paid as capacity comes, and none will.
//
// Distress. The same debts as exposures: who is owed loses what the debtor would not pay in
// default, (1 - recovery) of it, and a guarantor its part of the loans' shortfall. Equity is what
// the owners are left with in clearing, buffer V_i. Lenders are outside: they pass nothing on.
//
// Values, beside the payments and not to be added to them: stakes in the failed company are
// worth nothing; warrants given to it lapse, the giver keeps its shares; and what its deals
// had added to market values is taken back (the news desk's reading of each event in which it
// acts or commits itself).
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "market/kernel/civil_time.h"
#include "sims/network/clearing.h"
#include "sims/network/obligations.h"
#include "sims/scenario/scenario.h"

namespace oneup::sims {

struct DefaultOptions {
  int failing = -1;       // into the graph's companies
  double recovery = 0.4;  // part of its debts that it still pays, 0-1
  double buffer = 1;      // part of their market value that the others can turn into payments, >= 0
  double loans_usd_bn = 0;  // what it owes lenders outside, >= 0; at least what is guaranteed
  // Besides the graph's own: guarantees of its loans.
  std::vector<LoanGuarantee> guarantees;
};

// One company in the others' failure, billion USD. Losses are positive.
struct CompanyLoss {
  int company = 0;
  // Payments.
  double due_usd_bn = 0;         // what others owed it
  double unpaid_usd_bn = 0;      // of it, what they do not pay
  double guaranteed_usd_bn = 0;  // what it pays as a guarantor
  double owed_usd_bn = 0;        // what it owes, without guarantees
  double paid_share = 1;         // of what it owes with guarantees, 0-1
  bool in_default = false;
  double short_usd_bn = 0;  // what it lacks to pay all
  // Distress.
  double equity_usd_bn = 0;  // buffer times market value; 0: unknown
  double distress = 0;       // part of it that is lost, 0-1; 1 of the failed company
  double debt_rank = 0;      // part of the others' equity that is lost if it fails itself, 0-1
  // Values.
  double stake_usd_bn = 0;     // its stake in the failed company: a holding at its value, else
                               // the equity that it has paid in
  double warrants_usd_bn = 0;  // its own shares that it keeps: a gain
  double hype_usd_bn = 0;      // what the failed company's deals had added to its market value
};

struct DefaultOutcome {
  std::vector<CompanyLoss> companies;  // by the graph's companies
  double loans_usd_bn = 0;
  double lenders_loss_usd_bn = 0;  // of the failed company's lenders, after guarantees
  double guarantees_paid_usd_bn = 0;
  double unpaid_usd_bn = 0;  // sum over the companies, and the lenders' before guarantees
};

// Errors: InvalidArgument for options out of range; those of Clear() and
// SpreadDistress().
absl::StatusOr<DefaultOutcome> SimulateDefault(const LoadedScenario& scenario,
                                               const ObligationGraph& graph, kernel::CivilDay at,
                                               const DefaultOptions& options);

}  // namespace oneup::sims
