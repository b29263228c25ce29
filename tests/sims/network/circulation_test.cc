// Money that goes round: known graphs, and what holds of any.
#include "sims/network/circulation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/uniform_int_distribution.hpp>

namespace oneup::sims {
namespace {

using ::testing::ElementsAre;

enum { kOpenAi, kNvidia, kOracle, kAmd, kSoftBank, kMicrosoft, kBroadcom, kNodes };

// The illustrative graph of the design (its section 6, M4): round figures, not the scenario's.
std::vector<Arc> Illustration() {
  return {{kNvidia, kOpenAi, 100},   {kOpenAi, kNvidia, 350},    {kOpenAi, kOracle, 300},
          {kOracle, kNvidia, 120},   {kAmd, kOpenAi, 33},        {kOpenAi, kAmd, 105},
          {kSoftBank, kOpenAi, 30},  {kOpenAi, kMicrosoft, 250}, {kMicrosoft, kOpenAi, 13},
          {kMicrosoft, kNvidia, 60}, {kOpenAi, kBroadcom, 200}};
}

TEST(Circulation, OfTheIllustrationIsAQuarter) {
  const Circulation circulation = MaximumCirculation(kNodes, Illustration());
  EXPECT_DOUBLE_EQ(circulation.total_usd_bn, 1561);
  EXPECT_DOUBLE_EQ(circulation.circulating_usd_bn, 392);
  EXPECT_NEAR(circulation.Circularity(), .251, .0005);
  EXPECT_NEAR(PairwiseReciprocity(Illustration()), .187, .0005);
}

TEST(Circulation, OfTheIllustrationRoutesNvidiasMoneyThroughAThird) {
  const Circulation circulation = MaximumCirculation(kNodes, Illustration());
  double through_a_third = 0;
  for (const MoneyCycle& cycle : circulation.cycles) {
    if (cycle.nodes.size() == 3) through_a_third += cycle.usd_bn;
  }
  EXPECT_DOUBLE_EQ(through_a_third, 100);
}

TEST(Circulation, ATreeOfPaymentsHasNone) {
  const std::vector<Arc> tree = {{0, 1, 5}, {0, 2, 7}, {1, 3, 4}};
  EXPECT_EQ(MaximumCirculation(4, tree).circulating_usd_bn, 0);
  EXPECT_EQ(MaximumCirculation(4, tree).cycles.size(), 0u);
  EXPECT_EQ(MaximumCirculation(0, {}).Circularity(), 0);
}

TEST(Circulation, ARingGoesRoundAsFarAsItsNarrowestArc) {
  const Circulation circulation = MaximumCirculation(3, {{0, 1, 5}, {1, 2, 3}, {2, 0, 4}});
  EXPECT_DOUBLE_EQ(circulation.circulating_usd_bn, 9);
  ASSERT_EQ(circulation.cycles.size(), 1u);
  EXPECT_THAT(circulation.cycles[0].nodes, ElementsAre(0, 1, 2));
  EXPECT_DOUBLE_EQ(circulation.cycles[0].usd_bn, 3);
}

TEST(Circulation, ParallelArcsAddUpAndOnesOwnDoNotCount) {
  const Circulation circulation =
      MaximumCirculation(2, {{0, 1, 1}, {0, 1, 2}, {1, 0, 3}, {1, 1, 100}});
  EXPECT_DOUBLE_EQ(circulation.total_usd_bn, 6);
  EXPECT_DOUBLE_EQ(circulation.Circularity(), 1);
}

// Random graphs: balanced, within the arcs, at least what pairs exchange, and covered by cycles.
TEST(Circulation, IsBalancedAndCoversThePairs) {
  boost::random::mt19937 random(6);
  for (int trial = 0; trial < 300; ++trial) {
    const int nodes = boost::random::uniform_int_distribution<>(2, 8)(random);
    std::vector<Arc> arcs;
    const int size = boost::random::uniform_int_distribution<>(0, 20)(random);
    for (int a = 0; a < size; ++a) {
      boost::random::uniform_int_distribution<> node(0, nodes - 1);
      const int from = node(random);
      const int to = node(random);
      arcs.push_back({from, to, boost::random::uniform_int_distribution<>(0, 50)(random) / 4.0});
    }
    const std::vector<Arc> combined = Combined(arcs);
    const Circulation circulation = MaximumCirculation(nodes, arcs);
    std::vector<double> surplus(nodes, 0);
    double sum = 0;
    for (size_t a = 0; a < combined.size(); ++a) {
      const double on_arc = circulation.on_arc[a];
      EXPECT_GE(on_arc, 0);
      EXPECT_LE(on_arc, combined[a].usd_bn);
      surplus[combined[a].from] += on_arc;
      surplus[combined[a].to] -= on_arc;
      sum += on_arc;
    }
    for (const double value : surplus) EXPECT_NEAR(value, 0, 1e-9);
    EXPECT_NEAR(sum, circulation.circulating_usd_bn, 1e-9);
    EXPECT_GE(circulation.Circularity(), PairwiseReciprocity(arcs) - 1e-12);
    double in_cycles = 0;
    for (const MoneyCycle& cycle : circulation.cycles) {
      in_cycles += cycle.usd_bn * static_cast<double>(cycle.nodes.size());
    }
    EXPECT_NEAR(in_cycles, circulation.circulating_usd_bn, 1e-9);
    for (int node = 0; node < nodes; ++node) {
      const double most = GreatestReturn(nodes, arcs, node);
      double through = 0;
      double out = 0;
      for (size_t a = 0; a < combined.size(); ++a) {
        if (combined[a].from != node) continue;
        out += combined[a].usd_bn;
        through += circulation.on_arc[a];
      }
      EXPECT_LE(through, most + 1e-9);
      EXPECT_LE(most, out + 1e-9);
      EXPECT_LE(ProportionalReturn(nodes, arcs, node), most + 1e-9);
    }
  }
}

TEST(Return, OfNvidiaIsWhole) {
  EXPECT_DOUBLE_EQ(GreatestReturn(kNodes, Illustration(), kNvidia), 100);
  EXPECT_DOUBLE_EQ(GreatestReturn(kNodes, Illustration(), kSoftBank), 0);
  EXPECT_DOUBLE_EQ(GreatestReturn(kNodes, Illustration(), kMicrosoft), 73);
}

// Nvidia's dollar at OpenAI: 350/1205 straight back, 300/1205 to Oracle, of which 120/300 on,
// 250/1205 to Microsoft, of which 60/250 on to Nvidia and 13/250 back to OpenAI; 105/1205 to
// AMD, of which 33/105 back.
TEST(Return, InProportionFollowsEveryDollar) {
  const double back_to_openai = (13.0 + 33.0) / 1205;
  const double to_nvidia = (350.0 + 120.0 + 60.0) / 1205;
  EXPECT_NEAR(ProportionalReturn(kNodes, Illustration(), kNvidia),
              100 * to_nvidia / (1 - back_to_openai), 1e-9);
}

}  // namespace
}  // namespace oneup::sims
