#include "sims/stats/shapley.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <numeric>
#include <string>
#include <vector>

#include "market/kernel/random.h"

namespace oneup::sims {
namespace {

using Values = std::vector<double>;
using Worth = std::function<double(Coalition)>;

std::vector<Values> AllWorths(int players, const Worth& worth) {
  std::vector<Values> all;
  for (Coalition s = 0; s < Coalition{1} << players; ++s) all.push_back({worth(s)});
  return all;
}

Values Exact(int players, const Worth& worth) {
  Values values;
  const std::vector<ShapleyValue> found = ExactShapley(AllWorths(players, worth)).value();
  for (const ShapleyValue& each : found) values.push_back(each.value);
  return values;
}

// A game without any symmetry: pure noise.
double Noise(Coalition s) { return s == 0 ? 0 : kernel::Stream(23, s, 0).Uniform(); }

// Runways of growing cost; the one that all share costs what the largest among them needs.
double Airport(Coalition s) {
  constexpr double kCosts[] = {1, 2, 4, 7};
  return s == 0 ? 0 : kCosts[std::bit_width(s) - 1];
}

// Two have a left glove, one a right: a pair is worth 1.
TEST(ExactShapley, GloveGame) {
  const Values values =
      Exact(3, [](Coalition s) { return (s & 4) != 0 && (s & 3) != 0 ? 1.0 : 0.0; });
  EXPECT_NEAR(values[0], 1.0 / 6, 1e-15);
  EXPECT_NEAR(values[1], 1.0 / 6, 1e-15);
  EXPECT_NEAR(values[2], 4.0 / 6, 1e-15);
}

// S. C. Littlechild and G. Owen (1973): each stretch is shared equally by those who need it.
TEST(ExactShapley, AirportGame) {
  const Values values = Exact(4, Airport);
  const Values expected = {1.0 / 4, 1.0 / 4 + 1.0 / 3, 1.0 / 4 + 1.0 / 3 + 2.0 / 2,
                           1.0 / 4 + 1.0 / 3 + 2.0 / 2 + 3};
  for (size_t i = 0; i < 4; ++i) EXPECT_NEAR(values[i], expected[i], 1e-15) << i;
}

TEST(ExactShapley, ValuesAddUpToWhatAllMakeTogether) {
  for (int players = 1; players <= kMaxExactPlayers; ++players) {
    const Values values = Exact(players, Noise);
    EXPECT_NEAR(std::accumulate(values.begin(), values.end(), 0.0),
                Noise((Coalition{1} << players) - 1), 1e-12);
  }
}

TEST(ExactShapley, WhoAddsNothingGetsNothingAndEqualsGetEqual) {
  // Player 2 adds nothing; 0 and 1 are alike; 3 is on his own.
  const Values values = Exact(4, [](Coalition s) {
    const double pair = (s & 3) == 3 ? 5 : (s & 3) != 0 ? 1 : 0;
    return pair + ((s & 8) != 0 ? 2 : 0);
  });
  EXPECT_NEAR(values[2], 0, 1e-15);
  EXPECT_NEAR(values[0], values[1], 1e-15);
  EXPECT_NEAR(values[0], 2.5, 1e-15);
  EXPECT_NEAR(values[3], 2, 1e-15);
}

TEST(ExactShapley, OfASumOfGamesIsTheSumOfTheirs) {
  const Values noise = Exact(4, Noise);
  const Values airport = Exact(4, Airport);
  const Values both = Exact(4, [](Coalition s) { return Noise(s) + 3 * Airport(s); });
  for (size_t i = 0; i < 4; ++i) EXPECT_NEAR(both[i], noise[i] + 3 * airport[i], 1e-12);
}

TEST(ExactShapley, TheErrorOverSeedsIsThatOfTheSeedsOwnValues) {
  // Additive: player 0 adds 1, 2, 3 under the three seeds, player 1 adds 10 always.
  const std::vector<Values> worth = {{0, 0, 0}, {1, 2, 3}, {10, 10, 10}, {11, 12, 13}};
  const std::vector<ShapleyValue> values = ExactShapley(worth).value();
  EXPECT_NEAR(values[0].value, 2, 1e-15);
  EXPECT_NEAR(values[0].seed_error, 1 / std::sqrt(3.0), 1e-15);
  EXPECT_EQ(values[0].order_error, 0);
  EXPECT_NEAR(values[0].error, values[0].seed_error, 1e-15);
  EXPECT_NEAR(values[1].value, 10, 1e-15);
  EXPECT_NEAR(values[1].seed_error, 0, 1e-15);
}

TEST(ExactShapley, SaysWhatIsWrong) {
  EXPECT_EQ(ExactShapley(std::vector<Values>(3, {1})).status().message(),
            "3 coalitions; must be 2^k, all of k = 1 to 10 players; sample the orders of more");
  EXPECT_FALSE(ExactShapley(std::vector<Values>(2048, {1})).ok());
  EXPECT_FALSE(ExactShapley(std::vector<Values>(1, {1})).ok());
  EXPECT_EQ(ExactShapley(std::vector<Values>{{1}, {1, 2}}).status().message(),
            "coalition 1 has values of 2 seeds; all must have 1, as nobody's has");
  EXPECT_FALSE(ExactShapley(std::vector<Values>{{}, {}}).ok());
}

TEST(AntitheticOrders, ArePairsOfAnOrderAndItsReverse) {
  const std::vector<PlayerOrder> orders = AntitheticOrders(6, 20, 5);
  ASSERT_EQ(orders.size(), 40);
  for (size_t i = 0; i < orders.size(); i += 2) {
    EXPECT_EQ(orders[i + 1], PlayerOrder(orders[i].rbegin(), orders[i].rend()));
    EXPECT_TRUE(std::ranges::is_permutation(orders[i], PlayerOrder{0, 1, 2, 3, 4, 5}));
  }
  const std::vector<PlayerOrder> fewer = AntitheticOrders(6, 3, 5);
  EXPECT_TRUE(std::equal(fewer.begin(), fewer.end(), orders.begin()));
}

TEST(CoalitionsOf, AreThoseThatTheOrdersPassThrough) {
  const std::vector<PlayerOrder> orders = {{0, 1, 2}, {2, 1, 0}};
  EXPECT_EQ(CoalitionsOf(orders), (std::vector<Coalition>{0, 1, 3, 4, 6, 7}));
}

TEST(SampledShapley, AsksForEachCoalitionOnce) {
  const std::vector<PlayerOrder> orders = AntitheticOrders(5, 30, 1);
  std::vector<Coalition> asked;
  ASSERT_TRUE(SampledShapley(orders, [&](Coalition s) {
                asked.push_back(s);
                return Values{Noise(s)};
              }).ok());
  EXPECT_EQ(asked, CoalitionsOf(orders));
}

// An additive game has one value whatever the order.
TEST(SampledShapley, IsExactWhereOrderDoesNotMatter) {
  const auto worth = [](Coalition s) { return Values{s * 1.0, s * 2.0}; };
  const auto values = SampledShapley(AntitheticOrders(3, 2), worth).value();
  for (size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(values[i].value, 1.5 * (1 << i), 1e-14);
    EXPECT_NEAR(values[i].order_error, 0, 1e-14);
  }
}

TEST(SampledShapley, AgreesWithExactWithinItsError) {
  const Values exact = Exact(8, Noise);
  int within_two = 0;
  constexpr uint64_t kSamples = 50;
  for (uint64_t seed = 1; seed <= kSamples; ++seed) {
    const auto values = SampledShapley(AntitheticOrders(8, 60, seed), [](Coalition s) {
                          return Values{Noise(s), Noise(s)};
                        }).value();
    double sum = 0;
    for (size_t i = 0; i < 8; ++i) {
      EXPECT_LE(std::fabs(values[i].value - exact[i]), 4.5 * values[i].order_error) << seed;
      if (std::fabs(values[i].value - exact[i]) <= 2 * values[i].order_error) ++within_two;
      sum += values[i].value;
    }
    EXPECT_NEAR(sum, Noise(255), 1e-12);  // efficient whatever the orders
  }
  // 95 % of 400, not quite independent.
  EXPECT_NEAR(within_two / (8.0 * kSamples), .95, .04);
}

TEST(SampledShapley, SaysWhatIsWrong) {
  const auto worth = [](Coalition) { return Values{1}; };
  const auto status = [&](std::vector<PlayerOrder> orders) {
    return std::string(SampledShapley(orders, worth).status().message());
  };
  EXPECT_EQ(status({}), "0 orders; must be pairs, at least one");
  EXPECT_EQ(status({{0, 1}}), "1 orders; must be pairs, at least one");
  EXPECT_EQ(status({{0, 1}, {1, 1}}), "order 1 must have each of the same 1 to 30 players once");
  EXPECT_FALSE(SampledShapley(AntitheticOrders(2, 1), [](Coalition s) { return Values(s); }).ok());
}

}  // namespace
}  // namespace oneup::sims
