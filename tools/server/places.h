// A bounded number of places for what needs much memory, and a queue before them: first come, first
// served. Thread-safe.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <set>

namespace oneup::server {

class Places {
 public:
  Places(int places, int most_waiting) : places_(places), most_waiting_(most_waiting) {}
  Places(const Places&) = delete;
  Places& operator=(const Places&) = delete;

  // Someone who wants in.
  using Ticket = uint64_t;
  Ticket NewTicket();
  // admitted: called once there is a place, at once if there is one. waiting: called whenever the
  // number of those before it has changed. Both from any thread, without a lock. False: too many
  // wait already, and nothing is called.
  bool Enter(Ticket ticket, std::function<void()> admitted,
             std::function<void(uint32_t before)> waiting);
  // Gives up the place, or the wait for it; a ticket without either does nothing.
  void Leave(Ticket ticket);

  int waiting() const;

 private:
  struct Waiting {
    Ticket ticket;
    std::function<void()> admitted;
    std::function<void(uint32_t)> waiting;
  };

  const int places_;
  const int most_waiting_;
  mutable std::mutex mutex_;
  Ticket last_ = 0;
  std::set<Ticket> inside_;
  std::deque<Waiting> queue_;
};

}  // namespace oneup::server
