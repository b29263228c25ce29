// The replay as a person reads it: the narrated timeline. replay_tables.h closes it.
#pragma once

#include <string>

#include "sims/replay/replay.h"
#include "sims/report/terminal.h"
#include "sims/scenario/scenario.h"

namespace oneup::cli {

// Tells events one after the other. No line is wider than the style says, from 80
// columns on.
class Narrator {
 public:
  // Both must outlive the narrator.
  Narrator(const sims::LoadedScenario& scenario, const sims::Replay& replay,
           const sims::TerminalStyle& style);

  // One event: the year if it is a new one, the date, who, what, the terms, who knew of a
  // secret, what each exposed stock did on its first day (simulated, then recorded; bars
  // of all events have one scale), after a deal what the other stocks did, and after a
  // commitment of the hub the running totals.
  // position is its place in the schedule. Ends with an empty line.
  std::string Tell(size_t position);

 private:
  std::string Label(const std::string& text, sims::Color color = sims::Color::kDim) const;
  std::string Labelled(const std::string& label, const std::string& text) const;
  std::string Reactions(const sims::ScheduledEvent& scheduled) const;
  std::string Others(const sims::ScheduledEvent& scheduled) const;
  std::string ReactionLine(double first_day, const std::string& what) const;
  std::string Totals(size_t position) const;

  const sims::LoadedScenario& scenario_;
  const sims::Replay& replay_;
  const sims::TerminalStyle style_;
  double scale_ = 0;  // the largest first-day return of all
  int64_t year_ = 0;  // told last
};

// Names, the leading one first: "Lisa Su, Sam Altman".
std::string ActorsLine(const sims::LoadedScenario& scenario, const v1::Event& event);

// How long an event that nobody knew on its day stayed so, and who knew: "until 2024-10-29;
// known to Hock Tan, Sam Altman". Empty if it was public.
std::string SecretLine(const sims::LoadedScenario& scenario, const v1::Event& event,
                       kernel::CivilDay day);

// "$955 bn and 30.5 GW committed, 73 times a year's revenue".
std::string CommitmentsLine(const sims::Commitments& commitments);

}  // namespace oneup::cli
