#include "sims/network/debt_rank.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"

namespace oneup::sims {
namespace {

constexpr int kRounds = 1'000'000;
constexpr double kSettled = 1e-13;

absl::Status Check(const DistressNetwork& network, const std::vector<double>& first) {
  const int nodes = static_cast<int>(network.equity.size());
  const auto unknown = [&](int node) { return node < 0 || node >= nodes; };
  const auto bad = [](double value) { return !std::isfinite(value) || value < 0; };
  if (std::ranges::any_of(network.equity, bad)) {
    return absl::InvalidArgumentError("equity: 0 or more");
  }
  if (first.size() != network.equity.size() ||
      std::ranges::any_of(first, [&](double h) { return bad(h) || h > 1; })) {
    return absl::InvalidArgumentError("first distress: one a node, 0 to 1");
  }
  for (size_t e = 0; e < network.exposures.size(); ++e) {
    const Exposure& exposure = network.exposures[e];
    if (unknown(exposure.holder) || unknown(exposure.debtor) ||
        exposure.holder == exposure.debtor || bad(exposure.usd_bn)) {
      return absl::InvalidArgumentError(
          absl::StrCat("exposure ", e, ": two nodes that exist, an amount of 0 or more"));
    }
  }
  return absl::OkStatus();
}

// A loss as a part of the equity, which cannot lose more than itself.
double Part(double loss, double equity) {
  if (loss <= 0) return 0;
  return equity > loss ? loss / equity : 1;
}

}  // namespace

absl::StatusOr<std::vector<double>> SpreadDistress(const DistressNetwork& network,
                                                   const std::vector<double>& first) {
  if (absl::Status status = Check(network, first); !status.ok()) return status;
  std::vector<double> distress = first;
  for (int round = 0; round < kRounds; ++round) {
    std::vector<double> loss(distress.size(), 0);
    for (const Exposure& exposure : network.exposures) {
      loss[exposure.holder] += exposure.usd_bn * distress[exposure.debtor];
    }
    double most = 0;
    for (size_t node = 0; node < distress.size(); ++node) {
      const double next = std::min(1.0, first[node] + Part(loss[node], network.equity[node]));
      most = std::max(most, next - distress[node]);
      distress[node] = next;
    }
    if (most <= kSettled) return distress;
  }
  return absl::FailedPreconditionError("the distress does not settle: a ring of debts");
}

absl::StatusOr<double> DebtRank(const DistressNetwork& network, int node) {
  std::vector<double> first(network.equity.size(), 0);
  if (node < 0 || node >= static_cast<int>(first.size())) {
    return absl::InvalidArgumentError("no such node");
  }
  first[node] = 1;
  const absl::StatusOr<std::vector<double>> distress = SpreadDistress(network, first);
  if (!distress.ok()) return distress.status();
  double equity = 0;
  double lost = 0;
  for (int i = 0; i < static_cast<int>(first.size()); ++i) {
    if (i == node) continue;
    equity += network.equity[i];
    lost += network.equity[i] * (*distress)[i];
  }
  return equity > 0 ? lost / equity : 0;
}

}  // namespace oneup::sims
