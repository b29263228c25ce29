#include "agents/negotiation/coordinator.h"

#include <algorithm>

namespace oneup::negotiation {

double Coordinator::OutsideOption(size_t thread) const {
  double best = reservation_;
  for (size_t k = 0; k < standing_.size(); ++k) {
    if (k != thread) best = std::max(best, standing_[k]);
  }
  if (held_) best = std::max(best, held_->utility + held_->penalty);
  return best;
}

bool Coordinator::Commit(const Commitment& agreement) {
  if (held_) {
    if (!(agreement.utility > held_->utility + held_->penalty)) return false;
    paid_ += held_->penalty;
  } else if (!(agreement.utility > reservation_)) {
    return false;
  }
  held_ = agreement;
  return true;
}

}  // namespace oneup::negotiation
