#include "sims/stats/shapley.h"

#include <absl/strings/str_cat.h>

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "market/kernel/random.h"
#include "sims/stats/descriptive.h"

namespace oneup::sims {
namespace {

double StandardError(std::span<const double> values) {
  return StandardDeviation(values) / std::sqrt(static_cast<double>(values.size()));
}

ShapleyValue FromSeeds(std::span<const double> by_seed, double order_error) {
  ShapleyValue value;
  value.value = Mean(by_seed);
  value.seed_error = StandardError(by_seed);
  value.order_error = order_error;
  value.error = std::sqrt(value.seed_error * value.seed_error + order_error * order_error);
  return value;
}

absl::Status CheckSeeds(Coalition coalition, size_t seeds, size_t expected) {
  if (seeds == expected && seeds > 0) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("coalition ", coalition, " has values of ", seeds, " seeds; all must have ",
                   expected == 0 ? "at least 1" : absl::StrCat(expected), ", as nobody's has"));
}

absl::Status CheckOrders(std::span<const PlayerOrder> orders) {
  if (orders.empty() || orders.size() % 2 != 0) {
    return absl::InvalidArgumentError(
        absl::StrCat(orders.size(), " orders; must be pairs, at least one"));
  }
  const size_t players = orders[0].size();
  for (size_t i = 0; i < orders.size(); ++i) {
    PlayerOrder sorted = orders[i];
    std::ranges::sort(sorted);
    PlayerOrder expected(players);
    std::iota(expected.begin(), expected.end(), 0);
    if (sorted != expected || players < 1 || players > kMaxPlayers) {
      return absl::InvalidArgumentError(absl::StrCat(
          "order ", i, " must have each of the same 1 to ", kMaxPlayers, " players once"));
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<ShapleyValue>> ExactShapley(std::span<const std::vector<double>> worth) {
  if (worth.size() < 2 || !std::has_single_bit(worth.size()) ||
      worth.size() > size_t{1} << kMaxExactPlayers) {
    return absl::InvalidArgumentError(
        absl::StrCat(worth.size(), " coalitions; must be 2^k, all of k = 1 to ", kMaxExactPlayers,
                     " players; sample the orders of more"));
  }
  const size_t seeds = worth[0].size();
  for (Coalition s = 0; s < worth.size(); ++s) {
    if (const absl::Status status = CheckSeeds(s, worth[s].size(), seeds); !status.ok()) {
      return status;
    }
  }
  const int players = std::countr_zero(worth.size());
  // |S|! (k - |S| - 1)! / k! = 1 / (k choose(k - 1, |S|)).
  std::vector<double> weights;
  double choose = 1;
  for (int size = 0; size < players; ++size) {
    weights.push_back(1 / (players * choose));
    choose = choose * (players - 1 - size) / (size + 1);
  }
  std::vector<ShapleyValue> values;
  for (int player = 0; player < players; ++player) {
    const Coalition self = Coalition{1} << player;
    std::vector<double> by_seed(seeds);
    for (Coalition s = 0; s < worth.size(); ++s) {
      if ((s & self) != 0) continue;
      const double weight = weights[static_cast<size_t>(std::popcount(s))];
      for (size_t i = 0; i < seeds; ++i) by_seed[i] += weight * (worth[s | self][i] - worth[s][i]);
    }
    values.push_back(FromSeeds(by_seed, 0));
  }
  return values;
}

std::vector<PlayerOrder> AntitheticOrders(int players, int pairs, uint64_t seed) {
  assert(players >= 1 && players <= kMaxPlayers);
  std::vector<PlayerOrder> orders;
  for (int pair = 0; pair < pairs; ++pair) {
    kernel::Stream stream(seed, static_cast<uint32_t>(pair), 0);
    PlayerOrder order(static_cast<size_t>(players));
    std::iota(order.begin(), order.end(), 0);
    stream.Shuffle(std::span(order));
    orders.push_back(order);
    orders.emplace_back(order.rbegin(), order.rend());
  }
  return orders;
}

std::vector<Coalition> CoalitionsOf(std::span<const PlayerOrder> orders) {
  std::set<Coalition> coalitions;
  for (const PlayerOrder& order : orders) {
    Coalition before = 0;
    coalitions.insert(before);
    for (const int player : order) coalitions.insert(before |= Coalition{1} << player);
  }
  return {coalitions.begin(), coalitions.end()};
}

absl::StatusOr<std::vector<ShapleyValue>> SampledShapley(
    std::span<const PlayerOrder> orders,
    const std::function<std::vector<double>(Coalition)>& worth) {
  if (const absl::Status status = CheckOrders(orders); !status.ok()) return status;
  std::map<Coalition, std::vector<double>> worths;
  for (const Coalition coalition : CoalitionsOf(orders)) {
    const std::vector<double>& by_seed = worths[coalition] = worth(coalition);
    const absl::Status status =
        CheckSeeds(coalition, by_seed.size(), worths.begin()->second.size());
    if (!status.ok()) return status;
  }
  const size_t players = orders[0].size();
  const size_t seeds = worths.begin()->second.size();
  const size_t pairs = orders.size() / 2;
  std::vector<std::vector<double>> by_seed(players, std::vector<double>(seeds));
  std::vector<std::vector<double>> by_pair(players, std::vector<double>(pairs));
  for (size_t o = 0; o < orders.size(); ++o) {
    Coalition before = 0;
    for (const int player : orders[o]) {
      const auto p = static_cast<size_t>(player);
      const std::vector<double>& without = worths[before];
      const std::vector<double>& with = worths[before |= Coalition{1} << player];
      for (size_t i = 0; i < seeds; ++i) {
        const double added = with[i] - without[i];
        by_seed[p][i] += added / static_cast<double>(orders.size());
        by_pair[p][o / 2] += added / (2 * static_cast<double>(seeds));
      }
    }
  }
  std::vector<ShapleyValue> values;
  for (size_t p = 0; p < players; ++p) {
    values.push_back(FromSeeds(by_seed[p], StandardError(by_pair[p])));
  }
  return values;
}

}  // namespace oneup::sims
