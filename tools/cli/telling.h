// Telling a story's events one after the other, at the pace that was asked for.
#pragma once

#include "market/kernel/civil_time.h"
#include "sims/replay/replay.h"
#include "sims/report/terminal.h"
#include "sims/scenario/scenario.h"

namespace oneup::cli {

struct Pace {
  bool step = false;  // wait for a key after each event
  double speed = 0;   // events a second; 0 for no pause
};

// Tells the events from one day to another on standard output. False: the reader had enough.
bool TellEvents(const sims::LoadedScenario& scenario, const sims::Replay& replay,
                kernel::CivilDay from, kernel::CivilDay until, const Pace& pace,
                const sims::TerminalStyle& style);

// How standard output looks: a terminal as wide as it is, up to 100 columns.
sims::TerminalStyle TellingStyle();

}  // namespace oneup::cli
