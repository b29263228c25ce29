// The world as a principal meets it: where messages go, what can be looked up by anybody, and who
// keeps the record. Principals know no other principal; they know this.
#pragma once

#include <cstdint>
#include <string>

#include "agents/mind/rules/rules.h"
#include "agents/mind/signal.h"
#include "agents/people/outlook.h"
#include "agents/talks/worth.h"
#include "market/kernel/time.h"
#include "oneup/v1/principals.pb.h"
#include "oneup/v1/trace.pb.h"

namespace oneup::people {

class Outside {
 public:
  virtual ~Outside() = default;

  virtual Time now() const = 0;

  // Delivers a message to one principal, or what everybody may see to all; signal.from speaks.
  virtual void Send(mind::Who to, const mind::Signal& signal, double delay_days,
                    uint64_t cause) = 0;
  virtual void Publish(const mind::Signal& signal, double delay_days, uint64_t cause) = 0;
  // Tells all reporters or analysts.
  virtual void Whisper(v1::Part to, const mind::Signal& signal, double delay_days,
                       uint64_t cause) = 0;
  // Wakes the principal for its next move in the thread with another.
  virtual void Wake(mind::Who who, mind::Who other, double delay_days) = 0;
  // Something that happens between two of them and is worth telling, without being public.
  virtual void Tell(const mind::Signal& signal, uint64_t cause) = 0;

  // Anybody's knowledge.
  virtual deal::Company BooksOf(mind::Who supplier) const = 0;
  virtual const talks::AnnuityTable& annuities() const = 0;
  virtual const v1::ValuationParameters& valuation() const = 0;
  // The hub's own knowledge; its past revenue is published.
  virtual Outlook OutlookIn(double years) const = 0;
  virtual bool TradingDay() const = 0;
  virtual int64_t TradingDaysSince(Time earlier) const = 0;

  // The record of the run; 0 where nothing is recorded.
  virtual uint64_t OnPerception(mind::Who who, const mind::Signal& signal) = 0;
  virtual uint64_t OnRule(const mind::Rule& rule, mind::Who who, mind::Who about,
                          uint64_t cause) = 0;
  virtual void OnMind(mind::Who who, v1::MindState state, double before, double after,
                      uint64_t cause) = 0;
  virtual uint64_t OnOffer(mind::Who to, v1::OfferKind kind, const mind::Signal& signal,
                           const talks::Worth& worth, double reservation, uint64_t cause) = 0;
  virtual void OnThread(mind::Who supplier, mind::Stage stage, uint64_t cause) = 0;
  // An intervention (a line of the grammar) has an effect on somebody.
  virtual uint64_t OnIntervened(mind::Who who, const std::string& intervention,
                                const std::string& effect, uint64_t cause) = 0;
};

}  // namespace oneup::people
