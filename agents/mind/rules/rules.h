// The rules of behaviour: what a principal does to its own state, and sets out to do, when it
// hears of something. All of them are in agents/mind/rules/, one file a family, a rule a few lines.
//
// To change a rule, change its lines there; to try a run without it, name it in the scenario
// (minds { off: "R06" }) or on the command line (--off R06). `oneup rules` prints the table;
// docs/rules.md is made from it.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "agents/mind/self.h"
#include "agents/mind/signal.h"

namespace oneup::mind {

// What a rule can do. Each deed is recorded with the rule as its cause. Delays are in days.
class Deeds {
 public:
  virtual ~Deeds() = default;

  // State of the principal's own mind.
  virtual void AddFomo(double jump) = 0;
  virtual void AddFace(double jump) = 0;
  virtual void ScaleFomo(double factor) = 0;
  virtual void Take(const Stance& stance) = 0;
  virtual void LoseCredibility(double share) = 0;

  // Talks. An approach by the hub carries what it asks for; by a supplier, that it wants to talk.
  virtual void Approach(Who whom, double delay_days) = 0;
  virtual void Court(Who whom, double delay_days) = 0;
  virtual void Refuse(Who whom, bool in_public) = 0;
  virtual void Pause(Who whom) = 0;
  virtual void Call(Who whom, double delay_days) = 0;  // reopens a stalled thread
  virtual void Unlock(deal::Issue issue) = 0;

  // What others can see or hear.
  virtual void Waive(double exclusivity) = 0;  // lets the hub go, down to this
  virtual void LeakSubstitution(Who about, Who other, double delay_days) = 0;
  virtual void Report(const Signal& tip, double delay_days) = 0;  // the press prints it
  virtual void Note(const Signal& seen, double delay_days) = 0;   // an analyst writes about it
  virtual void Deny(Who about, double delay_days) = 0;
  virtual void Amplify(const Signal& denial) = 0;
  virtual void CounterProgramme(double delay_days) = 0;
  virtual void Mock(Who whom, deal::Issue issue) = 0;
  virtual void OfferSites() = 0;

  // Own random numbers of this rule: exponential with the mean; uniform.
  virtual double Exponential(double mean) = 0;
  virtual double Uniform(double low, double high) = 0;
};

struct Rule {
  const char* id;      // "R07"
  const char* family;  // fomo, ego, leaks, talks, orchestration: can be switched off as one
  // In words: the table.
  const char* whose;
  const char* trigger;
  const char* condition;
  const char* effect;
  const char* evidence;  // lines of the source article, or the paper
  // In code.
  SignalKind on;
  bool (*concerns)(const v1::Principal& who);  // whose behaviour it is, by its traits
  // Probability that it acts on this signal, 0-1; 0 where the condition does not hold.
  double (*chance)(const Self& me, const Signal& signal);
  void (*act)(Self& me, const Signal& signal, Deeds& deeds);
};

// All rules, in the order in which they act on one signal.
std::span<const Rule> Rules();
// Rules that live in other code, for the table only: on and the functions are unset.
std::span<const Rule> MarketRules();

// The names of families and channels that `off` may hold beside ids. "ego.headline" is a part of
// the family "ego", which switches it off too.
std::vector<std::string> Switches();
// The family that a rule (by its id) or a part of a family belongs to; "" for any other name.
std::string FamilyOf(const std::string& name);
// Whether the name is an id of a rule, a family or a channel.
bool IsSwitch(const std::string& name);
// Whether a family or a channel is off.
bool IsOff(const std::string& name, const v1::MindParameters& minds);
// Whether the rule is off under these names.
bool IsOff(const Rule& rule, std::span<const std::string> off);

}  // namespace oneup::mind
