// Finding a good term sheet among 10^9 without enumerating them.
//
// Best: coordinate ascent, an issue at a time over all its values, until nothing improves.
// Concede: from a sheet that is worth at least the target, one grid step at a time towards what
// the other side asked for last, each time the step that costs least for what it seems to matter,
// while the sheet stays worth the target. That is the trade-off of Faratin, Sierra and Jennings
// (2002), "Using similarity criteria to make issue trade-offs": the point of one's own
// indifference curve most like the other's offer.
//
// Against brute force on small tables (tests/agents/talks), Best is the best on 92 to 98 of 100,
// and Concede as near to the other's wish as can be on 94.
#pragma once

#include <algorithm>
#include <array>
#include <optional>

#include "agents/deal/term_sheet.h"

namespace oneup::talks {

// How much each issue seems to matter to the other side: what it never moved matters most.
using Weights = std::array<double, deal::kIssues>;

// The sheet of the table that is worth most, as far as coordinate ascent from `start` finds it;
// start is moved onto the table. Worth is a callable: TermSheet -> billion USD. None if no sheet of
// the table is valid.
template <typename Worth>
std::optional<deal::TermSheet> Best(const Worth& worth, const deal::Table& table,
                                    deal::TermSheet start);

// See above. `from` is valid and on the table, and worth the target or more.
template <typename Worth>
deal::TermSheet Concede(const Worth& worth, const deal::Table& table, deal::TermSheet from,
                        double target, const deal::TermSheet& towards, const Weights& weights);

// ---- Implementation -------------------------------------------------------------------------

template <typename Worth>
std::optional<deal::TermSheet> Best(const Worth& worth, const deal::Table& table,
                                    deal::TermSheet start) {
  constexpr int kMostSweeps = 6;
  for (int i = 0; i < deal::kIssues; ++i) {
    start.place[i] = std::clamp(start.place[i], table.least[i], table.most[i]);
  }
  if (!deal::Valid(start)) {
    // What makes a sheet invalid is too little capacity or money for too many sweeteners,
    // or too loud a headline for what binds.
    using deal::Issue;
    for (const Issue more : {Issue::kCapacity, Issue::kPrice}) {
      start.place[deal::IndexOf(more)] = table.most[deal::IndexOf(more)];
    }
    for (const Issue less :
         {Issue::kEquity, Issue::kWarrants, Issue::kGuarantee, Issue::kBinding, Issue::kHeadline}) {
      start.place[deal::IndexOf(less)] = table.least[deal::IndexOf(less)];
    }
    if (!deal::Valid(start)) return std::nullopt;
  }
  double best = worth(start);
  for (int sweep = 0; sweep < kMostSweeps; ++sweep) {
    bool improved = false;
    for (int i = 0; i < deal::kIssues; ++i) {
      deal::TermSheet trial = start;
      for (int place = table.least[i]; place <= table.most[i]; ++place) {
        trial.place[i] = static_cast<uint8_t>(place);
        if (place == start.place[i] || !deal::Valid(trial)) continue;
        const double value = worth(trial);
        if (value <= best) continue;
        improved = true;
        best = value;
        start = trial;
      }
    }
    if (!improved) break;
  }
  return start;
}

template <typename Worth>
deal::TermSheet Concede(const Worth& worth, const deal::Table& table, deal::TermSheet from,
                        double target, const deal::TermSheet& towards, const Weights& weights) {
  // A step that costs nothing is taken before all others, and of those the one that matters most.
  constexpr double kFree = 1e-9;
  double value = worth(from);
  while (true) {
    double best_rate = 0;
    deal::TermSheet best_step;
    double best_value = 0;
    for (int i = 0; i < deal::kIssues; ++i) {
      const int wish = std::clamp(towards.place[i], table.least[i], table.most[i]);
      if (wish == from.place[i]) continue;
      deal::TermSheet step = from;
      step.place[i] = static_cast<uint8_t>(from.place[i] + (wish > from.place[i] ? 1 : -1));
      if (!deal::Valid(step)) continue;
      const double after = worth(step);
      if (after < target) continue;
      const double rate = weights[i] / std::max(value - after, kFree);
      if (rate <= best_rate) continue;
      best_rate = rate;
      best_step = step;
      best_value = after;
    }
    if (best_rate == 0) return from;
    from = best_step;
    value = best_value;
  }
}

}  // namespace oneup::talks
