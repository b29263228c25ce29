// The closed forms and the gates of docs/negotiation.md, under the default seed and others.
#include "sims/validation/negotiation_gates.h"

#include <gtest/gtest.h>

#include "sims/validation/negotiation_closed_forms.h"

namespace oneup::sims {
namespace {

void ExpectAllHold(const std::vector<Check>& checks) {
  ASSERT_FALSE(checks.empty());
  for (const Check& check : checks) {
    // How fast a machine is that runs tests says nothing: tools/bench measures.
    if (check.name.starts_with("T11")) continue;
    EXPECT_TRUE(check.holds) << check.name << ": measured " << check.measured << ", expected "
                             << check.expected << " (" << check.source << ")";
  }
}

TEST(NegotiationTruth, ClosedForms) { ExpectAllHold(CheckNegotiationClosedForms()); }

class NegotiationGates : public testing::TestWithParam<uint64_t> {};

TEST_P(NegotiationGates, Negotiators) { ExpectAllHold(CheckNegotiators({GetParam(), 20'000})); }

TEST_P(NegotiationGates, Machinery) {
  ExpectAllHold(CheckNegotiationMachinery({GetParam(), 4'000}));
}

INSTANTIATE_TEST_SUITE_P(Seeds, NegotiationGates, testing::Values(1, 2, 3));

}  // namespace
}  // namespace oneup::sims
