// Who pays whom how much when not everyone can pay: clearing after Eisenberg and Noe
// (2001), Systemic Risk in Financial Systems, Management Science 47(2), 236-249, with
// senior debt to the outside and with guarantees.
//
// Each node has assets from outside, e, and pays out of them and of what it receives, in
// this order: its senior debt s to the outside, then all its other debts in proportion.
// It pays all (limited liability: never more than it has) or all that it has:
//
//   paid_i = min(owed_i, max(0, e_i + received_i - s_i)).
//
// A guarantor owes the creditor what the debtor leaves unpaid, up to its guarantee G:
// min(G, shortfall); several guarantors of one claim share it in proportion to theirs.
// That adds to what the guarantor owes, ranks with its other debts, and is known only
// when the vector is: a guarantor may fail itself. The guarantor gets nothing back from
// the failed debtor. A guarantee moves a loss, it never makes the creditors' larger.
//
// Payments are the greatest solution. The shares paid go down from 1 by repeated
// substitution; the map is monotone (a lower share calls more of a guarantee, which
// lowers its guarantor's), so they settle at the greatest fixed point.
#pragma once

#include <cstddef>
#include <vector>

#include "absl/status/statusor.h"

namespace oneup::sims {

// What the debtor owes the creditor, billion USD, >= 0. Nodes are numbered from 0.
struct Claim {
  int debtor = 0;
  int creditor = 0;
  double usd_bn = 0;
};

// The guarantor answers for a claim (an index into the claims) up to an amount, >= 0.
// It is neither the claim's debtor nor its creditor.
struct ClaimGuarantee {
  int guarantor = 0;
  size_t claim = 0;
  double usd_bn = 0;
};

struct ClearingProblem {
  std::vector<double> assets;  // e of each node, >= 0
  std::vector<double> senior;  // s of each node, >= 0; empty for none
  std::vector<Claim> claims;
  std::vector<ClaimGuarantee> guarantees;
};

// By node unless said otherwise, billion USD.
struct Clearing {
  std::vector<double> paid_share;      // of what the node owes, 0-1; 1 for one that owes nothing
  std::vector<double> owed;            // to the others, called guarantees included
  std::vector<double> paid;            // of it
  std::vector<double> senior_paid;     // to the outside
  std::vector<double> received;        // from the others, guarantees included
  std::vector<double> net_worth;       // assets + received - senior - owed; below 0 in default
  std::vector<bool> in_default;        // it does not pay all; at a net worth of 0 it does
  std::vector<double> claim_loss;      // by claim: what its creditor misses in the end
  std::vector<double> guarantee_paid;  // by guarantee

  // What is left for the owners: 0 in default.
  double Equity(size_t node) const { return net_worth[node] > 0 ? net_worth[node] : 0; }
};

// Errors: InvalidArgument for a number that is negative or not finite, for nodes and claims
// that do not exist, for a debt to oneself; FailedPrecondition if the payments have not
// settled to 1e-13 after a million rounds (a ring of debts that loses next to nothing a round).
absl::StatusOr<Clearing> Clear(const ClearingProblem& problem);

}  // namespace oneup::sims
