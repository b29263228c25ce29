// Whoever has something that the hub wants: chips, clouds, money. Its temper and economics are data
// (proto/oneup/v1/principals.proto); a person adds what data cannot say by overriding Gives and
// Taste. Oracle, Broadcom, Google and TSMC are suppliers by data alone.
#pragma once

#include "agents/people/negotiator.h"

namespace oneup::people {

class Supplier : public Negotiator {
 public:
  explicit Supplier(const Setup& setup);

  void Move(mind::Who other) override;
  void Pin(const v1::Pin& pin, const std::string& line, uint64_t record) override;
  void Compel(v1::Answer answer, const std::string& line, uint64_t record) override;
  void Refresh() override;

 protected:
  void TakeIn(const mind::Signal& signal) override;
  void Respond(const mind::Signal& signal) override;
  // Who calls is ready to talk.
  void Approach(mind::Who whom, double delay_days) override;
  void Call(mind::Who whom, double delay_days) override;
  void Refuse(mind::Who whom, bool in_public) override;
  void Pause(mind::Who whom) override;

  // What it can put on the table today.
  virtual deal::Table Gives() const;
  // What the person makes of a sheet beyond economics, stock and the usual pride, billion USD.
  virtual double Taste(const deal::TermSheet&) const { return 0; }

  const v1::Supply& supply() const { return self_.traits->supply(); }
  const v1::Character& character() const { return self_.traits->character(); }
  deal::Company books() const { return outside_.BooksOf(self_.who); }

 private:
  // d: what it has without a deal, as it feels it.
  double Reservation() const;
  talks::Temper Temper() const;
  talks::SupplierWorth Worth() const;
  void Judge(const deal::TermSheet& sheet);
  void Agree(const deal::TermSheet& sheet);
  void Reconsider();
  // Talks leak by themselves now and then.
  void Gossip();
  // Whether it is compelled to this answer.
  bool Must(v1::Answer answer) const { return answer_ == answer; }
  // Says yes, or, before there is anything to say yes to, offers what the hub has asked for.
  void SayYes();

  // From run to run: factors on its disagreement payoff and its patience.
  double disagreement_factor_;
  double patience_factor_;
  double trust_before_;  // the scenario's, when it was last read
  std::optional<double> pinned_trust_;
  v1::Answer answer_ = v1::ANSWER_UNSPECIFIED;
  std::string compelled_by_;
  std::optional<deal::TermSheet> asked_;  // what the hub has last asked for
  Time from_;                             // it has nothing to offer earlier
  Talks talks_;
  kernel::Stream gossip_;
};

}  // namespace oneup::people
