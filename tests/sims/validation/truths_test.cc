// Published values, through the real engine, under the default seed and five others.
#include <gtest/gtest.h>

#include "sims/validation/avellaneda_stoikov.h"
#include "sims/validation/call_auctions.h"
#include "sims/validation/cont_stoikov_talreja.h"
#include "sims/validation/gode_sunder.h"
#include "sims/validation/smith_farmer.h"

namespace oneup::sims {
namespace {

void ExpectAllHold(const std::vector<Check>& checks) {
  ASSERT_FALSE(checks.empty());
  for (const Check& check : checks) {
    EXPECT_TRUE(check.holds) << check.name << ": measured " << check.measured << ", expected "
                             << check.expected << " (" << check.source << ")";
  }
}

class Truth : public testing::TestWithParam<uint64_t> {
 protected:
  ValidationOptions Options(int episodes) const { return {GetParam(), episodes}; }
};

TEST_P(Truth, ContStoikovTalrejaProbabilities) {
  ExpectAllHold(CheckContStoikovTalreja(Options(10'000)));
}

TEST_P(Truth, GodeSunderEfficiency) { ExpectAllHold(CheckGodeSunder(Options(20'000))); }

TEST_P(Truth, SmithFarmerSpreads) { ExpectAllHold(CheckSmithFarmer(Options(10'000))); }

TEST_P(Truth, AvellanedaStoikovProfits) { ExpectAllHold(CheckAvellanedaStoikov(Options(10'000))); }

INSTANTIATE_TEST_SUITE_P(Seeds, Truth, testing::Values(1, 2, 3, 4, 5, 6));

TEST(TruthOfCallAuctions, EuronextExamples) { ExpectAllHold(CheckCallAuctions()); }

// Cancelling by level instead of by order would give .302 here.
TEST(TruthOfCancellation, EachOrderIsCancelledOnItsOwn) {
  EXPECT_NEAR(MeasureProbabilityUp(1, 2, {1, 100'000}), .3352, .006);
}

}  // namespace
}  // namespace oneup::sims
