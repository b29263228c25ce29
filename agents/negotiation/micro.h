// MiCRO, "minimal concession in reply to new offers" (de Jonge 2022, "An analysis of the linear
// bilateral ANAC domains using the MiCRO benchmark strategy", IJCAI): concede only when the other
// does.
//
// It makes its offers from its best down, a new one only when it has made no more different offers
// than the other, and otherwise repeats one of its earlier offers at random. It accepts what is
// worth at least the worst that it would offer now. It never goes below its reservation value. Of
// several others the one that has offered least counts.
#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "agents/negotiation/preferences.h"
#include "agents/negotiation/tactic.h"
#include "market/kernel/random.h"

namespace oneup::negotiation {

class Micro : public Tactic {
 public:
  // The preferences outlive it. party: its place among `parties`; repeats are drawn from the stream
  // (seed, party).
  Micro(const Preferences& own, size_t party, size_t parties, uint64_t seed);

  Action Act(const Turn& turn) override;
  void Hear(size_t party, const Action& action) override;

 private:
  const Preferences& own_;
  size_t party_;
  size_t offered_ = 0;                       // different offers made: the ranks below it
  std::vector<std::set<Outcome>> received_;  // different offers of each party
  kernel::Stream repeats_;
};

}  // namespace oneup::negotiation
