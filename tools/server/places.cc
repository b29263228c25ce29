#include "tools/server/places.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace oneup::server {

Places::Ticket Places::NewTicket() {
  const std::lock_guard lock(mutex_);
  return ++last_;
}

bool Places::HasPlaceFor(uint64_t owner) const {
  if (static_cast<int>(inside_.size()) >= places_) return false;
  const auto of_owner = std::ranges::count(inside_, owner, &decltype(inside_)::value_type::second);
  return of_owner < most_of_one_;
}

bool Places::Enter(Ticket ticket, uint64_t owner, std::function<void()> admitted,
                   std::function<void(uint32_t)> waiting) {
  uint32_t before = 0;
  {
    const std::lock_guard lock(mutex_);
    if (HasPlaceFor(owner)) {
      inside_.emplace(ticket, owner);
    } else {
      if (static_cast<int>(queue_.size()) >= most_waiting_) return false;
      queue_.push_back({ticket, owner, std::move(admitted), waiting});
      before = static_cast<uint32_t>(queue_.size());
    }
  }
  if (before == 0) {
    admitted();
  } else {
    waiting(before);
  }
  return true;
}

void Places::Leave(Ticket ticket) {
  std::function<void()> admitted;
  std::vector<std::function<void(uint32_t)>> moved;
  size_t first = 0;  // of the queue that has moved
  {
    const std::lock_guard lock(mutex_);
    auto gone = queue_.end();
    if (inside_.erase(ticket) > 0) {
      gone = std::ranges::find_if(queue_,
                                  [this](const Waiting& one) { return HasPlaceFor(one.owner); });
      if (gone == queue_.end()) return;
      inside_.emplace(gone->ticket, gone->owner);
      admitted = std::move(gone->admitted);
    } else {
      gone = std::ranges::find(queue_, ticket, &Waiting::ticket);
      if (gone == queue_.end()) return;
    }
    first = static_cast<size_t>(gone - queue_.begin());
    queue_.erase(gone);
    for (size_t i = first; i < queue_.size(); ++i) moved.push_back(queue_[i].waiting);
  }
  if (admitted) admitted();
  for (const auto& waiting : moved) waiting(static_cast<uint32_t>(++first));
}

int Places::waiting() const {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(queue_.size());
}

}  // namespace oneup::server
