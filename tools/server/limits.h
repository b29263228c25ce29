// What the viewer's server takes at most: of one message, of one connection, of all together. What
// is beyond is refused with one line, waits for its turn, or is dropped; nothing grows without end.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace oneup::server {

struct Limits {
  // One request or message, bytes.
  size_t header = 8 << 10;
  size_t body = 64 << 10;
  size_t message = 64 << 10;  // of a WebSocket, from the page
  // One connection.
  int streams = 8;                 // at a time
  double requests_a_second = 50;   // on the average; four times as many at once
  double messages_a_second = 250;  // of a WebSocket, likewise, but for
  double credits_a_second = 5000;  // credit
  // All together.
  int connections = 512;
  int simulations = 256;  // in memory, of watches; more wait for their turn
  int comparisons = 4;    // likewise; one of a page at a time
  int files = 256;        // likewise: traces that are sent, each with a descriptor and up to 2 MB
  int waiting = 512;      // that wait; more are refused
  int requests = 64;      // to the API that wait for a processor
  // One comparison.
  int pairs = 1000;
  int metrics = 64;
  // One simulation.
  int interventions = 16;  // some milliseconds each before it begins
  size_t line = 500;       // of an intervention or another text, bytes
  // Time: to send a request or to take an answer; of a connection without any; of a WebSocket
  // that does not even answer a ping.
  std::chrono::seconds request{10};
  std::chrono::seconds idle{60};
  std::chrono::seconds silent{60};
  // A simulation or a file that has waited for credit so long gives its place to one that waits for
  // it.
  std::chrono::seconds parked{600};
};

// A bucket of tokens: so many a second, four seconds' worth at once.
class Rate {
 public:
  using Clock = std::chrono::steady_clock;
  explicit Rate(double a_second) : a_second_(a_second), tokens_(4 * a_second) {}

  // False: too many.
  bool Take(Clock::time_point now) {
    if (last_ != Clock::time_point()) {
      tokens_ += a_second_ * std::chrono::duration<double>(now - last_).count();
      if (tokens_ > 4 * a_second_) tokens_ = 4 * a_second_;
    }
    last_ = now;
    if (tokens_ < 1) return false;
    tokens_ -= 1;
    return true;
  }

 private:
  double a_second_;
  double tokens_;
  Clock::time_point last_;
};

}  // namespace oneup::server
