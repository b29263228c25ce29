// One side of one thread of talks: what it has heard, what it has said, and how far it has come
// down. Stacked alternating offers between two (agents/negotiation/session.h has the protocol for
// published domains); here messages take days, the table may grow while one talks, and nobody is
// forced to answer.
//
// Target (Faratin, Sierra, Jennings 1998, with the model's mind):
//   U* = 1 - tau^(1/e),  tau = days since the opening / T
//   e  = e0 exp(fear f - pride min(1, L)),   T = T0 exp(-haste f)
//   U* <- (1 - b (1 - tau)) U* + b (1 - tau) U_tft,   U_tft = 1 - what the other side has come
//   towards one
// where U counts from the disagreement payoff d (0) to the best sheet (1). It accepts what is worth
// at least its own next offer (AC_next), and never offers or accepts what is worth less than d.
#pragma once

#include <algorithm>
#include <optional>

#include "agents/deal/term_sheet.h"
#include "agents/talks/bidding.h"
#include "market/kernel/time.h"

namespace oneup::talks {

// How one negotiates today, after all that moves it.
struct Temper {
  double concession = 1;     // e, > 0
  double patience_days = 1;  // T, > 0
  double imitation = 0;      // b, 0-1
};

struct Move {
  enum class Kind { kOffer, kAccept, kWait };  // kWait: nothing on the table is worth d
  Kind kind = Kind::kWait;
  deal::TermSheet sheet;  // of an offer
  double target = 0;      // in billion USD
};

class Side {
 public:
  // The thread opens, or opens again.
  void Open(Time now);
  // The other side's offer.
  void Hear(const deal::TermSheet& offer);

  // tau: 0 when the thread opened, 1 when patience is at its end, beyond it more.
  double Elapsed(Time now, const Temper& temper) const;
  const std::optional<deal::TermSheet>& heard() const { return heard_; }
  const std::optional<deal::TermSheet>& said() const { return said_; }

  // One's own word from now on, whatever Next would have said.
  void Say(const deal::TermSheet& offer) { said_ = offer; }

  // What to do next. worth: TermSheet -> billion USD; d: the disagreement payoff.
  template <typename Worth>
  Move Next(Time now, const Worth& worth, double d, const deal::Table& table, const Temper& temper);
  // The most that a sheet of the table is worth; none if no sheet is valid.
  template <typename Worth>
  std::optional<deal::TermSheet> BestOf(const Worth& worth, const deal::Table& table) const {
    return Best(worth, table, best_.value_or(deal::TermSheet{}));
  }

 private:
  // The share of the way that is still asked for.
  double Aspiration(double elapsed, const Temper& temper, double towards) const;
  Weights WeightsOfOther() const;

  Time opened_;
  std::optional<deal::TermSheet> first_heard_;
  std::optional<deal::TermSheet> heard_;
  std::optional<deal::TermSheet> said_;
  std::optional<deal::TermSheet> best_;
  std::array<int, deal::kIssues> moved_{};  // by issue: offers in which the other side moved it
};

template <typename Worth>
Move Side::Next(Time now, const Worth& worth, double d, const deal::Table& table,
                const Temper& temper) {
  Move move;
  best_ = BestOf(worth, table);
  if (!best_) return move;
  const double most = worth(*best_);
  if (most < d) return move;
  const double span = most - d;
  double towards = 0;
  if (heard_ && span > 0) {
    towards = std::clamp((worth(*heard_) - worth(*first_heard_)) / span, 0.0, 1.0);
  }
  // Rounding must not ask for more than there is: steps that cost nothing would cost too much.
  move.target = std::min(most, d + span * Aspiration(Elapsed(now, temper), temper, towards));
  // It goes on from its last offer while that is still enough, else from its best.
  const bool goes_on = said_ && deal::Check(*said_, table).ok() && worth(*said_) >= move.target;
  move.sheet = goes_on ? *said_ : *best_;
  if (heard_) {
    move.sheet = Concede(worth, table, move.sheet, move.target, *heard_, WeightsOfOther());
  }
  move.kind = Move::Kind::kOffer;
  if (heard_ && deal::Check(*heard_, table).ok()) {
    const double offered = worth(*heard_);
    if (offered >= d && offered >= worth(move.sheet)) {
      move.kind = Move::Kind::kAccept;
      move.sheet = *heard_;
      return move;
    }
  }
  said_ = move.sheet;
  return move;
}

}  // namespace oneup::talks
