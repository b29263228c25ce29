// How distress spreads before anybody has failed: DebtRank.
//
// S. Battiston, M. Puliga, R. Kaushik, P. Tasca, G. Caldarelli (2012), DebtRank: Too Central to
// Fail? Scientific Reports 2, 541; in the linear form of M. Bardoscia, S. Battiston, F. Caccioli,
// G. Caldarelli (2015), DebtRank: A Microscopic Foundation for Shock Propagation, PLoS ONE 10(6),
// which passes every further loss on, where the first form passes on a node's first one only.
//
// The distress h of a node is the part of its equity that is lost, 0 (none) to 1 (all). A claim
// loses value as its debtor loses equity, in proportion, so that with
//
//   Lambda_ij = exposure of i to j over equity of i
//
// further distress follows distress, dh(t+1) = Lambda dh(t), until nothing is left to lose. Summed
// over the steps: the least solution of
//
//   h = min(1, h_1 + Lambda h),
//
// where clearing (clearing.h) takes the greatest of shares paid. While the spectral radius of
// Lambda is below 1 and no h reaches 1, h = (I - Lambda)^-1 h_1. Clearing asks who cannot pay;
// DebtRank what promises are worth once those who gave them have less.
#pragma once

#include <vector>

#include "absl/status/statusor.h"

namespace oneup::sims {

// What the holder loses if the debtor loses all of its equity, billion USD, >= 0. Nodes are
// numbered from 0; several exposures of one holder to one debtor add up.
struct Exposure {
  int holder = 0;
  int debtor = 0;
  double usd_bn = 0;
};

struct DistressNetwork {
  std::vector<double> equity;  // by node, billion USD, >= 0; 0: any loss at all is all of it
  std::vector<Exposure> exposures;
};

// Distress of each node in the end, 0-1, after a first one of 0-1 a node.
// Errors: InvalidArgument for numbers out of range, nodes that do not exist, an exposure to
// oneself; FailedPrecondition if the distress has not settled to 1e-13 after a million rounds (a
// ring in which next to nothing of a loss is lost a round).
absl::StatusOr<std::vector<double>> SpreadDistress(const DistressNetwork& network,
                                                   const std::vector<double>& first);

// Part of the equity of all but one node that is lost if that one loses all of its own: how central
// it is, 0-1. 0 if the others have none. Errors: those of SpreadDistress.
absl::StatusOr<double> DebtRank(const DistressNetwork& network, int node);

}  // namespace oneup::sims
