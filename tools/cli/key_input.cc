#include "tools/cli/key_input.h"

#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace oneup::cli {
namespace {

constexpr char kEscape = '\x1b';
constexpr char kControlD = '\x04';
constexpr int kEnding[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGPIPE};

// What a signal handler must know; written before the handlers are set.
termios g_found;
termios g_raw;

extern "C" void EndBySignal(int signal) {
  tcsetattr(STDIN_FILENO, TCSANOW, &g_found);
  ::signal(signal, SIG_DFL);
  raise(signal);  // taken once this handler returns
}

extern "C" void StopBySignal(int) {
  const int error = errno;
  tcsetattr(STDIN_FILENO, TCSANOW, &g_found);
  raise(SIGSTOP);
  // Here when the shell has brought the program back.
  tcsetattr(STDIN_FILENO, TCSANOW, &g_raw);
  errno = error;
}

void Handle(int signal, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  sigaction(signal, &action, nullptr);
}

// Bytes of the key that begins a non-empty text.
size_t KeyLength(const std::string& text) {
  size_t length = 1;
  if (text[0] == kEscape && text.size() > 1 && (text[1] == '[' || text[1] == 'O')) {
    // An escape sequence ends with its first byte from '@' on.
    length = 2;
    while (length < text.size() && (text[length] < '@' || text[length] > '~')) ++length;
    return std::min(length + 1, text.size());
  }
  // The later bytes of a letter in UTF-8.
  while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) {
    ++length;
  }
  return length;
}

}  // namespace

KeyInput::KeyInput() {
  if (isatty(STDIN_FILENO) == 0 || tcgetattr(STDIN_FILENO, &g_found) != 0) return;
  terminal_ = true;
  g_raw = g_found;
  g_raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
  g_raw.c_cc[VMIN] = 1;
  g_raw.c_cc[VTIME] = 0;
  for (const int signal : kEnding) Handle(signal, EndBySignal);
  Handle(SIGTSTP, StopBySignal);
  tcsetattr(STDIN_FILENO, TCSANOW, &g_raw);
}

KeyInput::~KeyInput() {
  if (!terminal_) return;
  tcsetattr(STDIN_FILENO, TCSANOW, &g_found);
  for (const int signal : kEnding) Handle(signal, SIG_DFL);
  Handle(SIGTSTP, SIG_DFL);
}

bool KeyInput::Fill(std::optional<std::chrono::steady_clock::time_point> deadline,
                    bool* timed_out) {
  using std::chrono::milliseconds;
  while (true) {
    int wait = -1;
    if (deadline) {
      const auto left =
          std::chrono::ceil<milliseconds>(*deadline - std::chrono::steady_clock::now());
      wait = static_cast<int>(std::clamp<int64_t>(left.count(), 0, 1'000'000));
    }
    pollfd input{STDIN_FILENO, POLLIN, 0};
    const int ready = poll(&input, 1, wait);
    if (ready < 0 && errno == EINTR) continue;
    if (ready == 0) {
      *timed_out = true;
      return true;
    }
    char bytes[256];
    const ssize_t count = read(STDIN_FILENO, bytes, sizeof bytes);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    pending_.append(bytes, static_cast<size_t>(count));
    return true;
  }
}

KeyInput::Answer KeyInput::TakeKey() {
  const std::string key = pending_.substr(0, KeyLength(pending_));
  pending_.erase(0, key.size());
  const bool quit = key == "q" || key == "Q" || key[0] == kControlD;
  return quit ? Answer::kQuit : Answer::kNext;
}

KeyInput::Answer KeyInput::Wait(std::optional<std::chrono::milliseconds> timeout) {
  std::optional<std::chrono::steady_clock::time_point> deadline;
  if (timeout) deadline = std::chrono::steady_clock::now() + *timeout;
  while (true) {
    if (terminal_ && !pending_.empty()) return TakeKey();
    const size_t end = pending_.find('\n');
    if (!terminal_ && end != pending_.npos) {
      const std::string line = pending_.substr(0, end);
      pending_.erase(0, end + 1);
      return line == "q" || line == "Q" ? Answer::kQuit : Answer::kNext;
    }
    bool timed_out = false;
    if (!Fill(deadline, &timed_out)) return Answer::kEnd;
    if (timed_out) return Answer::kTimeout;
  }
}

}  // namespace oneup::cli
