// Sam Altman, OpenAI: the hub. He measures a gap of computing against a need that grows without end
// (S19, S25), asks one after the other for more than they have, keeps several threads open at once,
// and plays one rivalry against another.
//
// Whom he courts next (softmax over the suppliers that he may ask):
//   score_k = W(ask_k) + orchestration sum_j regard_j(k) incumbency_j   [billion USD]
// the second part being whom a deal with k would frighten. How often he asks grows with the gap.
// His other moves are rules of the families orchestration and leaks.
#pragma once

#include <optional>
#include <vector>

#include "agents/people/negotiator.h"

namespace oneup::people {

class Altman : public Negotiator {
 public:
  explicit Altman(const Setup& setup);

  void Move(mind::Who other) override;

 protected:
  void TakeIn(const mind::Signal& signal) override;
  void Respond(const mind::Signal& signal) override;
  // An approach of his carries what he asks for, on the day on which it is made.
  void Approach(mind::Who whom, double delay_days) override;

 private:
  // His side of a thread with one supplier.
  struct Dealings : Talks {
    deal::Table table;  // what the supplier last put on it
    Time agreed_at;
    uint64_t consent = 0;           // the record of the acceptance
    std::optional<Time> announced;  // the hour for which the announcement is planned
    bool published = false;         // it has been made
    bool ask_is_due = false;        // a rule wants it to be asked
    double patience_factor = 1;     // on his usual one, from run to run
    double standing = 0;            // what its last offer is worth to him
  };

  const v1::Demand& demand() const { return self_.traits->demand(); }
  Dealings& TalksWith(mind::Who k) { return talks_[static_cast<size_t>(k)]; }
  const v1::Supply& SupplyOf(mind::Who k) const {
    return self_.roll[static_cast<size_t>(k)]->supply();
  }
  // What he has signed, announced or not, with all but one.
  struct Signed {
    double gw = 0;             // quality-weighted, as sure as contracts make it
    double usd_bn = 0;         // what he has to pay
    double equity_usd_bn = 0;  // what suppliers put in
  };
  Signed SignedBut(mind::Who supplier) const;
  talks::HubWorth WorthWith(mind::Who supplier) const;
  // What he leaves to an underdog of what the exchange will make of it, which he would rather have.
  double ForgoneSurplus(const deal::Company& supplier, const deal::TermSheet& sheet,
                        const deal::Table& table) const;
  double Reservation(mind::Who supplier) const;
  talks::Temper TemperWith(mind::Who supplier) const;
  double Gap() const;
  double AskGw(mind::Who supplier) const;
  deal::TermSheet AskSheet(mind::Who supplier) const;
  bool MayAsk(mind::Who supplier) const;
  void CourtNext();
  void BeginTalks(mind::Who supplier, const deal::Table& table);
  void Agree(mind::Who supplier, const deal::TermSheet& sheet, uint64_t consent);
  // Agreements whose day and stage have come are announced.
  void PlanAnnouncements();
  void Announce(mind::Who supplier);
  void Publish(mind::Who supplier);
  bool HomeRefused() const;

  std::vector<Dealings> talks_;   // by place
  std::vector<Time> not_before_;  // by place: nobody is asked earlier
  kernel::Stream courting_;
  double stage_open_ = 0.6;  // glamour of the greatest stage that can be had now
  std::optional<Time> last_announced_;
};

}  // namespace oneup::people
