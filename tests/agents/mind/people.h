// A small cast for tests of minds and rules, and deeds that only take note.
#pragma once

#include <absl/strings/str_format.h>
#include <google/protobuf/text_format.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "agents/mind/rules/rules.h"
#include "oneup/v1/principals.pb.h"

namespace oneup::mind {

// Places. Each stands for a kind of person, and has what the rules ask of that kind.
enum Place : Who {
  kIncumbent = kHub + 1,
  kUnderdog,
  kBeliever,
  kHome,
  kCloud,
  kFoundry,
  kPress,
  kAnalyst
};

inline const std::vector<v1::Principal>& People() {
  static const auto* const kPeople = [] {
    auto* people = new std::vector<v1::Principal>;
    for (const char* text : {
             R"(actor: "hub" part: PART_HUB
                demand { story_growth: 0.1 bluff_cost: 0.05 leak_after_days: 21 })",
             R"(actor: "incumbent" part: PART_SUPPLIER character { incumbency: 0.9 fear_usd_bn: 30 }
                supply { layer: "chip" quality: 1 most_equity_usd_bn: 100
                         most_guarantee_usd_bn: 20 })",
             R"(actor: "underdog" part: PART_SUPPLIER character { incumbency: 0.1 }
                supply { layer: "chip" quality: 0.5 most_warrants_percent: 10 })",
             R"(actor: "believer" part: PART_SUPPLIER character { incumbency: 0.2 belief: 1 }
                supply { layer: "funding" quality: 0.6 site_wish: 1 most_equity_usd_bn: 30 })",
             R"(actor: "home" part: PART_SUPPLIER character { incumbency: 0.8 fear_usd_bn: 20 }
                supply { layer: "cloud" quality: 1 margin: 0.4 least_gw: 0.5
                         demand_headroom_usd_bn: 10 })",
             R"(actor: "cloud" part: PART_SUPPLIER character { incumbency: 0.3 }
                supply { layer: "cloud" quality: 1 })",
             R"(actor: "foundry" part: PART_SUPPLIER
                supply { layer: "foundry" quality: 1 own_capex_usd_bn: 40 })",
             R"(actor: "press" part: PART_REPORTER)",
             R"(actor: "analyst" part: PART_ANALYST)",
         }) {
      if (!google::protobuf::TextFormat::ParseFromString(text, &people->emplace_back())) {
        std::abort();
      }
    }
    return people;
  }();
  return *kPeople;
}

// The model's defaults (model.md 3.1 to 3.3).
inline const v1::MindParameters& Defaults() {
  static const auto* const kDefaults = [] {
    auto* minds = new v1::MindParameters;
    minds->set_fomo_half_life_days(45);
    minds->set_rival_jump(0.10);
    minds->set_passed_over_jump(0.50);
    minds->set_leak_jump(0.60);
    minds->set_surge_jump(0.10);
    minds->set_relief(0.9);
    minds->set_face_half_life_days(30);
    minds->set_stance_half_life_days(120);
    return minds;
  }();
  return *kDefaults;
}

// A day well into the run.
inline Time Today() { return Time{} + Duration::Days(20000); }

inline Self SelfOf(Who who) {
  Self self{Mind(Defaults(), Today())};
  self.who = who;
  self.traits = &People()[static_cast<size_t>(who)];
  self.minds = &Defaults();
  for (const v1::Principal& person : People()) self.roll.push_back(&person);
  self.now = Today();
  self.threads.resize(self.roll.size());
  self.regards.resize(self.roll.size());
  self.refused.resize(self.roll.size());
  self.delivers.resize(self.roll.size(), 1);
  self.own_headline_usd_bn = 10;
  self.known.record_usd_bn = 10;
  return self;
}

// Takes note of every deed in words, and changes the mind of the one who acts. Draws are means.
class NotedDeeds : public Deeds {
 public:
  explicit NotedDeeds(Self& me) : me_(me) {}
  const std::string& text() const { return text_; }

  void AddFomo(double jump) override {
    Note(absl::StrFormat("F %+.4g", jump));
    me_.mind.AddFomo(jump);
  }
  void AddFace(double jump) override {
    Note(absl::StrFormat("L %+.4g", jump));
    me_.mind.AddFace(jump);
  }
  void ScaleFomo(double factor) override {
    Note(absl::StrFormat("F x%.4g", factor));
    me_.mind.ScaleFomo(factor);
  }
  void Take(const Stance& stance) override {
    Note(absl::StrFormat("word: %s <= %.4g", deal::NameOf(stance.issue), stance.bound));
    me_.mind.Take(stance);
  }
  void LoseCredibility(double share) override { Note(absl::StrFormat("credibility -%g", share)); }
  void Approach(Who whom, double days) override { With("approach", whom, days); }
  void Court(Who whom, double days) override { With("court", whom, days); }
  void Refuse(Who whom, bool in_public) override {
    Note(absl::StrFormat("refuse %s%s", Name(whom), in_public ? " in public" : ""));
  }
  void Pause(Who whom) override { Note("pause " + Name(whom)); }
  void Call(Who whom, double days) override { With("call", whom, days); }
  void Unlock(deal::Issue issue) override { Note(std::string("unlock ") + deal::NameOf(issue)); }
  void Waive(double exclusivity) override { Note(absl::StrFormat("waive to %g", exclusivity)); }
  void LeakSubstitution(Who about, Who other, double days) override {
    With("leak that " + Name(other) + " replaces", about, days);
  }
  void Report(const Signal& tip, double days) override { With("report on", tip.about, days); }
  void Note(const Signal& seen, double days) override { With("write about", seen.from, days); }
  void Deny(Who about, double days) override { With("deny about", about, days); }
  void Amplify(const Signal&) override { Note("amplify"); }
  void CounterProgramme(double) override { Note("counter-programme"); }
  void Mock(Who whom, deal::Issue issue) override {
    Note("mock " + Name(whom) + "'s " + deal::NameOf(issue));
  }
  void OfferSites() override { Note("sites"); }
  double Exponential(double mean) override { return mean; }
  double Uniform(double low, double high) override { return (low + high) / 2; }

 private:
  static std::string Name(Who who) { return People()[static_cast<size_t>(who)].actor(); }
  void Note(const std::string& deed) { text_ += (text_.empty() ? "" : "; ") + deed; }
  void With(const std::string& deed, Who whom, double days) {
    Note(deed + " " + Name(whom) + (days > 0 ? absl::StrFormat(" in %.4g d", days) : ""));
  }

  Self& me_;
  std::string text_;
};

inline const Rule& RuleOf(const std::string& id) {
  for (const Rule& rule : Rules()) {
    if (rule.id == id) return rule;
  }
  std::abort();
}

}  // namespace oneup::mind
