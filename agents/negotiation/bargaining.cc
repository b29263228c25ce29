#include "agents/negotiation/bargaining.h"

#include "agents/negotiation/time_dependent.h"

namespace oneup::negotiation {

double StahlShare(double proposer_discount, double other_discount, int periods) {
  // The last proposer is this one if the number of proposals is odd.
  double share = 1;
  bool ours = periods % 2 == 1;
  for (int left = 1; left < periods; ++left) {
    share = 1 - (ours ? proposer_discount : other_discount) * share;
    ours = !ours;
  }
  return share;
}

double RubinsteinShare(double proposer_discount, double other_discount) {
  return (1 - other_discount) / (1 - proposer_discount * other_discount);
}

double MeetingTime(double e1, double e2) {
  double low = 0;
  double high = 1;
  while (high - low > 1e-12) {
    const double t = (low + high) / 2;
    (Concession(t, e1) + Concession(t, e2) < 1 ? low : high) = t;
  }
  return (low + high) / 2;
}

}  // namespace oneup::negotiation
