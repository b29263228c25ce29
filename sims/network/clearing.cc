#include "sims/network/clearing.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "absl/strings/str_cat.h"

namespace oneup::sims {
namespace {

constexpr int kRounds = 1'000'000;
constexpr double kSettled = 1e-13;
// A share of what is owed that is lost in rounding, no default.
constexpr double kRounding = 1e-10;

absl::Status Check(const ClearingProblem& problem) {
  const auto bad = [](double value) { return !std::isfinite(value) || value < 0; };
  const int nodes = static_cast<int>(problem.assets.size());
  const auto unknown = [&](int node) { return node < 0 || node >= nodes; };
  if (!problem.senior.empty() && problem.senior.size() != problem.assets.size()) {
    return absl::InvalidArgumentError("senior debts: one a node, or none");
  }
  for (const std::vector<double>* values : {&problem.assets, &problem.senior}) {
    for (const double value : *values) {
      if (bad(value)) return absl::InvalidArgumentError("assets and senior debts: 0 or more");
    }
  }
  for (size_t c = 0; c < problem.claims.size(); ++c) {
    const Claim& claim = problem.claims[c];
    if (unknown(claim.debtor) || unknown(claim.creditor) || claim.debtor == claim.creditor ||
        bad(claim.usd_bn)) {
      return absl::InvalidArgumentError(
          absl::StrCat("claim ", c, ": two nodes that exist, an amount of 0 or more"));
    }
  }
  for (size_t g = 0; g < problem.guarantees.size(); ++g) {
    const ClaimGuarantee& guarantee = problem.guarantees[g];
    if (guarantee.claim >= problem.claims.size() || unknown(guarantee.guarantor) ||
        guarantee.guarantor == problem.claims[guarantee.claim].debtor ||
        guarantee.guarantor == problem.claims[guarantee.claim].creditor || bad(guarantee.usd_bn)) {
      return absl::InvalidArgumentError(absl::StrCat(
          "guarantee ", g, ": a claim and a third node that exist, an amount of 0 or more"));
    }
  }
  return absl::OkStatus();
}

// All that follows from the shares paid.
class Books {
 public:
  explicit Books(const ClearingProblem& problem)
      : problem_(problem), cover_(problem.claims.size(), 0) {
    for (const ClaimGuarantee& guarantee : problem.guarantees) {
      cover_[guarantee.claim] += guarantee.usd_bn;
    }
    called_.resize(problem.guarantees.size());
  }

  void Follow(const std::vector<double>& share) {
    owed_.assign(share.size(), 0);
    received_.assign(share.size(), 0);
    for (const Claim& claim : problem_.claims) {
      owed_[claim.debtor] += claim.usd_bn;
      received_[claim.creditor] += claim.usd_bn * share[claim.debtor];
    }
    for (size_t g = 0; g < called_.size(); ++g) {
      const ClaimGuarantee& guarantee = problem_.guarantees[g];
      const Claim& claim = problem_.claims[guarantee.claim];
      const double shortfall = claim.usd_bn * (1 - share[claim.debtor]);
      const double cover = cover_[guarantee.claim];
      called_[g] = cover > 0 ? guarantee.usd_bn * std::min(1.0, shortfall / cover) : 0;
      owed_[guarantee.guarantor] += called_[g];
      received_[claim.creditor] += called_[g] * share[guarantee.guarantor];
    }
  }

  // What the node has for its debts, before and after the senior one.
  double Funds(size_t node) const { return problem_.assets[node] + received_[node]; }
  double Senior(size_t node) const { return problem_.senior.empty() ? 0 : problem_.senior[node]; }
  double ShareOf(size_t node) const {
    const double available = std::max(0.0, Funds(node) - Senior(node));
    return available >= owed_[node] ? 1 : available / owed_[node];
  }
  const std::vector<double>& owed() const { return owed_; }
  const std::vector<double>& received() const { return received_; }
  const std::vector<double>& called() const { return called_; }

 private:
  const ClearingProblem& problem_;
  std::vector<double> cover_;  // by claim: all its guarantees
  std::vector<double> owed_;
  std::vector<double> received_;
  std::vector<double> called_;  // by guarantee
};

}  // namespace

absl::StatusOr<Clearing> Clear(const ClearingProblem& problem) {
  if (absl::Status status = Check(problem); !status.ok()) return status;
  const size_t nodes = problem.assets.size();
  std::vector<double> share(nodes, 1);
  Books books(problem);
  bool settled = false;
  for (int round = 0; round < kRounds && !settled; ++round) {
    books.Follow(share);
    settled = true;
    for (size_t node = 0; node < nodes; ++node) {
      // Never up: rounding must not turn the way around.
      const double next = std::min(share[node], books.ShareOf(node));
      settled = settled && share[node] - next <= kSettled;
      share[node] = next;
    }
  }
  if (!settled) {
    return absl::FailedPreconditionError("the payments do not settle: a ring of debts");
  }
  books.Follow(share);

  Clearing result;
  result.paid_share = share;
  result.owed = books.owed();
  result.received = books.received();
  for (size_t node = 0; node < nodes; ++node) {
    const double senior = books.Senior(node);
    const double owed = result.owed[node];
    result.paid.push_back(owed * share[node]);
    result.senior_paid.push_back(std::min(senior, books.Funds(node)));
    result.net_worth.push_back(books.Funds(node) - senior - owed);
    result.in_default.push_back(result.net_worth[node] < -kRounding * (owed + senior));
  }
  for (const Claim& claim : problem.claims) {
    result.claim_loss.push_back(claim.usd_bn * (1 - share[claim.debtor]));
  }
  for (size_t g = 0; g < problem.guarantees.size(); ++g) {
    const ClaimGuarantee& guarantee = problem.guarantees[g];
    result.guarantee_paid.push_back(books.called()[g] * share[guarantee.guarantor]);
    double& loss = result.claim_loss[guarantee.claim];
    loss = std::max(0.0, loss - result.guarantee_paid[g]);
  }
  return result;
}

}  // namespace oneup::sims
