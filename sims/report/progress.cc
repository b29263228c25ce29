#include "sims/report/progress.h"

#include <absl/strings/str_format.h>

#include <algorithm>
#include <utility>

#include "sims/report/terminal.h"

namespace oneup::sims {
namespace {

constexpr std::chrono::milliseconds kRepaint(100);

std::chrono::nanoseconds SteadyNow() { return std::chrono::steady_clock::now().time_since_epoch(); }

std::string FormatSeconds(double seconds) {
  const auto whole = static_cast<int64_t>(seconds + 0.5);
  if (whole < 60) return absl::StrFormat("%d s", whole);
  if (whole < 3600) return absl::StrFormat("%d:%02d min", whole / 60, whole % 60);
  return absl::StrFormat("%d:%02d h", whole / 3600, whole % 3600 / 60);
}

}  // namespace

bool ParseProgressMode(const std::string& text, ProgressMode* mode) {
  const struct {
    const char* name;
    ProgressMode mode;
  } modes[] = {{"auto", ProgressMode::kAuto},
               {"bar", ProgressMode::kBar},
               {"plain", ProgressMode::kPlain},
               {"none", ProgressMode::kNone}};
  for (const auto& each : modes) {
    if (text != each.name) continue;
    *mode = each.mode;
    return true;
  }
  return false;
}

Progress::Progress(std::string what, int64_t total, ProgressMode mode, FILE* out, Clock clock)
    : what_(std::move(what)),
      total_(std::max<int64_t>(total, 0)),
      mode_(mode),
      out_(out),
      clock_(clock ? std::move(clock) : Clock(SteadyNow)),
      start_(clock_()) {
  if (mode_ == ProgressMode::kAuto) {
    mode_ = IsTerminal(out_) ? ProgressMode::kBar : ProgressMode::kPlain;
  }
}

void Progress::Advance(int64_t pieces) {
  const std::lock_guard lock(mutex_);
  if (finished_ || pieces <= 0) return;
  done_ = std::min(done_ + pieces, total_);
  Show(false);
}

void Progress::Finish() {
  const std::lock_guard lock(mutex_);
  if (finished_) return;
  finished_ = true;
  Show(true);
}

void Progress::Show(bool last) {
  if (mode_ == ProgressMode::kNone || total_ == 0) return;
  const std::chrono::nanoseconds now = clock_();
  const double seconds = std::chrono::duration<double>(now - start_).count();
  if (mode_ == ProgressMode::kPlain) {
    const int64_t tenths = done_ * 10 / total_;
    if (tenths == shown_tenths_) return;
    shown_tenths_ = tenths;
    std::fprintf(out_, "%s\n", Text(seconds).c_str());
  } else {
    // A clock that was set back must not stop the bar until it has caught up.
    const bool painted_just_now =
        painted_.count() >= 0 && now >= painted_ && now - painted_ < kRepaint;
    if (!last && painted_just_now) return;
    painted_ = now;
    constexpr int kWidth = 24;
    const auto filled = static_cast<int>(done_ * kWidth / total_);
    std::string bar;
    for (int i = 0; i < kWidth; ++i) bar += i < filled ? "█" : "░";
    // Back to the line's beginning, and what an earlier, longer text left is erased.
    std::fprintf(out_, "\r%s %s\x1b[K%s", bar.c_str(), Text(seconds).c_str(), last ? "\n" : "");
  }
  std::fflush(out_);
}

std::string Progress::Text(double seconds) const {
  std::string text =
      absl::StrFormat("%3d %%  %d of %d %s", done_ * 100 / total_, done_, total_, what_);
  if (done_ == 0 || seconds <= 0) return text;
  const double rate = static_cast<double>(done_) / seconds;
  text += absl::StrFormat(", %.*f/s", rate < 10 ? 1 : 0, rate);
  if (done_ < total_) {
    text += ", " + FormatSeconds(static_cast<double>(total_ - done_) / rate) + " left";
  } else {
    text += ", in " + FormatSeconds(seconds);
  }
  return text;
}

}  // namespace oneup::sims
