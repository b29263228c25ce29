// A bounded number of places for what needs much memory, and a queue before them: first come, first
// served, unless its owner has as many places as one may have. Thread-safe.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>

namespace oneup::server {

class Places {
 public:
  // most_of_one: places that one owner may have at a time.
  Places(int places, int most_waiting, int most_of_one)
      : places_(places), most_waiting_(most_waiting), most_of_one_(most_of_one) {}
  Places(const Places&) = delete;
  Places& operator=(const Places&) = delete;

  // Someone who wants in.
  using Ticket = uint64_t;
  Ticket NewTicket();
  // admitted: called once there is a place, at once if there is one. waiting: called whenever the
  // number of those before it has changed. Both from any thread, without a lock. False: too many
  // wait already, and nothing is called.
  bool Enter(Ticket ticket, uint64_t owner, std::function<void()> admitted,
             std::function<void(uint32_t before)> waiting);
  // Gives up the place, or the wait for it; a ticket without either does nothing.
  void Leave(Ticket ticket);

  int waiting() const;

 private:
  struct Waiting {
    Ticket ticket;
    uint64_t owner;
    std::function<void()> admitted;
    std::function<void(uint32_t)> waiting;
  };

  // Locked.
  bool HasPlaceFor(uint64_t owner) const;

  const int places_;
  const int most_waiting_;
  const int most_of_one_;
  mutable std::mutex mutex_;
  Ticket last_ = 0;
  std::map<Ticket, uint64_t> inside_;  // to its owner
  std::deque<Waiting> queue_;          // there is no place for any of these
};

}  // namespace oneup::server
