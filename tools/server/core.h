// What the network's connections share. It belongs to the thread that runs `io`; what others may
// touch says so.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <memory>
#include <set>

#include "tools/server/conversation.h"
#include "tools/server/limits.h"
#include "tools/server/site.h"
#include "tools/server/workshop.h"

namespace oneup::server {

struct Core {
  Core(const Site& the_site, Workshop& the_workshop)
      : site(the_site), workshop(the_workshop), limits(the_workshop.limits) {}

  const Site& site;
  Workshop& workshop;
  const Limits& limits;
  // A connection whose answer is being worked out can end on a thread of the workshop.
  std::atomic<int> connections = 0;
  uint64_t last_conversation = 0;
  std::set<Conversation*> conversations;
  // The last member: what still waits in it ends first.
  boost::asio::io_context io{1};
};

// Counts a connection while it lives.
class Counted {
 public:
  explicit Counted(Core& core) : core_(core) { ++core_.connections; }
  Counted(const Counted&) = delete;
  Counted& operator=(const Counted&) = delete;
  ~Counted() { --core_.connections; }

 private:
  Core& core_;
};

}  // namespace oneup::server
