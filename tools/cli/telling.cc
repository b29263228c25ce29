#include "tools/cli/telling.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <optional>
#include <thread>

#include "tools/cli/key_input.h"
#include "tools/cli/replay_text.h"

namespace oneup::cli {
namespace {

constexpr int kWidest = 100;  // longer lines are hard to read

}  // namespace

bool TellEvents(const sims::LoadedScenario& scenario, const sims::Replay& replay,
                kernel::CivilDay from, kernel::CivilDay until, const Pace& pace,
                const sims::TerminalStyle& style) {
  Narrator narrator(scenario, replay, style);
  std::optional<std::chrono::milliseconds> pause;
  if (pace.speed > 0) pause = std::chrono::milliseconds(std::llround(1000 / pace.speed));
  std::unique_ptr<KeyInput> keys;
  if (pace.step) keys = std::make_unique<KeyInput>();
  for (size_t i = 0; i < scenario.schedule.size(); ++i) {
    const kernel::CivilDay day = scenario.schedule[i].day;
    if (day < from || day > until) continue;
    std::cout << narrator.Tell(i) << std::flush;
    if (keys == nullptr) {
      if (pause) std::this_thread::sleep_for(*pause);
      continue;
    }
    if (keys->is_terminal()) std::cerr << "-- any key: go on, q: quit -- " << std::flush;
    const KeyInput::Answer answer = keys->Wait(pause);
    if (keys->is_terminal()) std::cerr << "\r                             \r" << std::flush;
    if (answer == KeyInput::Answer::kQuit) return false;
    if (answer == KeyInput::Answer::kEnd) keys.reset();
  }
  return true;
}

sims::TerminalStyle TellingStyle() {
  sims::TerminalStyle style = sims::TerminalStyle::Detect(stdout);
  const bool width_known = sims::IsTerminal(stdout) || std::getenv("COLUMNS") != nullptr;
  style.width = width_known ? std::min(style.width, kWidest) : kWidest;
  return style;
}

}  // namespace oneup::cli
