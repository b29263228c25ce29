// The figures of the whole: how far promises have run ahead of revenue, how much of the
// money goes round, and who hangs on whom. docs/systemic.md explains them to users.
//
// All are of one day and of the hub (the scenario's, or a company named instead).
#pragma once

#include <string>
#include <vector>

#include "market/kernel/civil_time.h"
#include "sims/network/circulation.h"
#include "sims/network/obligations.h"
#include "sims/scenario/scenario.h"

namespace oneup::sims {

struct SystemicOptions {
  int hub = -1;                // into the graph's companies; -1: the scenario's
  double cash_usd_bn = 0;      // the hub's, >= 0: scenarios do not know it
  double discount_rate = 0.1;  // a year, continuous, 0-1: of what is due in twelve months
};

// A company that sells something or gives something, in this graph.
struct VendorFigures {
  int company = 0;             // into the graph's companies
  double backlog_usd_bn = 0;   // all that is ordered from it
  double from_hub_usd_bn = 0;  // of it, by the hub
  // Orders of the hub a year (each over its own term) to a year's revenue; NaN: unknown.
  double year_over_revenue = 0;
  double outflow_usd_bn = 0;       // what leaves it: purchases, equity, warrants
  double return_most_usd_bn = 0;   // of it, what can come back (GreatestReturn)
  double return_share_usd_bn = 0;  // of it, what comes back in proportion (ProportionalReturn)

  // 0-1; NaN for a company without orders.
  double HubShare() const { return from_hub_usd_bn / backlog_usd_bn; }
};

struct SystemicFigures {
  kernel::CivilDay day;
  int hub = -1;
  // M1: orders of the hub, and a year's revenue of its own; NaN: unknown.
  double obligations_usd_bn = 0;
  double revenue_usd_bn = 0;
  double over_revenue = 0;
  // M2: sum of the squared shares of the vendors in the hub's orders, 1/n to 1; 0 for no order.
  double hhi = 0;
  // M3: what the hub must pay in the next twelve months, as far as it binds, discounted; and
  // that over cash and revenue.
  double due_usd_bn = 0;
  double due_over_means = 0;
  // M4.
  Circulation circulation;
  double reciprocity = 0;
  // What others put into the hub (equity, warrants) over what it has ordered, and the part of
  // it that comes from companies which it buys from. 0 without an order.
  double funded_share = 0;
  double supplier_funded_share = 0;
  std::vector<VendorFigures> vendors;  // in the order of the graph's companies, without the hub
};

SystemicFigures MeasureSystem(const LoadedScenario& scenario, const ObligationGraph& graph,
                              kernel::CivilDay at, const SystemicOptions& options);

// The hub's obligations and the circularity through time: after each event that added a flow.
struct SystemicPoint {
  kernel::CivilDay day;
  std::string event;
  double obligations_usd_bn = 0;
  double revenue_usd_bn = 0;  // of a year, as known on the day; NaN: unknown
  double over_revenue = 0;    // NaN: revenue unknown
  double circularity = 0;     // 0-1
};

// Up to the end of the day, oldest first. `hub`: the id of a company. O(events^2).
std::vector<SystemicPoint> SystemThroughTime(const LoadedScenario& scenario, const std::string& hub,
                                             kernel::CivilDay at);

}  // namespace oneup::sims
