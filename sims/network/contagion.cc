#include "sims/network/contagion.h"

#include <absl/strings/match.h>

#include <algorithm>
#include <cmath>

#include "market/kernel/math.h"
#include "sims/network/debt_rank.h"
#include "sims/world/news_desk.h"

namespace oneup::sims {
namespace {

absl::Status Check(const ObligationGraph& graph, const DefaultOptions& options) {
  if (options.failing < 0 || options.failing >= graph.size()) {
    return absl::InvalidArgumentError("no company to fail");
  }
  if (!(options.recovery >= 0 && options.recovery <= 1)) {
    return absl::InvalidArgumentError("recovery: allowed are 0 to 1");
  }
  if (!(options.buffer >= 0) || !std::isfinite(options.buffer)) {
    return absl::InvalidArgumentError("buffer: allowed is 0 or more");
  }
  if (!(options.loans_usd_bn >= 0) || !std::isfinite(options.loans_usd_bn)) {
    return absl::InvalidArgumentError("loans: allowed is 0 or more billion USD");
  }
  for (const LoanGuarantee& guarantee : options.guarantees) {
    if (guarantee.guarantor == options.failing) {
      return absl::InvalidArgumentError("the company that fails cannot guarantee its own loans");
    }
  }
  return absl::OkStatus();
}

// What the owners of each company have if all pay, by company. Unknown: nothing.
std::vector<double> EquityOf(const LoadedScenario& scenario, const ObligationGraph& graph,
                             kernel::CivilDay at, double buffer) {
  std::vector<double> equity;
  for (const Company& company : graph.companies) {
    const double value = CompanyValue(scenario, company, at);
    equity.push_back(std::isnan(value) ? 0 : buffer * value);
  }
  return equity;
}

// Lenders are the last node of the problem, and the loans its first claim.
ClearingProblem ToProblem(const ObligationGraph& graph, const std::vector<double>& equity,
                          kernel::CivilDay at, const DefaultOptions& options) {
  const int lenders = graph.size();
  ClearingProblem problem;
  problem.assets.resize(graph.size() + 1, 0);
  problem.senior.resize(graph.size() + 1, 0);
  double guaranteed = 0;
  std::vector<LoanGuarantee> guarantees = options.guarantees;
  for (const LoanGuarantee& guarantee : graph.guarantees) {
    if (guarantee.borrower == options.failing) guarantees.push_back(guarantee);
  }
  for (const LoanGuarantee& guarantee : guarantees) guaranteed += guarantee.usd_bn;
  const double loans = std::max(options.loans_usd_bn, guaranteed);
  problem.claims.push_back({options.failing, lenders, loans});
  for (const LoanGuarantee& guarantee : guarantees) {
    problem.guarantees.push_back({guarantee.guarantor, 0, guarantee.usd_bn});
  }
  for (const Flow& flow : graph.flows) {
    if (flow.kind != FlowKind::kPurchase) continue;
    problem.claims.push_back({flow.from, flow.to, flow.FirmAhead(at)});
  }
  std::vector<double> net(graph.size() + 1, 0);  // what a node needs if all pay
  for (const Claim& claim : problem.claims) {
    const bool failed = claim.debtor == options.failing;
    net[claim.debtor] += (failed ? options.recovery : 1) * claim.usd_bn;
    net[claim.creditor] -= claim.usd_bn;
  }
  for (int company = 0; company < graph.size(); ++company) {
    if (company != options.failing) net[company] += equity[company];
    problem.assets[company] = std::max(0.0, net[company]);
    problem.senior[company] = std::max(0.0, -net[company]);
  }
  return problem;
}

DistressNetwork ToDistress(const ClearingProblem& problem, const std::vector<double>& equity,
                           double recovery) {
  DistressNetwork network{equity, {}};
  for (size_t c = 1; c < problem.claims.size(); ++c) {
    const Claim& claim = problem.claims[c];
    network.exposures.push_back({claim.creditor, claim.debtor, (1 - recovery) * claim.usd_bn});
  }
  const Claim& loans = problem.claims[0];
  double cover = 0;
  for (const ClaimGuarantee& guarantee : problem.guarantees) cover += guarantee.usd_bn;
  const double called = std::min(cover, (1 - recovery) * loans.usd_bn);
  for (const ClaimGuarantee& guarantee : problem.guarantees) {
    if (guarantee.usd_bn <= 0) continue;
    network.exposures.push_back(
        {guarantee.guarantor, loans.debtor, guarantee.usd_bn / cover * called});
  }
  return network;
}

// Distress in this failure, and how central each company is in any.
absl::Status AddDistress(const DistressNetwork& network, int failing,
                         std::vector<CompanyLoss>* losses) {
  std::vector<double> first(network.equity.size(), 0);
  first[failing] = 1;
  const absl::StatusOr<std::vector<double>> distress = SpreadDistress(network, first);
  if (!distress.ok()) return distress.status();
  for (CompanyLoss& loss : *losses) {
    const absl::StatusOr<double> rank = DebtRank(network, loss.company);
    if (!rank.ok()) return rank.status();
    loss.equity_usd_bn = network.equity[loss.company];
    loss.distress = (*distress)[loss.company];
    loss.debt_rank = *rank;
  }
  return absl::OkStatus();
}

// What the deals in which a company acts had added to each listing's value, by listing.
std::vector<double> ValueAddedBy(const LoadedScenario& scenario, const Company& company,
                                 kernel::CivilDay at) {
  const NewsDesk desk(scenario);
  std::vector<double> added(scenario.proto.listings_size(), 0);
  const auto is_company = [&](const std::string& id) {
    const v1::Actor* actor = scenario.FindActor(id);
    return id == company.id || (actor != nullptr && actor->organisation() == company.id);
  };
  for (const ScheduledEvent& scheduled : scenario.schedule) {
    const v1::Event& event = scenario.proto.events(scheduled.index);
    if (scheduled.day > at || !event.has_announcement()) continue;
    const bool deal = !event.committed_by().empty() ||
                      event.terms().contract_class() != v1::CONTRACT_CLASS_UNSPECIFIED;
    const bool acts = is_company(event.committed_by()) ||
                      std::any_of(event.actors().begin(), event.actors().end(), is_company);
    if (!deal || !acts) continue;
    for (const Impact& impact : desk.Read(event, scenario.proto.valuation())) {
      const v1::Listing& listing = scenario.proto.listings(impact.listing);
      added[impact.listing] += math::Expm1(impact.log_return) *
                               desk.Capitalisation(listing, event.announcement().first_session());
    }
  }
  return added;
}

// Of each company: holdings at their value, else equity paid in; warrants that lapse; hype.
void AddValues(const LoadedScenario& scenario, const ObligationGraph& graph, kernel::CivilDay at,
               int failing, std::vector<CompanyLoss>* losses) {
  for (const Flow& flow : graph.flows) {
    if (flow.to != failing) continue;
    CompanyLoss& loss = (*losses)[flow.from];
    if (flow.kind == FlowKind::kEquity) loss.stake_usd_bn += flow.Paid(at);
    if (flow.kind == FlowKind::kWarrants) loss.warrants_usd_bn += flow.usd_bn - flow.Paid(at);
  }
  const Company& failed = graph.companies[failing];
  const std::vector<double> added = ValueAddedBy(scenario, failed, at);
  for (CompanyLoss& loss : *losses) {
    if (loss.company == failing) continue;
    for (int i = 0; i < scenario.proto.listings_size(); ++i) {
      const v1::Listing& listing = scenario.proto.listings(i);
      if (listing.ticker() != graph.companies[loss.company].ticker) continue;
      loss.hype_usd_bn = added[i];
      for (const v1::Stake& stake : listing.stakes()) {
        if (!absl::EqualsIgnoreCase(stake.company(), failed.id) &&
            stake.company() != failed.ticker) {
          continue;
        }
        const double value = CompanyValue(scenario, failed, at);
        loss.stake_usd_bn =
            stake.owned_share() * (std::isnan(value) ? stake.company_value_usd_bn() : value);
      }
    }
  }
}

}  // namespace

absl::StatusOr<DefaultOutcome> SimulateDefault(const LoadedScenario& scenario,
                                               const ObligationGraph& graph, kernel::CivilDay at,
                                               const DefaultOptions& options) {
  if (absl::Status status = Check(graph, options); !status.ok()) return status;
  const std::vector<double> equity = EquityOf(scenario, graph, at, options.buffer);
  const ClearingProblem problem = ToProblem(graph, equity, at, options);
  const absl::StatusOr<Clearing> clearing = Clear(problem);
  if (!clearing.ok()) return clearing.status();

  DefaultOutcome outcome;
  outcome.companies.resize(graph.size());
  for (int company = 0; company < graph.size(); ++company) {
    CompanyLoss& loss = outcome.companies[company];
    loss.company = company;
    loss.paid_share = clearing->paid_share[company];
    loss.in_default = clearing->in_default[company];
    loss.short_usd_bn = std::max(0.0, -clearing->net_worth[company]);
  }
  // The first claim is the lenders'.
  outcome.loans_usd_bn = problem.claims[0].usd_bn;
  outcome.lenders_loss_usd_bn = clearing->claim_loss[0];
  outcome.unpaid_usd_bn = problem.claims[0].usd_bn * (1 - clearing->paid_share[options.failing]);
  for (size_t c = 0; c < problem.claims.size(); ++c) {
    const Claim& claim = problem.claims[c];
    outcome.companies[claim.debtor].owed_usd_bn += claim.usd_bn;
    if (c == 0) continue;
    CompanyLoss& loss = outcome.companies[claim.creditor];
    loss.due_usd_bn += claim.usd_bn;
    loss.unpaid_usd_bn += clearing->claim_loss[c];
    outcome.unpaid_usd_bn += clearing->claim_loss[c];
  }
  for (size_t g = 0; g < problem.guarantees.size(); ++g) {
    outcome.companies[problem.guarantees[g].guarantor].guaranteed_usd_bn +=
        clearing->guarantee_paid[g];
    outcome.guarantees_paid_usd_bn += clearing->guarantee_paid[g];
  }
  const absl::Status distress = AddDistress(ToDistress(problem, equity, options.recovery),
                                            options.failing, &outcome.companies);
  if (!distress.ok()) return distress;
  AddValues(scenario, graph, at, options.failing, &outcome.companies);
  return outcome;
}

}  // namespace oneup::sims
