// Waiting for a key, for programs that go on one step at a time.
#pragma once

#include <termios.h>

#include <chrono>
#include <optional>
#include <string>

namespace oneup::cli {

// While one lives, standard input gives each key at once and does not show it, if it is a
// terminal. The terminal is put back when it is destroyed, and also when the program is
// ended by a signal (Ctrl-C, Ctrl-\, hang-up, kill, a closed pipe) or stopped (Ctrl-Z). At most one
// at a time.
class KeyInput {
 public:
  enum class Answer { kNext, kQuit, kEnd, kTimeout };

  KeyInput();
  ~KeyInput();
  KeyInput(const KeyInput&) = delete;
  KeyInput& operator=(const KeyInput&) = delete;

  bool is_terminal() const { return terminal_; }

  // The next key: q, Q or Ctrl-D is kQuit, any other kNext (an arrow or a letter of
  // several bytes is one key). If standard input is no terminal, the next line: "q" is
  // kQuit. kEnd: the input has ended. kTimeout: nothing came in that time.
  Answer Wait(std::optional<std::chrono::milliseconds> timeout);

 private:
  // False at the end of the input; *timed_out if nothing came before the deadline.
  bool Fill(std::optional<std::chrono::steady_clock::time_point> deadline, bool* timed_out);
  Answer TakeKey();

  bool terminal_ = false;
  std::string pending_;  // read, not yet answered
};

}  // namespace oneup::cli
