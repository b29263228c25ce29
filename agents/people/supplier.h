// Whoever has something that the hub wants: chips, clouds, money. Its temper and economics are data
// (proto/oneup/v1/principals.proto); a person adds what data cannot say by overriding Gives and
// Taste. Oracle, Broadcom, Google and TSMC are suppliers by data alone.
#pragma once

#include <memory>
#include <optional>

#include "agents/people/principal.h"
#include "agents/talks/side.h"
#include "agents/talks/worth.h"

namespace oneup::people {

class Supplier : public Principal {
 public:
  explicit Supplier(const Setup& setup);

  void Move(mind::Who other) override;

 protected:
  void TakeIn(const mind::Signal& signal) override;
  void Respond(const mind::Signal& signal) override;
  // Who calls is ready to talk.
  void Approach(mind::Who whom, double delay_days) override;
  void Call(mind::Who whom, double delay_days) override;

  // What it can put on the table today.
  virtual deal::Table Gives() const;
  // What the person makes of a sheet beyond economics, stock and the usual pride, billion USD.
  virtual double Taste(const deal::TermSheet&) const { return 0; }

  const v1::Supply& supply() const { return self_.traits->supply(); }
  const v1::Character& character() const { return self_.traits->character(); }
  talks::Books books() const { return outside_.BooksOf(self_.who); }

 private:
  // d: what it has without a deal, as it feels it.
  double Reservation() const;
  talks::Temper Temper() const;
  talks::SupplierWorth Worth() const;
  void Judge(const deal::TermSheet& sheet);
  void BeginTalks();
  void Reconsider();
  void Gossip();

  double disagreement_usd_bn_;
  double patience_days_;
  Time from_;  // it has nothing to offer earlier
  talks::Side side_;
  kernel::Stream latency_;
  kernel::Stream gossip_;
  std::optional<deal::TermSheet> agreed_;
  uint64_t answering_ = 0;  // the record that its next move answers
  bool moving_ = false;     // a move of its own is under way
};

// What anybody expects a supplier to be able to offer, sweeteners aside.
deal::Table UsualTable(const v1::Supply& supply, double stage);

// Days until one answers: half to three halves of half a round.
double Latency(const v1::MindParameters& minds, kernel::Stream& stream);

}  // namespace oneup::people
