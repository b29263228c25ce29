// Who contributed what, when causes act together: L. S. Shapley (1953), "A value for n-person
// games". Player i's value is what i adds to those who came before, averaged over all orders in
// which the players can come:
//   phi_i = sum over S without i of |S|! (k - |S| - 1)! / k! (v(S + i) - v(S)).
// The values of all players add up to v(all) - v(none). Players may be mechanisms switched on, or
// parameters changed: any function of a set.
//
// The worth v(S) of a coalition is a list, one number for each seed, in the same order for every
// coalition (paired runs), so that the error that comes from having few seeds is reported beside
// the error that comes from having tried few orders.
#pragma once

#include <absl/status/statusor.h>

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace oneup::sims {

// Bit i is set if player i belongs to it; 0 is nobody.
using Coalition = uint32_t;

inline constexpr int kMaxExactPlayers = 10;  // 1,024 coalitions
inline constexpr int kMaxPlayers = 30;

struct ShapleyValue {
  double value = 0;  // mean over seeds (and orders)
  // Standard errors: over seeds, of the value of each seed; and over orders, of the mean of an
  // order and its reverse. NaN for one seed, or one pair of orders; the second is 0 if exact.
  double seed_error = 0;
  double order_error = 0;
  // sqrt(seed_error^2 + order_error^2): seeds and orders are drawn independently.
  double error = 0;
};

// A player each, from all coalitions: worth[S] is v(S), so that there are 2^k of them,
// 1 <= k <= kMaxExactPlayers, each of the same number of seeds, at least one. InvalidArgument
// otherwise. O(k 2^k seeds).
absl::StatusOr<std::vector<ShapleyValue>> ExactShapley(std::span<const std::vector<double>> worth);

// An order in which all players come.
using PlayerOrder = std::vector<int>;

// 2 `pairs` random orders of `players`, 1 <= players <= kMaxPlayers, pairs >= 1: each followed by
// its reverse. What a player adds early and what he adds late tend to lie on both sides of his
// value, so that a pair varies less than two orders would (antithetic sampling; R. Mitchell et al.
// 2022, "Sampling permutations for Shapley value estimation", JMLR 23). Pair i is the same whatever
// `pairs` is.
std::vector<PlayerOrder> AntitheticOrders(int players, int pairs, uint64_t seed = 1);

// The coalitions that these orders pass through, ascending, each once, nobody and all among them:
// what must be run. At most 2 + orders x (players - 1).
std::vector<Coalition> CoalitionsOf(std::span<const PlayerOrder> orders);

// A player each, estimated from orders as AntitheticOrders gives them. `worth` is asked once for
// each of CoalitionsOf(orders), ascending. InvalidArgument for an odd number of orders, none, one
// that is no permutation of 0..k-1, or worths that differ in their number of seeds.
// J. Castro, D. Gomez, J. Tejada (2009), "Polynomial calculation of the Shapley value based on
// sampling", Computers & Operations Research 36.
absl::StatusOr<std::vector<ShapleyValue>> SampledShapley(
    std::span<const PlayerOrder> orders,
    const std::function<std::vector<double>(Coalition)>& worth);

}  // namespace oneup::sims
