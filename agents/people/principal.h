// One who acts: hears a signal, lets the rules act on its mind, then does what its part asks for.
// Supplier, Altman (the hub) and Press are the parts; each person is a file of this folder.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agents/mind/rules/rules.h"
#include "agents/mind/self.h"
#include "agents/people/outside.h"
#include "market/kernel/random.h"
#include "oneup/v1/intervention.pb.h"

namespace oneup::people {

// What everybody is made with. All that it points to outlives the principal.
struct Setup {
  mind::Who who = mind::kNobody;
  std::vector<const v1::Principal*> roll;  // all, by place; the hub first
  const v1::MindParameters* minds = nullptr;
  Outside* outside = nullptr;
  uint64_t seed = 1;
  Time start;
};

class Principal : protected mind::Deeds {
 public:
  explicit Principal(const Setup& setup);
  ~Principal() override = default;
  Principal(const Principal&) = delete;
  Principal& operator=(const Principal&) = delete;

  // Something reaches it now.
  void Perceive(const mind::Signal& signal);
  // It is its turn in the thread with another.
  virtual void Move(mind::Who /*other*/) {}

  const mind::Self& self() const { return self_; }

  // ---- Interventions: a counterfactual changes what one is, never what one hears. ----
  // Each is a line of the grammar (sims/scenario/intervention_text.h), and has begun with a record.
  // A state stays at a value from now on.
  virtual void Pin(const v1::Pin& pin, const std::string& line, uint64_t record);
  // From now on it does not choose its answer to the hub. Only suppliers have one.
  virtual void Compel(v1::Answer /*answer*/, const std::string& /*line*/, uint64_t /*record*/) {}
  // Numbers or switches of the scenario have changed.
  virtual void Refresh();

 protected:
  // What its part makes of a signal, after the rules.
  virtual void Respond(const mind::Signal& signal) = 0;
  // What it takes in before them.
  virtual void TakeIn(const mind::Signal& signal);

  // Deeds of the rules, the same for all parts.
  void AddFomo(double jump) override;
  void AddFace(double jump) override;
  void ScaleFomo(double factor) override;
  void Take(const mind::Stance& stance) override;
  void LoseCredibility(double share) override;
  void Approach(mind::Who whom, double delay_days) override;
  void Court(mind::Who whom, double delay_days) override;
  void Refuse(mind::Who whom, bool in_public) override;
  void Pause(mind::Who whom) override;
  void Call(mind::Who whom, double delay_days) override;
  void Unlock(deal::Issue issue) override;
  void Waive(double exclusivity) override;
  void LeakSubstitution(mind::Who about, mind::Who other, double delay_days) override;
  void Report(const mind::Signal& tip, double delay_days) override;
  void Note(const mind::Signal& seen, double delay_days) override;
  void Deny(mind::Who about, double delay_days) override;
  void Amplify(const mind::Signal& denial) override;
  void CounterProgramme(double delay_days) override;
  void Mock(mind::Who whom, deal::Issue issue) override;
  void OfferSites() override;
  double Exponential(double mean) override;
  double Uniform(double low, double high) override;

  // Time has passed: the mind with it.
  void Awake();
  bool Off(const std::string& name) const;
  mind::Thread& With(mind::Who other) { return self_.threads[static_cast<size_t>(other)]; }
  void SetStage(mind::Who other, mind::Stage stage);
  mind::Signal Say(mind::SignalKind kind, mind::Who about = mind::kNobody) const;
  // Own random numbers that belong to no rule; each use has its own purpose.
  kernel::Stream StreamOf(uint32_t purpose) const;
  // The same, of what passes between it and one other.
  kernel::Stream StreamWith(mind::Who other, uint32_t purpose) const;
  // What is done from now on is owed to this record.
  void Because(uint64_t record) { cause_ = record; }
  // The last record that led to what is done now: a rule, or a perception. Recorded only when
  // something comes of it.
  uint64_t Cause();
  // An intervention has an effect, which is the cause of what is done from now on.
  void Intervened(const std::string& line, const std::string& effect);

  mind::Self self_;
  Outside& outside_;

 private:
  struct Living {
    const mind::Rule* rule;
    kernel::Stream draws;
    std::string off;  // switched off within the run, by this name
  };
  std::vector<Living>& RulesOn(mind::SignalKind kind) { return rules_[static_cast<size_t>(kind)]; }
  void ChangeFomo(double before);
  // Whether a state is pinned, so that it does not change here.
  bool Holds(const char* state);

  uint64_t seed_;
  uint32_t entity_;
  std::array<std::vector<Living>, mind::kSignalKinds> rules_;  // by what they act on, in order
  Living* acting_ = nullptr;
  const mind::Signal* heard_ = nullptr;
  std::map<std::string, std::string> pinned_;  // state: the intervention
  uint64_t cause_ = 0;
};

}  // namespace oneup::people
