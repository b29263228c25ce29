// Who has promised whom how much: the graph of a scenario's deals up to a day.
//
// Nodes are companies, flows are money or shares promised by one to another:
//
//   purchase  from the actor that committed itself (Event.committed_by) to each supplier,
//             for the revenue of its exposure, else the value of the terms
//   equity    from a supplier to its customer (DealTerms.vendor_equity), and from a funder
//             (exposure FUNDER) its capital at risk to the one who committed itself, else
//             to the scenario's hub if the hub acts in the event
//   warrants  from a supplier to its customer: percent of shares times its market value
//             before the first session that could trade on it
//
// and guarantees of a customer's loans (DealTerms.loan_guarantee_usd_bn) stand beside.
//
// Suppliers are the exposures with that role. An event without exposures names none: there
// they are the other organisations that act in it (a person stands for his own), the
// sum shared equally. Talk, plans and goals (no committed_by) promise no purchase. Nothing
// else of a scenario is used, so events that a run has made serve as well as recorded ones.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "market/kernel/civil_time.h"
#include "sims/network/circulation.h"
#include "sims/scenario/scenario.h"

namespace oneup::sims {

// A company of the graph: an actor, or an exposed company that no actor stands for.
struct Company {
  std::string id;      // the actor's, else the ticker
  std::string name;    // "Oracle"
  std::string ticker;  // of its listing; empty for none
};

enum class FlowKind { kPurchase, kEquity, kWarrants };

// "purchase", "equity", "warrants".
std::string_view FlowKindText(FlowKind kind);

struct Flow {
  int from = 0;  // into ObligationGraph.companies
  int to = 0;
  FlowKind kind = FlowKind::kPurchase;
  double usd_bn = 0;          // announced, over the whole term
  std::string event;          // the event that promised it
  kernel::CivilDay day;       // and its day
  double start_years = 0;     // from the day to the first delivery
  double term_years = 1;      // of delivery, evenly; > 0
  double upfront_usd_bn = 0;  // paid on the day; the rest is paid with delivery
  // How far it binds, 0-1: the market's credibility of the contract's class
  // (ValuationParameters). Warrants and equity have their contract's.
  double credibility = 0;

  // Part of the term that is over at `at`, 0-1.
  double Delivered(kernel::CivilDay at) const;
  // What has been paid by then: with delivery, beyond what was upfront.
  double Paid(kernel::CivilDay at) const;
  // What is not paid yet, as far as it binds: credibility x (usd_bn - Paid).
  double FirmAhead(kernel::CivilDay at) const;
};

// The guarantor answers for a part of what the borrower owes its lenders.
struct LoanGuarantee {
  int guarantor = 0;
  int borrower = 0;
  double usd_bn = 0;
  std::string event;
};

struct ObligationGraph {
  std::vector<Company> companies;  // in the order in which events name them
  std::vector<Flow> flows;         // in the order of the events
  std::vector<LoanGuarantee> guarantees;
  int hub = -1;  // the scenario's hub; -1 if it has none

  // The company's index by the id of its actor, its name or its ticker; -1 if it is not there.
  int Find(std::string_view word) const;
  // All flows as announced, for circulation.h; between each pair in each direction one.
  std::vector<Arc> Arcs() const;
  int size() const { return static_cast<int>(companies.size()); }
};

// The graph of all events that a replay has told by the end of the day. O(events).
ObligationGraph BuildObligations(const LoadedScenario& scenario, kernel::CivilDay at);

// Revenue of a year as known on the day, billion USD: the company's latest figures of a
// whole year that has begun by then (financials "2025" or "FY2025"), else of a half year
// ("2025H1", doubled), else its first whole year, else what its listing or a stake in it
// expects for the coming year. NaN if none is known.
double YearlyRevenue(const LoadedScenario& scenario, const Company& company, kernel::CivilDay at);

// Market value before the day, billion USD: the listing's; of a company without one the
// latest valuation of its financials as YearlyRevenue, or that of a stake in it. NaN: unknown.
double CompanyValue(const LoadedScenario& scenario, const Company& company, kernel::CivilDay at);

}  // namespace oneup::sims
