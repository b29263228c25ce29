// Every compiler, build type and processor negotiates alike, to the last bit: what many sessions of
// all tactics on made-up domains come to, as one number. After a change that is meant to change
// moves or measures, put in the number that the failure shows, and say why in the commit.
#include <gtest/gtest.h>

#include <bit>
#include <cstdint>
#include <string>
#include <vector>

#include "agents/negotiation/analysis.h"
#include "agents/negotiation/play.h"
#include "agents/negotiation/tactics.h"
#include "sims/validation/random_domain.h"

namespace oneup::negotiation {
namespace {

// FNV-1a over 64-bit words.
class Digest {
 public:
  void Add(uint64_t word) {
    for (int byte = 0; byte < 8; ++byte) {
      value_ = (value_ ^ (word >> 8 * byte & 0xFF)) * 0x100000001B3;
    }
  }
  void Add(double number) { Add(std::bit_cast<uint64_t>(number)); }
  uint64_t value() const { return value_; }

 private:
  uint64_t value_ = 0xCBF29CE484222325;
};

void AddSession(const Played& played, const Analysis& analysis, Digest* digest) {
  for (const Move& move : played.moves) {
    digest->Add(static_cast<uint64_t>(move.action.kind));
    digest->Add(uint64_t{move.action.outcome});
  }
  digest->Add(static_cast<uint64_t>(played.round));
  for (const double utility : played.discounted) digest->Add(utility);
  const Quality quality = Judge(analysis, played.utilities);
  digest->Add(quality.distance_to_pareto);
  digest->Add(quality.distance_to_nash);
  digest->Add(quality.social_welfare);
}

TEST(Negotiation, IsTheSameToTheLastBitEverywhere) {
  const std::vector<std::string> tactics = {"boulware",    "linear",       "conceder:3.7",
                                            "tit-for-tat", "micro",        "oneup",
                                            "boulware:.3", "oneup:fomo=1", "oneup:imitation=.6"};
  Digest digest;
  for (uint64_t seed = 0; seed < 60; ++seed) {
    const int parties = seed % 3 == 0 ? 3 : 2;
    sims::RandomDomain domain = sims::MakeRandomDomain(
        {.parties = parties, .most_issues = 4, .most_values = 5, .reservation = .4}, seed);
    domain.profiles[0].discount = .7;
    const auto analysis = Analyse(domain.space, domain.Parties());
    ASSERT_TRUE(analysis.ok());
    digest.Add(analysis->nash_product);
    digest.Add(analysis->opposition);
    std::vector<Preferences> preferences;
    preferences.reserve(domain.profiles.size());
    std::vector<const Preferences*> order;
    for (const Profile& profile : domain.profiles) {
      preferences.emplace_back(domain.space, profile);
      order.push_back(&preferences.back());
    }
    for (size_t first = 0; first < tactics.size(); ++first) {
      for (size_t second = 0; second < tactics.size(); ++second) {
        std::vector<TacticMaker> makers = {*FindTactic(tactics[first]),
                                           *FindTactic(tactics[second])};
        if (parties == 3) makers.push_back(*FindTactic(tactics[(first + second) % 9]));
        const int rounds = 5 + static_cast<int>(seed % 40);
        AddSession(Play(order, makers, rounds, seed), *analysis, &digest);
      }
    }
  }
  EXPECT_EQ(digest.value(), 1840046718986715395u);
}

}  // namespace
}  // namespace oneup::negotiation
