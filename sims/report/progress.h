// Progress of long work on stderr. For a person at a terminal a bar, repainted at
// most ten times a second, with rate and time left; for a log one line every ten
// percent. The only place where the wall clock is looked at: nothing simulated
// depends on it.
//
//   Progress progress("seeds", 200);
//   ... progress.Advance();      // from any thread
//   progress.Finish();           // or by the destructor
#pragma once

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <mutex>
#include <string>

namespace oneup::sims {

enum class ProgressMode {
  kAuto,  // kBar at a terminal, else kPlain
  kBar,
  kPlain,
  kNone,
};

// "auto", "bar", "plain" or "none"; false for anything else.
bool ParseProgressMode(const std::string& text, ProgressMode* mode);

class Progress {
 public:
  using Clock = std::function<std::chrono::nanoseconds()>;

  // `total` pieces of work named `what`; `out` and `clock` can be replaced for tests.
  Progress(std::string what, int64_t total, ProgressMode mode = ProgressMode::kAuto,
           FILE* out = stderr, Clock clock = nullptr);
  ~Progress() { Finish(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // `pieces` more are done. Thread-safe; what is shown never goes back.
  void Advance(int64_t pieces = 1);
  // Ends the line. Nothing is shown afterwards. Idempotent.
  void Finish();

 private:
  void Show(bool last);
  std::string Text(double seconds) const;

  const std::string what_;
  const int64_t total_;
  ProgressMode mode_;
  FILE* const out_;
  const Clock clock_;
  const std::chrono::nanoseconds start_;
  std::mutex mutex_;
  int64_t done_ = 0;
  int64_t shown_tenths_ = 0;
  std::chrono::nanoseconds painted_{-1};
  bool finished_ = false;
};

}  // namespace oneup::sims
