// One buyer, many sellers of the same thing, in concurrent bilateral threads. (Or one seller, many
// buyers: the words are for reading only.)
//
// In each round the buyer asks every seller in turn, but the one that holds the best promise, to
// beat it: for the least that would be better for her than her outside option in that thread, and
// among what is so, for what she believes the seller wants most. A seller who knows that others
// stand in line says yes to all that is better for him than no deal, and no to anything else. What
// he said yes to is his standing promise. When nobody beats the best promise any more, it becomes
// the deal. With a price alone this is an open descending auction, and ends at the second-lowest
// reservation price plus a step (Vickrey 1961).
#pragma once

#include <optional>
#include <vector>

#include "agents/negotiation/preferences.h"

namespace oneup::negotiation {

struct Deal {
  size_t seller = 0;
  Outcome outcome = 0;
  int rounds = 0;  // until nobody moved
};

// The buyer's preferences and each seller's, all over the same space; a seller's reservation is
// that of his profile. None if no seller agrees to anything better than the buyer's reservation.
std::optional<Deal> ShopAround(const Preferences& buyer,
                               const std::vector<const Preferences*>& sellers);

}  // namespace oneup::negotiation
