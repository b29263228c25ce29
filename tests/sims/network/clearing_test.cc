// Clearing: Eisenberg and Noe's worked examples, guarantees, and what holds of any network.
#include "sims/network/clearing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/uniform_real_distribution.hpp>
#include <limits>

namespace oneup::sims {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::Pointwise;

Clearing Cleared(const ClearingProblem& problem) {
  absl::StatusOr<Clearing> clearing = Clear(problem);
  EXPECT_TRUE(clearing.ok()) << clearing.status();
  return clearing.ok() ? *clearing : Clearing{};
}

// Values printed beside the reference in the project's list of truths, section 6.
ClearingProblem ThreeBanks(double fall) {
  return {{20 * (1 - fall), 20 * (1 - fall), 10 * (1 - fall)},
          {17, 18, 8},
          {{0, 1, 4}, {1, 2, 3}, {2, 0, 2}},
          {}};
}

TEST(EisenbergNoe, WithoutAShockAllPay) {
  const Clearing clearing = Cleared(ThreeBanks(0));
  EXPECT_THAT(clearing.paid, ElementsAre(4, 3, 2));
  EXPECT_THAT(clearing.net_worth, ElementsAre(1, 3, 3));
  EXPECT_THAT(clearing.in_default, ElementsAre(false, false, false));
}

TEST(EisenbergNoe, WithATenthLessOneFailsAndOneStandsAtZero) {
  const Clearing clearing = Cleared(ThreeBanks(0.1));
  EXPECT_THAT(clearing.paid, Pointwise(DoubleNear(1e-12), {3.0, 3.0, 2.0}));
  EXPECT_THAT(clearing.net_worth, Pointwise(DoubleNear(1e-12), {-1.0, 0.0, 2.0}));
  EXPECT_THAT(clearing.in_default, ElementsAre(true, false, false));
}

TEST(EisenbergNoe, AChainBreaksInTwoPlaces) {
  const Clearing clearing = Cleared({{4, 1, 1, 0}, {}, {{0, 1, 10}, {1, 2, 8}, {2, 3, 6}}, {}});
  EXPECT_THAT(clearing.paid, Pointwise(DoubleNear(1e-12), {4.0, 5.0, 6.0, 0.0}));
  EXPECT_THAT(clearing.in_default, ElementsAre(true, true, false, false));
}

TEST(EisenbergNoe, TheGreatestOfManySolutionsIsTaken) {
  const Clearing clearing = Cleared({{0, 0}, {}, {{0, 1, 1}, {1, 0, 1}}, {}});
  EXPECT_THAT(clearing.paid, ElementsAre(1, 1));
}

// The design's toy of a guarantee: lenders lose 39.6 without one. Its other sums are not
// printed; here the borrower owes lenders 60 and others 40, and pays 34 %.
enum { kBorrower, kLenders, kGuarantor, kSupplier };
ClearingProblem Toy(double guarantee, double guarantor_assets) {
  return {{34, 0, guarantor_assets, 0},
          {},
          {{kBorrower, kLenders, 60}, {kBorrower, kSupplier, 40}},
          {{kGuarantor, 0, guarantee}}};
}

TEST(Guarantee, MovesTheLendersLossToTheGuarantor) {
  const struct {
    double guarantee;
    double loss;
  } cases[] = {{0, 39.6}, {10, 29.6}, {20, 19.6}, {40, 0}};
  for (const auto& [guarantee, loss] : cases) {
    const Clearing clearing = Cleared(Toy(guarantee, 1000));
    EXPECT_NEAR(clearing.claim_loss[0], loss, 1e-9) << guarantee;
    EXPECT_NEAR(clearing.guarantee_paid[0], 39.6 - loss, 1e-9) << guarantee;
    EXPECT_NEAR(clearing.claim_loss[1], 26.4, 1e-9) << "others are not touched";
  }
}

TEST(Guarantee, OfOneWhoFailsHimselfIsWorthWhatHeHas) {
  const Clearing clearing = Cleared(Toy(40, 5));
  EXPECT_NEAR(clearing.guarantee_paid[0], 5, 1e-9);
  EXPECT_NEAR(clearing.claim_loss[0], 34.6, 1e-9);
  EXPECT_TRUE(clearing.in_default[kGuarantor]);
}

// The guarantor counts on the borrower too: its own failure is known only with the vector.
TEST(Guarantee, IsCalledBeforeTheVectorIsFinal) {
  const Clearing clearing = Cleared({{30, 0, 5}, {}, {{0, 1, 50}, {0, 2, 50}}, {{2, 0, 40}}});
  EXPECT_NEAR(clearing.paid_share[0], 0.3, 1e-12);
  EXPECT_NEAR(clearing.received[2], 15, 1e-9);
  EXPECT_NEAR(clearing.owed[2], 35, 1e-9);
  EXPECT_NEAR(clearing.guarantee_paid[0], 20, 1e-9);
  EXPECT_NEAR(clearing.claim_loss[0], 15, 1e-9);
}

TEST(Guarantee, TwoShareOneClaimInProportion) {
  const Clearing clearing = Cleared({{0, 0, 100, 100}, {}, {{0, 1, 10}}, {{2, 0, 10}, {3, 0, 30}}});
  EXPECT_THAT(clearing.guarantee_paid, Pointwise(DoubleNear(1e-9), {2.5, 7.5}));
  EXPECT_NEAR(clearing.claim_loss[0], 0, 1e-9);
}

ClearingProblem RandomProblem(boost::random::mt19937& random) {
  const auto uniform = [&](double most) {
    return boost::random::uniform_real_distribution<>(0, most)(random);
  };
  const int nodes = 2 + static_cast<int>(uniform(6));
  ClearingProblem problem;
  for (int i = 0; i < nodes; ++i) {
    problem.assets.push_back(uniform(10));
    problem.senior.push_back(uniform(1) < 0.5 ? 0 : uniform(5));
  }
  const auto node = [&] { return static_cast<int>(uniform(nodes)); };
  for (int c = 0; c < 12; ++c) {
    const Claim claim{node(), node(), uniform(10)};
    if (claim.debtor != claim.creditor) problem.claims.push_back(claim);
  }
  for (size_t c = 0; c < problem.claims.size(); c += 2) {
    const int guarantor = node();
    if (guarantor != problem.claims[c].debtor && guarantor != problem.claims[c].creditor) {
      problem.guarantees.push_back({guarantor, c, uniform(8)});
    }
  }
  return problem;
}

double Sum(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum;
}

TEST(Clearing, PaysNobodyMoreThanOwedAndKeepsAllValue) {
  boost::random::mt19937 random(61);
  for (int trial = 0; trial < 500; ++trial) {
    const ClearingProblem problem = RandomProblem(random);
    const Clearing clearing = Cleared(problem);
    double equity = 0;
    for (size_t i = 0; i < problem.assets.size(); ++i) {
      const double funds = problem.assets[i] + clearing.received[i];
      EXPECT_LE(clearing.paid[i], clearing.owed[i]);
      EXPECT_LE(clearing.paid[i] + clearing.senior_paid[i], funds + 1e-9) << "limited liability";
      if (clearing.in_default[i]) {
        EXPECT_NEAR(clearing.paid[i] + clearing.senior_paid[i], funds, 1e-9) << "priority";
      }
      equity += clearing.Equity(i);
    }
    EXPECT_NEAR(Sum(problem.assets), equity + Sum(clearing.senior_paid), 1e-8);
    EXPECT_NEAR(Sum(clearing.paid), Sum(clearing.received), 1e-9);
    // Of each claim the same share is paid: what its creditor misses and what guarantors paid.
    for (size_t c = 0; c < problem.claims.size(); ++c) {
      double guaranteed = 0;
      for (size_t g = 0; g < problem.guarantees.size(); ++g) {
        if (problem.guarantees[g].claim == c) guaranteed += clearing.guarantee_paid[g];
      }
      const Claim& claim = problem.claims[c];
      EXPECT_NEAR(clearing.claim_loss[c] + guaranteed,
                  claim.usd_bn * (1 - clearing.paid_share[claim.debtor]), 1e-9);
    }
  }
}

TEST(Clearing, LossFallsWithAssets) {
  boost::random::mt19937 random(62);
  for (int trial = 0; trial < 300; ++trial) {
    ClearingProblem problem = RandomProblem(random);
    const Clearing before = Cleared(problem);
    problem.assets[0] += 1;
    const Clearing after = Cleared(problem);
    for (size_t i = 0; i < problem.assets.size(); ++i) {
      EXPECT_GE(after.paid_share[i], before.paid_share[i] - 1e-9);
    }
    for (size_t c = 0; c < problem.claims.size(); ++c) {
      EXPECT_LE(after.claim_loss[c], before.claim_loss[c] + 1e-8);
    }
  }
}

// A guarantor that owes others may fail by its guarantee: they lose. The creditor gains.
TEST(Clearing, AGuaranteeNeverMakesItsCreditorLoseMore) {
  boost::random::mt19937 random(63);
  for (int trial = 0; trial < 300; ++trial) {
    ClearingProblem problem = RandomProblem(random);
    problem.guarantees.clear();
    // Lenders and guarantor outside the others' debts: nothing comes round to them.
    const int lenders = static_cast<int>(problem.assets.size());
    problem.assets.insert(problem.assets.end(), {0.0, 3.0});
    problem.senior.insert(problem.senior.end(), {0.0, 0.0});
    problem.claims.push_back({0, lenders, 10});
    const size_t loans = problem.claims.size() - 1;
    double loss = std::numeric_limits<double>::infinity();
    double first = -1;
    for (const double guarantee : {0.0, 1.0, 2.0, 4.0, 8.0, 16.0}) {
      problem.guarantees = {{lenders + 1, loans, guarantee}};
      const Clearing clearing = Cleared(problem);
      EXPECT_LE(clearing.claim_loss[loans], loss + 1e-9);
      loss = clearing.claim_loss[loans];
      if (first < 0) first = loss;
      EXPECT_NEAR(loss + clearing.guarantee_paid[0], first, 1e-8) << "moved, not made";
    }
  }
}

TEST(Clearing, NoDefaultNoLoss) {
  boost::random::mt19937 random(64);
  for (int trial = 0; trial < 100; ++trial) {
    ClearingProblem problem = RandomProblem(random);
    for (double& assets : problem.assets) assets += 1000;
    const Clearing clearing = Cleared(problem);
    EXPECT_EQ(Sum(clearing.claim_loss), 0);
    EXPECT_EQ(Sum(clearing.guarantee_paid), 0);
  }
}

TEST(Clearing, TurnsDownWhatIsNoNetwork) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const ClearingProblem bad[] = {
      {{-1}, {}, {}, {}},
      {{nan}, {}, {}, {}},
      {{1, 1}, {1}, {}, {}},
      {{1, 1}, {}, {{0, 2, 1}}, {}},
      {{1, 1}, {}, {{0, 0, 1}}, {}},
      {{1, 1}, {}, {{0, 1, -1}}, {}},
      {{1, 1}, {}, {{0, 1, 1}}, {{1, 0, 1}}},
      {{1, 1, 1}, {}, {{0, 1, 1}}, {{2, 1, 1}}},
  };
  for (const ClearingProblem& problem : bad) {
    EXPECT_EQ(Clear(problem).status().code(), absl::StatusCode::kInvalidArgument);
  }
}

}  // namespace
}  // namespace oneup::sims
