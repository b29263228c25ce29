#include "sims/network/obligations.h"

#include <absl/strings/ascii.h>
#include <absl/strings/match.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <utility>

#include "agents/deal/valuation.h"
#include "sims/world/news_desk.h"

namespace oneup::sims {
namespace {

constexpr double kDaysPerYear = 365.25;

double Credibility(const v1::ValuationParameters& parameters, v1::ContractClass contract) {
  // As the news desk reads a contract of no stated class: as a term sheet.
  switch (contract) {
    case v1::CONTRACT_CLASS_JOINT_VENTURE:
      return deal::Credibility(parameters, deal::ContractClass::kJointVenture);
    case v1::CONTRACT_CLASS_LETTER_OF_INTENT:
      return deal::Credibility(parameters, deal::ContractClass::kLetterOfIntent);
    case v1::CONTRACT_CLASS_MILESTONE:
      return deal::Credibility(parameters, deal::ContractClass::kMilestone);
    case v1::CONTRACT_CLASS_DEFINITIVE:
      return deal::Credibility(parameters, deal::ContractClass::kDefinitive);
    default:
      return deal::Credibility(parameters, deal::ContractClass::kTermSheet);
  }
}

class Builder {
 public:
  explicit Builder(const LoadedScenario& scenario) : scenario_(scenario), desk_(scenario) {
    if (!scenario.proto.hub().empty()) graph_.hub = OfActor(scenario.proto.hub());
  }

  void Add(const v1::Event& event, kernel::CivilDay day) {
    const v1::DealTerms& terms = event.terms();
    const int customer = event.committed_by().empty() ? -1 : OfActor(event.committed_by());
    Flow flow;
    flow.event = event.id();
    flow.day = day;
    flow.start_years = terms.start_lag_years();
    flow.term_years = terms.has_term_years() ? terms.term_years() : 1;
    flow.credibility = Credibility(scenario_.proto.valuation(), terms.contract_class());
    if (customer >= 0) {
      for (const Part& supplier : Suppliers(event, customer)) {
        AddPurchase(event, flow, customer, supplier);
      }
    }
    const int funded = customer >= 0 ? customer : ActingHub(event);
    if (funded < 0) return;
    for (const v1::Exposure& exposure : event.announcement().exposures()) {
      if (exposure.role() != v1::EXPOSURE_ROLE_FUNDER) continue;
      flow.from = OfTicker(exposure.company());
      flow.to = funded;
      flow.kind = FlowKind::kEquity;
      flow.usd_bn = flow.upfront_usd_bn = exposure.capital_at_risk_usd_bn();
      Keep(flow);
    }
  }

  ObligationGraph Take() { return std::move(graph_); }

 private:
  struct Part {
    int company = 0;
    double revenue_usd_bn = 0;
    double share = 1;  // of what the terms give besides the goods
  };

  int Add(Company company) {
    for (int i = 0; i < graph_.size(); ++i) {
      if (graph_.companies[i].id == company.id) return i;
    }
    graph_.companies.push_back(std::move(company));
    return graph_.size() - 1;
  }

  // The company of an actor: a person's is the organisation he acts for; -1 for the press
  // and for a person of no organisation.
  int OfActor(const std::string& id) {
    const v1::Actor* actor = scenario_.FindActor(id);
    if (actor != nullptr && actor->kind() == v1::ACTOR_KIND_PERSON) {
      actor = scenario_.FindActor(actor->organisation());
    }
    if (actor == nullptr || actor->kind() != v1::ACTOR_KIND_ORGANISATION) return -1;
    return Add({actor->id(), actor->name(), actor->ticker()});
  }

  // Of a listing or of the company of a stake.
  int OfTicker(const std::string& ticker) {
    for (const v1::Actor& actor : scenario_.proto.actors()) {
      if (actor.kind() != v1::ACTOR_KIND_ORGANISATION) continue;
      if (actor.ticker() == ticker || absl::EqualsIgnoreCase(actor.id(), ticker)) {
        return OfActor(actor.id());
      }
    }
    const v1::Listing* listing = scenario_.FindListing(ticker);
    return Add({ticker, listing != nullptr ? listing->name() : ticker,
                listing != nullptr ? listing->ticker() : ""});
  }

  int ActingHub(const v1::Event& event) {
    if (graph_.hub < 0) return -1;
    for (const std::string& id : event.actors()) {
      if (OfActor(id) == graph_.hub) return graph_.hub;
    }
    return -1;
  }

  std::vector<Part> Suppliers(const v1::Event& event, int customer) {
    std::vector<Part> suppliers;
    double revenue = 0;
    for (const v1::Exposure& exposure : event.announcement().exposures()) {
      if (exposure.role() != v1::EXPOSURE_ROLE_SUPPLIER) continue;
      suppliers.push_back({OfTicker(exposure.company()), exposure.has_revenue_usd_bn()
                                                             ? exposure.revenue_usd_bn()
                                                             : event.terms().value_usd_bn()});
      revenue += suppliers.back().revenue_usd_bn;
    }
    for (Part& supplier : suppliers) {
      if (revenue > 0) supplier.share = supplier.revenue_usd_bn / revenue;
    }
    // Where exposures name no supplier, somebody funds: nothing is bought from him.
    if (event.announcement().exposures_size() > 0) return suppliers;
    for (const std::string& id : event.actors()) {
      const int company = OfActor(id);
      if (company < 0 || company == customer) continue;
      const bool known = std::any_of(suppliers.begin(), suppliers.end(),
                                     [&](const Part& part) { return part.company == company; });
      if (!known) suppliers.push_back({company});
    }
    for (Part& supplier : suppliers) {
      supplier.share = 1 / static_cast<double>(suppliers.size());
      supplier.revenue_usd_bn = supplier.share * event.terms().value_usd_bn();
    }
    return suppliers;
  }

  // What customer and supplier promise each other; `flow` has the event's own.
  void AddPurchase(const v1::Event& event, Flow flow, int customer, const Part& supplier) {
    const v1::DealTerms& terms = event.terms();
    flow.from = customer;
    flow.to = supplier.company;
    flow.usd_bn = supplier.revenue_usd_bn;
    Keep(flow);
    std::swap(flow.from, flow.to);
    const v1::VendorEquity& equity = terms.vendor_equity();
    flow.kind = FlowKind::kEquity;
    flow.usd_bn = equity.total_usd_bn() * supplier.share;
    // Without a word on when, it is paid at signing.
    const bool later = equity.has_upfront_usd_bn() || equity.has_usd_bn_per_gw();
    flow.upfront_usd_bn = later ? equity.upfront_usd_bn() * supplier.share : flow.usd_bn;
    Keep(flow);
    flow.kind = FlowKind::kWarrants;
    flow.upfront_usd_bn = 0;
    const v1::Listing* listing = scenario_.FindListing(graph_.companies[supplier.company].ticker);
    if (listing != nullptr && terms.has_vendor_warrants()) {
      const std::string& session = event.announcement().first_session();
      flow.usd_bn =
          terms.vendor_warrants().percent_of_shares() / 100 *
          desk_.Capitalisation(*listing, session.empty() ? kernel::FormatDay(flow.day) : session);
      Keep(flow);
    }
    if (terms.loan_guarantee_usd_bn() > 0) {
      graph_.guarantees.push_back(
          {supplier.company, customer, terms.loan_guarantee_usd_bn() * supplier.share, event.id()});
    }
  }

  void Keep(const Flow& flow) {
    if (flow.usd_bn > 0 && flow.from != flow.to) graph_.flows.push_back(flow);
  }

  const LoadedScenario& scenario_;
  NewsDesk desk_;
  ObligationGraph graph_;
};

// The first stake of anybody in a company that is not listed.
const v1::Stake* StakeIn(const LoadedScenario& scenario, const Company& company) {
  for (const v1::Listing& listing : scenario.proto.listings()) {
    for (const v1::Stake& stake : listing.stakes()) {
      if (absl::EqualsIgnoreCase(stake.company(), company.id)) return &stake;
    }
  }
  return nullptr;
}

// The figures of the latest whole year that has begun, else the first; null for none.
template <typename Has>
const v1::Financials* OfYear(const v1::Actor* actor, int year, size_t length, Has has) {
  const v1::Financials* best = nullptr;
  if (actor == nullptr) return best;
  for (const v1::Financials& financials : actor->financials()) {
    std::string_view period = financials.period();
    if (period.starts_with("FY")) period.remove_prefix(2);
    if (!has(financials) || period.size() != length) continue;
    const int of = std::atoi(std::string(period.substr(0, 4)).c_str());
    if (best == nullptr || of <= year) best = &financials;
  }
  return best;
}

constexpr size_t kWholeYear = 4;  // 2025
constexpr size_t kHalfYear = 6;   // 2025H1

}  // namespace

std::string_view FlowKindText(FlowKind kind) {
  switch (kind) {
    case FlowKind::kPurchase:
      return "purchase";
    case FlowKind::kEquity:
      return "equity";
    case FlowKind::kWarrants:
      return "warrants";
  }
  return "";
}

double Flow::Delivered(kernel::CivilDay at) const {
  const double years = static_cast<double>(at - day) / kDaysPerYear - start_years;
  return std::clamp(years / term_years, 0.0, 1.0);
}

double Flow::Paid(kernel::CivilDay at) const {
  return upfront_usd_bn + (usd_bn - upfront_usd_bn) * Delivered(at);
}

double Flow::FirmAhead(kernel::CivilDay at) const { return credibility * (usd_bn - Paid(at)); }

int ObligationGraph::Find(std::string_view word) const {
  for (int i = 0; i < size(); ++i) {
    const Company& company = companies[i];
    for (const std::string& name : {company.id, company.name, company.ticker}) {
      if (!name.empty() && absl::EqualsIgnoreCase(name, std::string(word))) return i;
    }
  }
  return -1;
}

std::vector<Arc> ObligationGraph::Arcs() const {
  std::vector<Arc> arcs;
  for (const Flow& flow : flows) arcs.push_back({flow.from, flow.to, flow.usd_bn});
  return Combined(arcs);
}

ObligationGraph BuildObligations(const LoadedScenario& scenario, kernel::CivilDay at) {
  Builder builder(scenario);
  for (const ScheduledEvent& scheduled : scenario.schedule) {
    if (scheduled.day <= at) builder.Add(scenario.proto.events(scheduled.index), scheduled.day);
  }
  return builder.Take();
}

double YearlyRevenue(const LoadedScenario& scenario, const Company& company, kernel::CivilDay at) {
  const v1::Actor* actor = scenario.FindActor(company.id);
  const int year = static_cast<int>(at.year());
  const auto has = [](const v1::Financials& f) { return f.has_revenue_usd_bn(); };
  const v1::Listing* listing = scenario.FindListing(company.ticker);
  const bool expected = listing != nullptr && listing->forward_revenue_usd_bn() > 0;
  if (const auto* whole = OfYear(actor, year, kWholeYear, has)) {
    // What is expected of a listing is newer than its figures of an earlier year.
    const bool of_this_year = whole->period().ends_with(std::to_string(year));
    if (of_this_year || !expected) return whole->revenue_usd_bn();
  }
  if (const auto* half = OfYear(actor, year, kHalfYear, has)) return 2 * half->revenue_usd_bn();
  if (expected) return listing->forward_revenue_usd_bn();
  if (const v1::Stake* stake = StakeIn(scenario, company)) return stake->forward_revenue_usd_bn();
  return std::numeric_limits<double>::quiet_NaN();
}

double CompanyValue(const LoadedScenario& scenario, const Company& company, kernel::CivilDay at) {
  if (const v1::Listing* listing = scenario.FindListing(company.ticker)) {
    return NewsDesk(scenario).Capitalisation(*listing, kernel::FormatDay(at));
  }
  const v1::Actor* actor = scenario.FindActor(company.id);
  const auto has = [](const v1::Financials& f) { return f.has_valuation_usd_bn(); };
  if (const auto* whole = OfYear(actor, static_cast<int>(at.year()), kWholeYear, has)) {
    return whole->valuation_usd_bn();
  }
  if (const v1::Stake* stake = StakeIn(scenario, company)) return stake->company_value_usd_bn();
  return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace oneup::sims
