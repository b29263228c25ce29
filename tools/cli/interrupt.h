// Ending long work when a person or a scheduler asks for it: SIGINT (Ctrl-C) and SIGTERM.
#pragma once

#include <atomic>

namespace oneup::cli {

// From its making to its end the first such signal only raises `asked`; a second one ends the
// program at once. One at a time.
class Interrupt {
 public:
  Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;
  ~Interrupt();

  const std::atomic<bool>& asked() const;
  // As a shell has it: 128 and the signal's number.
  int exit_code() const;
};

}  // namespace oneup::cli
