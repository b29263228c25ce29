// One principal in many bilateral negotiations at once about the same thing: what it may have
// elsewhere is what it can do without here.
//
// The reservation value of each thread is the best that the other threads promise (Rahwan,
// Kowalczyk, Pham 2002; Nguyen and Jennings 2005: concurrent one-to-many negotiation). An agreement
// may be left for a better one at a price that was set when it was made (Sandholm and Lesser 2001:
// levelled commitment).
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace oneup::negotiation {

// An agreement that binds until its penalty is paid. Utilities are the principal's.
struct Commitment {
  size_t thread = 0;
  double utility = 0;
  double penalty = 0;  // what leaving it costs, in utility; not negative
};

class Coordinator {
 public:
  // reservation: what it has without any agreement.
  Coordinator(double reservation, size_t threads)
      : reservation_(reservation), standing_(threads, reservation) {}

  // What the other side of a thread offers now, or has agreed to, counts as this much; a thread
  // that broke off counts as the reservation value.
  void SetStanding(size_t thread, double utility) { standing_[thread] = utility; }

  // The utility that an agreement in this thread must exceed: the greatest of the reservation
  // value, what any other thread offers, and the commitment that would have to be left, with its
  // penalty.
  double OutsideOption(size_t thread) const;

  // Takes the agreement if it is better than what is held by more than the penalty for leaving it,
  // which is then paid. Whether it did. Better means strictly: nobody moves for nothing.
  bool Commit(const Commitment& agreement);

  const std::optional<Commitment>& held() const { return held_; }
  // All penalties so far, in utility.
  double paid() const { return paid_; }

 private:
  double reservation_;
  std::vector<double> standing_;
  std::optional<Commitment> held_;
  double paid_ = 0;
};

}  // namespace oneup::negotiation
