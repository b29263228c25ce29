#include "tools/server/places.h"

#include <utility>
#include <vector>

namespace oneup::server {

Places::Ticket Places::NewTicket() {
  const std::lock_guard lock(mutex_);
  return ++last_;
}

bool Places::Enter(Ticket ticket, std::function<void()> admitted,
                   std::function<void(uint32_t)> waiting) {
  uint32_t before = 0;
  {
    const std::lock_guard lock(mutex_);
    if (static_cast<int>(inside_.size()) < places_) {
      inside_.insert(ticket);
    } else {
      if (static_cast<int>(queue_.size()) >= most_waiting_) return false;
      queue_.push_back({ticket, std::move(admitted), waiting});
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
    if (inside_.erase(ticket) > 0) {
      if (!queue_.empty()) {
        inside_.insert(queue_.front().ticket);
        admitted = std::move(queue_.front().admitted);
        queue_.pop_front();
      }
    } else {
      while (first < queue_.size() && queue_[first].ticket != ticket) ++first;
      if (first == queue_.size()) return;
      queue_.erase(queue_.begin() + static_cast<std::ptrdiff_t>(first));
    }
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
