#include "sims/network/systemic.h"

#include <algorithm>
#include <limits>

#include "market/kernel/math.h"

namespace oneup::sims {
namespace {

constexpr double kDaysPerYear = 365.25;

double OrdersOf(const ObligationGraph& graph, int company) {
  double sum = 0;
  for (const Flow& flow : graph.flows) {
    if (flow.kind == FlowKind::kPurchase && flow.from == company) sum += flow.usd_bn;
  }
  return sum;
}

// Present value of what a flow brings due within a year, as far as it binds: paid evenly, so
// discounted from the middle of the time in which it is paid.
double DueInAYear(const Flow& flow, kernel::CivilDay at, double rate) {
  const double start =
      std::max(0.0, flow.start_years - static_cast<double>(at - flow.day) / kDaysPerYear);
  const double due = flow.FirmAhead(at) - flow.FirmAhead(at + 365);
  const double middle = (std::min(start, 1.0) + 1) / 2;
  return due * math::Exp(-rate * middle);
}

VendorFigures MeasureVendor(const LoadedScenario& scenario, const ObligationGraph& graph,
                            const std::vector<Arc>& arcs, int company, int hub,
                            kernel::CivilDay at) {
  VendorFigures vendor;
  vendor.company = company;
  double a_year = 0;
  for (const Flow& flow : graph.flows) {
    if (flow.from == company) vendor.outflow_usd_bn += flow.usd_bn;
    if (flow.kind != FlowKind::kPurchase || flow.to != company) continue;
    vendor.backlog_usd_bn += flow.usd_bn;
    if (flow.from != hub) continue;
    vendor.from_hub_usd_bn += flow.usd_bn;
    a_year += flow.usd_bn / flow.term_years;
  }
  vendor.year_over_revenue = a_year / YearlyRevenue(scenario, graph.companies[company], at);
  if (vendor.outflow_usd_bn > 0) {
    vendor.return_most_usd_bn = GreatestReturn(graph.size(), arcs, company);
    vendor.return_share_usd_bn = ProportionalReturn(graph.size(), arcs, company);
  }
  return vendor;
}

}  // namespace

SystemicFigures MeasureSystem(const LoadedScenario& scenario, const ObligationGraph& graph,
                              kernel::CivilDay at, const SystemicOptions& options) {
  SystemicFigures figures;
  figures.day = at;
  figures.hub = options.hub >= 0 ? options.hub : graph.hub;
  const int hub = figures.hub;
  const std::vector<Arc> arcs = graph.Arcs();
  figures.circulation = MaximumCirculation(graph.size(), arcs);
  figures.reciprocity = PairwiseReciprocity(arcs);
  figures.revenue_usd_bn = hub >= 0 ? YearlyRevenue(scenario, graph.companies[hub], at)
                                    : std::numeric_limits<double>::quiet_NaN();
  figures.obligations_usd_bn = OrdersOf(graph, hub);
  figures.over_revenue = figures.obligations_usd_bn / figures.revenue_usd_bn;

  std::vector<double> ordered(graph.size(), 0);
  for (const Flow& flow : graph.flows) {
    if (flow.from != hub || flow.kind != FlowKind::kPurchase) continue;
    ordered[flow.to] += flow.usd_bn;
    figures.due_usd_bn += DueInAYear(flow, at, options.discount_rate);
  }
  figures.due_over_means = figures.due_usd_bn / (options.cash_usd_bn + figures.revenue_usd_bn);
  double funded = 0;
  double funded_by_suppliers = 0;
  for (const Flow& flow : graph.flows) {
    if (flow.to != hub || flow.kind == FlowKind::kPurchase) continue;
    funded += flow.usd_bn;
    if (ordered[flow.from] > 0) funded_by_suppliers += flow.usd_bn;
  }
  if (figures.obligations_usd_bn > 0) {
    figures.funded_share = funded / figures.obligations_usd_bn;
    figures.supplier_funded_share = funded_by_suppliers / figures.obligations_usd_bn;
    for (const double part : ordered) {
      const double share = part / figures.obligations_usd_bn;
      figures.hhi += share * share;
    }
  }
  for (int company = 0; company < graph.size(); ++company) {
    if (company == hub) continue;
    const VendorFigures vendor = MeasureVendor(scenario, graph, arcs, company, hub, at);
    if (vendor.backlog_usd_bn > 0 || vendor.outflow_usd_bn > 0) figures.vendors.push_back(vendor);
  }
  return figures;
}

std::vector<SystemicPoint> SystemThroughTime(const LoadedScenario& scenario, const std::string& hub,
                                             kernel::CivilDay at) {
  std::vector<SystemicPoint> points;
  const ObligationGraph whole = BuildObligations(scenario, at);
  ObligationGraph growing = whole;
  growing.flows.clear();
  const int company = whole.Find(hub);
  for (size_t i = 0; i < whole.flows.size(); ++i) {
    const Flow& flow = whole.flows[i];
    growing.flows.push_back(flow);
    // All flows of one event come at once.
    if (i + 1 < whole.flows.size() && whole.flows[i + 1].event == flow.event) continue;
    SystemicPoint point{flow.day, flow.event, OrdersOf(growing, company)};
    point.revenue_usd_bn = company < 0
                               ? std::numeric_limits<double>::quiet_NaN()
                               : YearlyRevenue(scenario, whole.companies[company], flow.day);
    point.over_revenue = point.obligations_usd_bn / point.revenue_usd_bn;
    point.circularity = MaximumCirculation(growing.size(), growing.Arcs()).Circularity();
    points.push_back(point);
  }
  return points;
}

}  // namespace oneup::sims
