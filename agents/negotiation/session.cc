#include "agents/negotiation/session.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace oneup::negotiation {

double Clock::Time() const {
  const double steps = static_cast<double>(rounds) + 1;
  return std::min(1.0, round / steps) - 1.0 / steps;
}

Session::Session(std::vector<Tactic*> parties, int rounds) : parties_(std::move(parties)) {
  assert(parties_.size() >= 2 && rounds >= 1);
  clock_.rounds = rounds;
}

bool Session::Step() {
  if (ended_) return false;
  const bool last = clock_.round == clock_.rounds && next_ + 1 == parties_.size();
  const Action action = parties_[next_]->Act({clock_, offer_, last});
  moves_.push_back({clock_.round, next_, action});
  closing_round_ = clock_.round;
  switch (action.kind) {
    case Action::Kind::kOffer:
      offer_ = action.outcome;
      accepted_ = 1;
      break;
    case Action::Kind::kAccept:
      assert(offer_.has_value());
      if (++accepted_ == parties_.size()) {
        agreement_ = offer_;
        ended_ = true;
      }
      break;
    case Action::Kind::kEnd:
      ended_ = true;
      break;
  }
  for (size_t i = 0; i < parties_.size(); ++i) {
    if (i != next_) parties_[i]->Hear(next_, action);
  }
  if (last) ended_ = true;
  if (++next_ == parties_.size()) {
    next_ = 0;
    ++clock_.round;
  }
  return true;
}

}  // namespace oneup::negotiation
