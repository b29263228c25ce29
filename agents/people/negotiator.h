// Who bargains over term sheets: what the hub and the suppliers do alike in a thread of talks. What
// a sheet is worth to them, and whom they talk to, is their own.
#pragma once

#include <optional>

#include "agents/people/principal.h"
#include "agents/people/purposes.h"
#include "agents/talks/side.h"
#include "agents/talks/worth.h"

namespace oneup::people {

// What anybody expects a supplier to be able to offer, sweeteners aside. stage: glamour of the
// greatest stage to be had.
deal::Table UsualTable(const v1::Supply& supply, double stage);

// When the supplier begins to have something to offer; `start` if that is not said.
Time OfferedFrom(const v1::Supply& supply, Time start);

// Past this many times one's patience a thread without agreement is left to rest.
inline constexpr double kEndOfPatience = 1.25;

class Negotiator : public Principal {
 public:
  explicit Negotiator(const Setup& setup);

 protected:
  // One's own side of a thread.
  struct Talks {
    talks::Side side;
    std::optional<deal::TermSheet> agreed;
    uint64_t answering = 0;  // the record that the next move answers
    bool moving = false;     // a move of one's own is under way
  };

  // The thread opens, or opens again.
  void Open(mind::Who other, Talks& talks);
  // Moves after half to three halves of half a round, if no move is under way.
  void AnswerLater(mind::Who other, Talks& talks);
  // One's turn has come: time passes. Whether there is still something to talk about.
  bool BeginMove(mind::Who other, Talks& talks);
  // Nothing on the table is worth it: looks again after a round.
  void WaitARound(mind::Who other, Talks& talks);
  // Sends an offer or an acceptance; its record. worth and reservation: as one feels them.
  uint64_t Speak(mind::Who other, const Talks& talks, const talks::Move& move,
                 const deal::Table& table, const talks::Worth& worth, double reservation);

  // Whether keeping the agreement costs more than leaving it: 2 % of its headline. loss: what one
  // has without it less what it is worth.
  static bool Regrets(double loss, const deal::TermSheet& agreed);
  // The other side accepts. True if the sheet is one's own standing offer, so that both have
  // consented to it. Both may have accepted the same sheet at once; else the word no longer stands,
  // and neither is bound.
  bool HearAcceptance(mind::Who other, Talks& talks, const deal::TermSheet& sheet, bool can_give);
  // Nothing is agreed any more; the thread rests.
  void Drop(mind::Who other, Talks& talks);
  // Leaves the agreement, and says so.
  void Leave(mind::Who other, Talks& talks);
  // The other side has left it, which costs face.
  void BeLeft(mind::Who other, Talks& talks);

 private:
  std::vector<kernel::Stream> latency_;  // by place
};

}  // namespace oneup::people
