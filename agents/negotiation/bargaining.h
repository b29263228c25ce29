// Closed forms of bargaining over one pie, to hold the protocol and the tactics against.
#pragma once

namespace oneup::negotiation {

// Share of whoever proposes first, with `periods` proposals left, the players taking turns and the
// pie shrinking for each by its own factor of (0, 1] a period (Stahl 1972), by backward induction:
// the last proposer takes all, and before that a proposer leaves the other what waiting is worth to
// it. periods >= 1.
double StahlShare(double proposer_discount, double other_discount, int periods);

// The same without end (Rubinstein 1982): (1 - other) / (1 - proposer other). Not both 1.
double RubinsteinShare(double proposer_discount, double other_discount);

// When two time-dependent players who concede the whole pie from 1 to 0 meet: the t that solves
// t^(1/e1) + t^(1/e2) = 1, to 1e-12. The first gets 1 - t^(1/e1). e1, e2 > 0.
double MeetingTime(double e1, double e2);

}  // namespace oneup::negotiation
