#include "agents/people/principal.h"

#include <algorithm>
#include <cstdlib>

#include "agents/people/purposes.h"
#include "oneup/v1/principals.pb.h"

namespace oneup::people {
namespace {

using mind::Signal;
using mind::SignalKind;
using mind::Stage;
using mind::Who;

// Principals are keyed by name: one more shifts nobody's draws (FNV-1a, 32 bit). The top bit keeps
// them apart from listings' traders.
uint32_t KeyOf(const std::string& name) {
  uint32_t hash = 0x811c9dc5;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193;
  return hash | 0x80000000;
}

// The purpose of a rule's draws.
uint32_t PurposeOf(const mind::Rule& rule) {
  return kRules + static_cast<uint32_t>(std::atoi(rule.id + 1));
}

void ReadRegards(mind::Self& self) {
  for (const v1::Regard& regard : self.traits->character().regards()) {
    for (size_t k = 0; k < self.roll.size(); ++k) {
      if (self.roll[k]->actor() == regard.actor()) self.regards[k] = regard.weight();
    }
  }
}

mind::Self MakeSelf(const Setup& setup) {
  mind::Self self{mind::Mind(*setup.minds, setup.start)};
  self.who = setup.who;
  self.traits = setup.roll[static_cast<size_t>(setup.who)];
  self.minds = setup.minds;
  self.roll = setup.roll;
  self.now = setup.start;
  self.threads.resize(setup.roll.size());
  self.refused.resize(setup.roll.size());
  self.delivers.resize(setup.roll.size(), 1);
  self.regards.resize(setup.roll.size());
  ReadRegards(self);
  self.own_headline_usd_bn = std::max(1e-3, self.traits->character().own_headline_usd_bn());
  self.known.record_usd_bn = self.own_headline_usd_bn;
  return self;
}

}  // namespace

Principal::Principal(const Setup& setup)
    : self_(MakeSelf(setup)),
      outside_(*setup.outside),
      seed_(setup.seed),
      entity_(KeyOf(self_.traits->actor())) {
  const std::vector<std::string> off(setup.minds->off().begin(), setup.minds->off().end());
  for (const mind::Rule& rule : mind::Rules()) {
    if (!rule.concerns(*self_.traits) || mind::IsOff(rule, off)) continue;
    RulesOn(rule.on).push_back({&rule, StreamOf(PurposeOf(rule)), ""});
  }
}

kernel::Stream Principal::StreamOf(uint32_t purpose) const {
  return kernel::Stream(seed_, entity_, purpose);
}

kernel::Stream Principal::StreamWith(Who other, uint32_t purpose) const {
  // Names' keys have the top bit, purposes do not.
  const uint32_t key = KeyOf(self_.roll[static_cast<size_t>(other)]->actor());
  return kernel::Stream(seed_, entity_, key ^ purpose);
}

bool Principal::Off(const std::string& name) const { return mind::IsOff(name, *self_.minds); }

void Principal::Awake() {
  self_.now = outside_.now();
  self_.mind.AdvanceTo(self_.now);
}

void Principal::Perceive(const Signal& signal) {
  Awake();
  heard_ = &signal;
  cause_ = 0;
  TakeIn(signal);
  for (Living& living : RulesOn(signal.kind)) {
    // One draw a signal whatever comes of it: runs that are compared stay in step.
    const double draw = living.draws.Uniform();
    if (draw >= living.rule->chance(self_, signal)) continue;
    if (!living.off.empty()) {
      const uint64_t before = Cause();
      Intervened("rule off " + living.off, std::string("silences ") + living.rule->id);
      cause_ = before;
      continue;
    }
    acting_ = &living;
    const uint64_t perceived = Cause();
    cause_ = outside_.OnRule(*living.rule, self_.who, signal.about, perceived);
    living.rule->act(self_, signal, *this);
    acting_ = nullptr;
    cause_ = perceived;
  }
  Respond(signal);
  heard_ = nullptr;
}

uint64_t Principal::Cause() {
  if (cause_ == 0 && heard_ != nullptr) cause_ = outside_.OnPerception(self_.who, *heard_);
  return cause_;
}

void Principal::TakeIn(const Signal& signal) {
  switch (signal.kind) {
    case SignalKind::kAnnouncement:
      self_.known.record_usd_bn = std::max(self_.known.record_usd_bn, signal.usd_bn);
      self_.known.anchor_gw =
          std::max(self_.known.anchor_gw, signal.sheet.Value(deal::Issue::kCapacity));
      // A venture's sum is its funder's plan, nothing that the hub has to pay.
      if (!self_.roll[static_cast<size_t>(signal.about)]->supply().invests()) {
        self_.known.hub_usd_bn += signal.sheet.ContractUsdBn();
      }
      break;
    case SignalKind::kStage:
      self_.stage = std::max(self_.stage, signal.share);
      break;
    case SignalKind::kWaiver:
      self_.free_to_choose = true;
      break;
    default:
      break;
  }
}

void Principal::Intervened(const std::string& line, const std::string& effect) {
  cause_ = outside_.OnIntervened(self_.who, line, effect, Cause());
}

bool Principal::Holds(const char* state) {
  const auto pin = pinned_.find(state);
  if (pin == pinned_.end()) return false;
  outside_.OnIntervened(self_.who, pin->second, std::string("holds ") + state, Cause());
  return true;
}

void Principal::Pin(const v1::Pin& pin, const std::string& line, uint64_t record) {
  pinned_[pin.state()] = line;
  const auto tell = [&](v1::MindState state, double before) {
    if (before != pin.value()) outside_.OnMind(self_.who, state, before, pin.value(), record);
  };
  if (pin.state() == "fomo") {
    tell(v1::MIND_STATE_FOMO, self_.mind.fomo());
    self_.mind.PinFomo(pin.value());
  } else if (pin.state() == "face") {
    tell(v1::MIND_STATE_FACE, self_.mind.face());
    self_.mind.PinFace(pin.value());
  } else if (pin.state() == "credibility") {
    tell(v1::MIND_STATE_CREDIBILITY, self_.credibility);
    self_.credibility = pin.value();
  }
}

void Principal::Refresh() {
  ReadRegards(self_);
  std::array<std::vector<Living>, mind::kSignalKinds> rules;
  for (const mind::Rule& rule : mind::Rules()) {
    if (!rule.concerns(*self_.traits)) continue;
    std::string off;
    for (const std::string& name : self_.minds->off()) {
      if (mind::IsOff(rule, {&name, 1})) off = name;
    }
    const std::vector<Living>& before = RulesOn(rule.on);
    std::vector<Living>& now = rules[static_cast<size_t>(rule.on)];
    const auto had = std::ranges::find(before, &rule, &Living::rule);
    if (had != before.end()) {
      now.push_back({&rule, had->draws, off});
    } else if (off.empty()) {
      now.push_back({&rule, StreamOf(PurposeOf(rule)), ""});
    }
  }
  rules_ = std::move(rules);
}

void Principal::ChangeFomo(double before) {
  outside_.OnMind(self_.who, v1::MIND_STATE_FOMO, before, self_.mind.fomo(), Cause());
}

void Principal::AddFomo(double jump) {
  if (Off("fomo") || Holds("fomo")) return;
  const double before = self_.mind.fomo();
  self_.mind.AddFomo(jump);
  ChangeFomo(before);
}

void Principal::ScaleFomo(double factor) {
  if (Holds("fomo")) return;
  const double before = self_.mind.fomo();
  self_.mind.ScaleFomo(factor);
  ChangeFomo(before);
}

void Principal::AddFace(double jump) {
  if (Off("ego") || Holds("face")) return;
  const double before = self_.mind.face();
  self_.mind.AddFace(jump);
  outside_.OnMind(self_.who, v1::MIND_STATE_FACE, before, self_.mind.face(), Cause());
}

void Principal::Take(const mind::Stance& stance) {
  const double before = self_.mind.Hold(stance.issue);
  self_.mind.Take(stance);
  outside_.OnMind(self_.who, v1::MIND_STATE_STANCE, before, stance.hold, Cause());
}

void Principal::LoseCredibility(double share) {
  if (Holds("credibility")) return;
  const double before = self_.credibility;
  self_.credibility = std::max(0.0, before - share);
  outside_.OnMind(self_.who, v1::MIND_STATE_CREDIBILITY, before, self_.credibility, Cause());
}

Signal Principal::Say(SignalKind kind, Who about) const {
  Signal signal;
  signal.kind = kind;
  signal.from = self_.who;
  signal.about = about;
  return signal;
}

void Principal::SetStage(Who other, Stage stage) {
  mind::Thread& thread = With(other);
  if (thread.stage == stage) return;
  thread.stage = stage;
  thread.since = self_.now;
  // The supplier tells of both sides' thread: one record a change.
  if (self_.IsSupplier()) outside_.OnThread(self_.who, stage, Cause());
}

void Principal::Approach(Who whom, double delay_days) {
  outside_.Send(whom, Say(SignalKind::kApproach), delay_days, Cause());
}

void Principal::Court(Who whom, double delay_days) {
  Signal visit = Say(SignalKind::kCourtship, whom);
  outside_.Send(whom, visit, delay_days, Cause());
  outside_.Tell(visit, Cause());
}

void Principal::Refuse(Who whom, bool in_public) {
  SetStage(whom, Stage::kRefused);
  Signal no = Say(SignalKind::kRefuse, whom);
  if (heard_ != nullptr) no.usd_bn = heard_->usd_bn;
  outside_.Send(whom, no, 0.2, Cause());
  outside_.Tell(no, Cause());
  if (!in_public) return;
  no.kind = SignalKind::kPublicRefusal;
  outside_.Publish(no, 20, Cause());
}

void Principal::Pause(Who whom) {
  SetStage(whom, Stage::kStalled);
  const Signal pause = Say(SignalKind::kPause, whom);
  outside_.Send(whom, pause, 0.2, Cause());
  outside_.Tell(pause, Cause());
}

void Principal::Call(Who whom, double delay_days) {
  const Signal call = Say(SignalKind::kReopen, whom);
  outside_.Send(whom, call, delay_days, Cause());
}

void Principal::Unlock(deal::Issue issue) {
  self_.unlocked[static_cast<size_t>(deal::IndexOf(issue))] = true;
}

void Principal::Waive(double exclusivity) {
  self_.exclusivity = exclusivity;
  const Signal waiver = Say(SignalKind::kWaiver);
  outside_.Publish(waiver, 0, Cause());
  Signal cuts = Say(SignalKind::kLeaseCuts, self_.who);
  outside_.Whisper(v1::PART_ANALYST, cuts, 1, Cause());
}

void Principal::LeakSubstitution(Who about, Who other, double delay_days) {
  Signal tip = Say(SignalKind::kTip, about);
  tip.other = other;
  outside_.Whisper(v1::PART_REPORTER, tip, delay_days, Cause());
}

void Principal::Report(const Signal& tip, double delay_days) {
  Signal report =
      Say(tip.other == mind::kNobody ? SignalKind::kRumour : SignalKind::kLeak, tip.about);
  report.other = tip.other;
  outside_.Publish(report, delay_days, Cause());
}

void Principal::Note(const Signal& seen, double delay_days) {
  outside_.Publish(Say(SignalKind::kDoubt, seen.from), delay_days, Cause());
}

void Principal::Deny(Who about, double delay_days) {
  outside_.Publish(Say(SignalKind::kDenial, about), delay_days, Cause());
}

void Principal::Amplify(const Signal& denial) {
  Signal amplified = denial;
  amplified.from = self_.who;
  outside_.Tell(amplified, Cause());
}

void Principal::CounterProgramme(double delay_days) {
  outside_.Publish(Say(SignalKind::kCounterProgramme, self_.who), delay_days, Cause());
}

void Principal::Mock(Who whom, deal::Issue) {
  outside_.Publish(Say(SignalKind::kDerogation, whom), 1, Cause());
}

void Principal::OfferSites() { outside_.Tell(Say(SignalKind::kStage), Cause()); }

double Principal::Exponential(double mean) { return acting_->draws.Exponential(mean); }

double Principal::Uniform(double low, double high) { return acting_->draws.Uniform(low, high); }

}  // namespace oneup::people
