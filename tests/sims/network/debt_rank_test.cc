// DebtRank: closed forms by hand, a direct solve, the cap, and what holds of any network.
#include "sims/network/debt_rank.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/uniform_real_distribution.hpp>
#include <cmath>
#include <limits>
#include <utility>

namespace oneup::sims {
namespace {

using ::testing::DoubleNear;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Pointwise;

std::vector<double> Spread(const DistressNetwork& network, const std::vector<double>& first) {
  const auto distress = SpreadDistress(network, first);
  EXPECT_TRUE(distress.ok()) << distress.status();
  return distress.ok() ? *distress : std::vector<double>{};
}

// Two who are owed by each other: Lambda = (0 a; b 0), and h = (I - Lambda)^-1 h_1 is
// h_0 = (x + a y) / (1 - a b), h_1 = (y + b x) / (1 - a b).
TEST(DebtRank, OfTwoNodesIsTheClosedForm) {
  const double a = 0.4;
  const double b = 0.5;
  const DistressNetwork network{{10, 4}, {{0, 1, 10 * a}, {1, 0, 4 * b}}};
  EXPECT_THAT(
      Spread(network, {0.3, 0.2}),
      Pointwise(DoubleNear(1e-12), {(0.3 + a * 0.2) / (1 - a * b), (0.2 + b * 0.3) / (1 - a * b)}));
}

// A ring of three: what comes round once is a b c of it.
TEST(DebtRank, OfARingIsAGeometricSeries) {
  const double a = 0.5;
  const double b = 0.8;
  const double c = 0.6;
  const DistressNetwork network{{1, 1, 1}, {{1, 0, a}, {2, 1, b}, {0, 2, c}}};
  const double whole = 0.5 / (1 - a * b * c);
  EXPECT_THAT(Spread(network, {0.5, 0, 0}),
              Pointwise(DoubleNear(1e-12), {whole, a * whole, a * b * whole}));
}

// The first form of 2012 would stop when the ring is closed.
TEST(DebtRank, PassesOnWhatComesBack) {
  const DistressNetwork network{{1, 1}, {{1, 0, 0.5}, {0, 1, 0.5}}};
  EXPECT_GT(Spread(network, {0.4, 0})[0], 0.4);
}

// A chain of 100, 50 and 40 with exposures of 60 and 30: 1 loses 60 of 50, so all; 2 loses 30
// of 40.
TEST(DebtRank, NobodyLosesMoreThanHeHas) {
  const DistressNetwork network{{100, 50, 40}, {{1, 0, 60}, {2, 1, 30}}};
  EXPECT_THAT(Spread(network, {1, 0, 0}), ElementsAre(1, 1, 0.75));
  EXPECT_DOUBLE_EQ(*DebtRank(network, 0), (50 + 0.75 * 40) / 90);
  EXPECT_DOUBLE_EQ(*DebtRank(network, 1), 0.75 * 40 / 140);
  EXPECT_DOUBLE_EQ(*DebtRank(network, 2), 0);
}

// With a spectral radius above 1 any distress ruins the ring, and the cap ends it.
TEST(DebtRank, IsFiniteWhereTheClosedFormIsNot) {
  const DistressNetwork network{{1, 1, 10}, {{0, 1, 2}, {1, 0, 2}, {2, 0, 1}}};
  EXPECT_THAT(Spread(network, {0.01, 0, 0}), Pointwise(DoubleNear(1e-12), {1.0, 1.0, 0.1}));
}

TEST(DebtRank, WhoHasNoEquityLosesAllByAnyLoss) {
  const DistressNetwork network{{1, 0, 10}, {{1, 0, 5}, {2, 1, 3}}};
  EXPECT_THAT(Spread(network, {0.01, 0, 0}), ElementsAre(0.01, 1, 0.3));
  EXPECT_THAT(Spread(network, {0, 0, 0}), Each(0));
}

constexpr double kMostOfARow = 0.9;  // of Lambda: bounds its spectral radius

// Exposures of any size to any other; each row of Lambda sums to at most kMostOfARow.
DistressNetwork RandomNetwork(boost::random::mt19937& random) {
  const auto uniform = [&](double least, double most) {
    return boost::random::uniform_real_distribution<>(least, most)(random);
  };
  const int nodes = static_cast<int>(uniform(3, 12));
  DistressNetwork network;
  for (int i = 0; i < nodes; ++i) {
    network.equity.push_back(uniform(1, 100));
    for (int j = 0; j < nodes; ++j) {
      if (i == j || uniform(0, 1) < 0.4) continue;
      network.exposures.push_back(
          {i, j, uniform(0, kMostOfARow) * network.equity.back() / (nodes - 1)});
    }
  }
  return network;
}

// (I - Lambda) h = first by Gauss' elimination with pivots.
std::vector<double> DirectSolve(const DistressNetwork& network, const std::vector<double>& first) {
  const size_t n = first.size();
  std::vector<std::vector<double>> m(n, std::vector<double>(n + 1, 0));
  for (size_t i = 0; i < n; ++i) {
    m[i][i] = 1;
    m[i][n] = first[i];
  }
  for (const Exposure& e : network.exposures) {
    m[e.holder][e.debtor] -= e.usd_bn / network.equity[e.holder];
  }
  for (size_t k = 0; k < n; ++k) {
    size_t pivot = k;
    for (size_t i = k + 1; i < n; ++i) {
      if (std::abs(m[i][k]) > std::abs(m[pivot][k])) pivot = i;
    }
    std::swap(m[k], m[pivot]);
    for (size_t i = 0; i < n; ++i) {
      if (i == k) continue;
      const double factor = m[i][k] / m[k][k];
      for (size_t j = k; j <= n; ++j) m[i][j] -= factor * m[k][j];
    }
  }
  std::vector<double> h;
  for (size_t i = 0; i < n; ++i) h.push_back(m[i][n] / m[i][i]);
  return h;
}

TEST(DebtRank, IsTheDirectSolutionWhileNoCapBinds) {
  boost::random::mt19937 random(12);
  for (int trial = 0; trial < 200; ++trial) {
    const DistressNetwork network = RandomNetwork(random);
    std::vector<double> first(network.equity.size());
    // So small that even the largest row keeps below 1.
    boost::random::uniform_real_distribution<> uniform(0, 1 - kMostOfARow);
    for (double& h : first) h = uniform(random);
    const std::vector<double> h = Spread(network, first);
    EXPECT_LT(*std::ranges::max_element(h), 1);
    EXPECT_THAT(h, Pointwise(DoubleNear(1e-10), DirectSolve(network, first)));
  }
}

TEST(DebtRank, RisesWithTheShockAndTheExposures) {
  boost::random::mt19937 random(13);
  boost::random::uniform_real_distribution<> uniform(0, 1);
  for (int trial = 0; trial < 200; ++trial) {
    DistressNetwork network = RandomNetwork(random);
    for (Exposure& exposure : network.exposures) exposure.usd_bn *= 3;  // some caps bind
    std::vector<double> first(network.equity.size());
    for (double& h : first) h = uniform(random) * 0.2;
    const std::vector<double> before = Spread(network, first);
    const auto rises = [&](const std::vector<double>& after) {
      for (size_t i = 0; i < before.size(); ++i) {
        EXPECT_GE(after[i], before[i] - 1e-10);
        EXPECT_GE(after[i], first[i]);
        EXPECT_LE(after[i], 1);
      }
    };
    std::vector<double> worse = first;
    worse[0] += 0.3;
    rises(Spread(network, worse));
    network.exposures.push_back({0, 1, 5});
    rises(Spread(network, first));
  }
}

TEST(DebtRank, NoShockNoDistress) {
  boost::random::mt19937 random(14);
  const DistressNetwork network = RandomNetwork(random);
  EXPECT_THAT(Spread(network, std::vector<double>(network.equity.size(), 0)), Each(0));
  EXPECT_EQ(*DebtRank({{5}, {}}, 0), 0) << "nobody else to lose anything";
}

TEST(DebtRank, TurnsDownWhatIsNoNetwork) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::pair<DistressNetwork, std::vector<double>> bad[] = {
      {{{-1}, {}}, {0}},
      {{{nan}, {}}, {0}},
      {{{1}, {}}, {}},
      {{{1}, {}}, {1.5}},
      {{{1}, {}}, {-0.1}},
      {{{1, 1}, {{0, 2, 1}}}, {0, 0}},
      {{{1, 1}, {{0, 0, 1}}}, {0, 0}},
      {{{1, 1}, {{0, 1, -1}}}, {0, 0}},
  };
  for (const auto& [network, first] : bad) {
    EXPECT_EQ(SpreadDistress(network, first).status().code(), absl::StatusCode::kInvalidArgument);
  }
  EXPECT_FALSE(DebtRank({{1}, {}}, 1).ok());
}

// Nothing but a hair is lost on each way round: not settled, and said so.
TEST(DebtRank, SaysWhenItDoesNotSettle) {
  const DistressNetwork network{{1, 1}, {{0, 1, 1}, {1, 0, 1}}};
  EXPECT_EQ(SpreadDistress(network, {1e-9, 0}).status().code(),
            absl::StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace oneup::sims
