#include "tools/cli/interrupt.h"

#include <csignal>

namespace oneup::cli {
namespace {

constexpr int kSignals[] = {SIGINT, SIGTERM};

// Handlers have no other way to what they change; both are lock-free.
std::atomic<bool> was_asked = false;
volatile std::sig_atomic_t number = 0;

void SetDefault() {
  for (const int each : kSignals) std::signal(each, SIG_DFL);
}

void OnSignal(int which) {
  number = which;
  was_asked = true;
  SetDefault();
}

}  // namespace

Interrupt::Interrupt() {
  was_asked = false;
  for (const int each : kSignals) std::signal(each, OnSignal);
}

Interrupt::~Interrupt() { SetDefault(); }

const std::atomic<bool>& Interrupt::asked() const { return was_asked; }

int Interrupt::exit_code() const { return 128 + number; }

}  // namespace oneup::cli
