// The protocol of talks, seen in the record of whole runs: nobody offers or accepts what is worth
// less to it than what it has without, and no deal is announced to which not both have consented.
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>

#include "tests/sims/emergent/recorder.h"

namespace oneup::sims {
namespace {

constexpr kernel::CivilDay kEnd(2025, 12, 31);
constexpr int kSeeds = 20;

// Who speaks, to whom.
using Direction = std::pair<std::string, std::string>;

// What was said last in each direction, and which acceptance stands.
struct Said {
  std::map<Direction, v1::Terms> offers;
  std::map<Direction, v1::Terms> accepted;

  void Hear(const v1::Offer& offer) {
    const Direction there{offer.from(), offer.to()};
    const Direction back{offer.to(), offer.from()};
    if (offer.kind() == v1::OFFER_KIND_OFFER) {
      offers[there] = offer.terms();
    } else if (offer.kind() == v1::OFFER_KIND_ACCEPT) {
      ASSERT_TRUE(offers.contains(back)) << offer.from() << " accepts what nobody offered";
      accepted[there] = offer.terms();
    }
  }
  // Somebody left what they had agreed.
  void Forget(const std::string& a, const std::string& b) {
    accepted.erase({a, b});
    accepted.erase({b, a});
  }
  // Whether one accepted these very terms, and they were the last that the other offered.
  bool Consented(const std::string& who, const std::string& other, const v1::Terms& terms) const {
    const auto yes = accepted.find({who, other});
    const auto offer = offers.find({other, who});
    return yes != accepted.end() && offer != offers.end() &&
           yes->second.SerializeAsString() == offer->second.SerializeAsString() &&
           yes->second.capacity_mw() == terms.capacity_mw() &&
           yes->second.value_usd_millions() == terms.value_usd_millions();
  }
};

TEST(Protocol, NoDealIsAnnouncedWithoutTwoConsents) {
  int deals = 0;
  for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
    Said said;
    for (const v1::Record& record : RecordsOf(Autonomous(), seed, kEnd, kLowResolution)) {
      if (record.has_offer()) said.Hear(record.offer());
      if (!record.has_happening() || record.happening().actors_size() < 2) continue;
      const v1::Happening& happening = record.happening();
      const std::string& a = happening.actors(0);
      const std::string& b = happening.actors(1);
      if (happening.kind() == v1::EVENT_KIND_WITHDRAWAL) said.Forget(a, b);
      if (happening.kind() != v1::EVENT_KIND_ANNOUNCEMENT || happening.terms().capacity_mw() == 0) {
        continue;
      }
      ++deals;
      EXPECT_TRUE(said.Consented(a, b, happening.terms()) ||
                  said.Consented(b, a, happening.terms()))
          << "seed " << seed << ": " << happening.headline();
    }
  }
  EXPECT_GT(deals, kSeeds);
}

TEST(Protocol, NobodyOffersOrAcceptsLessThanItHasWithout) {
  int offers = 0;
  for (uint64_t seed = 1; seed <= kSeeds; ++seed) {
    for (const v1::Record& record : RecordsOf(Autonomous(), seed, kEnd, kLowResolution)) {
      if (!record.has_offer() || record.offer().kind() == v1::OFFER_KIND_APPROACH) continue;
      ++offers;
      EXPECT_GE(record.offer().worth_usd_millions(), record.offer().reservation_usd_millions())
          << "seed " << seed << ": " << record.offer().ShortDebugString();
    }
  }
  EXPECT_GT(offers, 100 * kSeeds);
}

}  // namespace
}  // namespace oneup::sims
