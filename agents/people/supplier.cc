#include "agents/people/supplier.h"

#include <algorithm>

#include "agents/people/purposes.h"
#include "market/kernel/math.h"
#include "oneup/v1/principals.pb.h"

namespace oneup::people {
namespace {

using deal::Issue;
using mind::kHub;
using mind::Signal;
using mind::SignalKind;
using mind::Stage;
using mind::Who;

double ExclusivityOf(v1::Exclusivity exclusivity) {
  return deal::GridOf(Issue::kExclusivity)[std::max(0, static_cast<int>(exclusivity) - 1)];
}

}  // namespace

Supplier::Supplier(const Setup& setup)
    : Negotiator(setup), from_(OfferedFrom(supply(), setup.start)), gossip_(StreamOf(kGossip)) {
  kernel::Stream temper = StreamOf(kTraits);
  const double sd = self_.minds->trait_sd();
  const double disagreement = temper.Normal();
  const double patience = temper.Normal();
  const double belief = temper.Normal();
  disagreement_factor_ = math::Exp(sd * disagreement);
  patience_factor_ = math::Exp(sd * patience);
  trust_before_ = supply().trust();
  self_.trust = supply().trust() * math::Exp(sd * belief);
  self_.exclusivity = ExclusivityOf(supply().exclusivity());
  if (supply().in_talks()) Open(kHub, talks_);
}

deal::Table Supplier::Gives() const {
  deal::Table table = UsualTable(supply(), self_.stage);
  const auto unlock = [&](Issue issue, double most) {
    if (self_.unlocked[static_cast<size_t>(deal::IndexOf(issue))]) table.SetRange(issue, 0, most);
  };
  unlock(Issue::kEquity, supply().most_equity_usd_bn());
  unlock(Issue::kWarrants, supply().most_warrants_percent());
  unlock(Issue::kGuarantee, supply().most_guarantee_usd_bn());
  return table;
}

double Supplier::Reservation() const {
  return supply().disagreement_usd_bn() * disagreement_factor_ -
         character().fear_usd_bn() * self_.mind.pressure();
}

talks::Temper Supplier::Temper() const {
  const mind::Thread& thread = self_.threads[kHub];
  const double f = self_.mind.pressure();
  const double face = std::min(1.0, self_.mind.face());
  return {.concession = character().concession() * thread.concession *
                        math::Exp(self_.minds->fear() * f - self_.minds->pride() * face),
          .patience_days = character().patience_days() * patience_factor_ * thread.patience *
                           math::Exp(-self_.minds->haste() * f),
          .imitation = character().imitation()};
}

talks::SupplierWorth Supplier::Worth() const {
  return talks::SupplierWorth(
      {.supply = &supply(),
       .character = &character(),
       .valuation = &outside_.valuation(),
       .annuities = &outside_.annuities(),
       .books = books(),
       .known = self_.known,
       .own_headline_usd_bn = self_.own_headline_usd_bn,
       .face = self_.mind.face(),
       .credit_usd_bn = pinned_trust_.value_or(self_.trust) * self_.minds->credit_years() *
                        self_.hub_revenue_usd_bn,
       .vision = self_.vision,
       .market = !Off("stock_feedback"),
       .ego = !Off("ego"),
       .headlines = !Off("ego.headline"),
       .stances = self_.mind.stances()});
}

void Supplier::Pin(const v1::Pin& pin, const std::string& line, uint64_t record) {
  Principal::Pin(pin, line, record);
  if (pin.state() == "trust") pinned_trust_ = pin.value();
}

void Supplier::Compel(v1::Answer answer, const std::string& line, uint64_t record) {
  answer_ = answer;
  compelled_by_ = line;
  if (answer != v1::ANSWER_REFUSE) return;
  Awake();
  Because(record);
  const Stage stage = With(kHub).stage;
  if (stage == Stage::kAgreed) Leave(kHub, talks_);
  if (stage == Stage::kOpen || stage == Stage::kStalled) Principal::Refuse(kHub, false);
}

void Supplier::Refresh() {
  Principal::Refresh();
  self_.trust *= supply().trust() / trust_before_;
  trust_before_ = supply().trust();
}

void Supplier::Approach(Who whom, double delay_days) {
  if (self_.now < from_) return;
  if (Must(v1::ANSWER_REFUSE)) return Intervened(compelled_by_, "asks for nothing");
  Open(kHub, talks_);
  Principal::Approach(whom, delay_days);
}

void Supplier::Call(Who whom, double delay_days) {
  if (Must(v1::ANSWER_REFUSE)) return Intervened(compelled_by_, "asks for nothing");
  Open(kHub, talks_);
  Principal::Call(whom, delay_days);
}

void Supplier::Refuse(Who whom, bool in_public) {
  if (Must(v1::ANSWER_ACCEPT)) return Intervened(compelled_by_, "does not refuse");
  Negotiator::Refuse(whom, in_public);
}

void Supplier::Pause(Who whom) {
  if (!Must(v1::ANSWER_ACCEPT)) Negotiator::Pause(whom);
}

void Supplier::Judge(const deal::TermSheet& sheet) {
  With(kHub).heard = true;
  With(kHub).margin = Worth().Of(sheet).total() + Taste(sheet) - Reservation();
}

void Supplier::TakeIn(const Signal& signal) {
  Principal::TakeIn(signal);
  if (signal.kind == SignalKind::kDay) {
    self_.hub_revenue_usd_bn = outside_.OutlookIn(0).revenue_usd_bn;
  }
  if (signal.kind == SignalKind::kApproach) asked_ = signal.sheet;
  mind::Thread& thread = With(kHub);
  if (thread.stage == Stage::kOpen) thread.elapsed = talks_.side.Elapsed(self_.now, Temper());
  if (thread.stage != Stage::kOpen) return;
  if (signal.kind == SignalKind::kOffer) talks_.side.Hear(signal.sheet);
  // What lies on the table is worth today's worth: fear and prices have moved since it came.
  const bool judges = signal.kind == SignalKind::kOffer || signal.kind == SignalKind::kDay;
  if (judges && talks_.side.heard()) Judge(*talks_.side.heard());
}

void Supplier::Respond(const Signal& signal) {
  mind::Thread& thread = With(kHub);
  const bool asked = signal.kind == SignalKind::kApproach || signal.kind == SignalKind::kReopen ||
                     signal.kind == SignalKind::kOffer;
  if (asked && Must(v1::ANSWER_REFUSE)) {
    Intervened(compelled_by_, "refuses");
    if (thread.stage != Stage::kRefused) Refuse(kHub, false);
    return;
  }
  switch (signal.kind) {
    case SignalKind::kApproach:
    case SignalKind::kReopen:
      // A rule may have refused already.
      if (thread.stage == Stage::kNone || thread.stage == Stage::kStalled) Open(kHub, talks_);
      if (thread.stage == Stage::kOpen) AnswerLater(kHub, talks_);
      break;
    case SignalKind::kOffer:
      if (thread.stage == Stage::kOpen) AnswerLater(kHub, talks_);
      break;
    case SignalKind::kAccept:
      if (HearAcceptance(kHub, talks_, signal.sheet, deal::Check(signal.sheet, Gives()).ok())) {
        Agree(signal.sheet);
      }
      break;
    case SignalKind::kPause:
      if (thread.stage == Stage::kOpen) SetStage(kHub, Stage::kStalled);
      break;
    case SignalKind::kDecommit:
      BeLeft(kHub, talks_);
      break;
    case SignalKind::kAnnouncement:
      if (signal.about == self_.who) {
        SetStage(kHub, Stage::kAnnounced);
        self_.own_headline_usd_bn = std::max(self_.own_headline_usd_bn, signal.usd_bn);
      }
      break;
    case SignalKind::kDay:
      if (thread.stage == Stage::kAgreed) Reconsider();
      if (thread.stage == Stage::kOpen && thread.elapsed > kEndOfPatience) Pause(kHub);
      Gossip();
      break;
    default:
      break;
  }
}

void Supplier::Move(Who) {
  if (!BeginMove(kHub, talks_)) return;
  if (Must(v1::ANSWER_ACCEPT) && (asked_ || talks_.side.heard())) return SayYes();
  const talks::SupplierWorth worth = Worth();
  const auto felt = [&](const deal::TermSheet& sheet) {
    return worth.Of(sheet).total() + Taste(sheet);
  };
  const double reservation = Reservation();
  const deal::Table table = Gives();
  const talks::Move move = talks_.side.Next(self_.now, felt, reservation, table, Temper());
  if (move.kind == talks::Move::Kind::kWait) return WaitARound(kHub, talks_);
  talks::Worth value = worth.Of(move.sheet);
  value.ego += Taste(move.sheet);
  Speak(kHub, talks_, move, table, value, reservation);
  if (move.kind == talks::Move::Kind::kAccept) Agree(move.sheet);
}

void Supplier::SayYes() {
  const deal::Table table = Gives();
  const std::optional<deal::TermSheet>& heard = talks_.side.heard();
  const bool can = heard && deal::Check(*heard, table).ok();
  talks::Move move{can ? talks::Move::Kind::kAccept : talks::Move::Kind::kOffer,
                   heard ? *heard : *asked_};
  for (int i = 0; i < deal::kIssues; ++i) {
    move.sheet.place[i] = std::clamp(move.sheet.place[i], table.least[i], table.most[i]);
  }
  Intervened(compelled_by_, can ? "accepts" : "offers what it is asked for");
  talks_.answering = Cause();
  talks_.side.Say(move.sheet);
  Speak(kHub, talks_, move, table, Worth().Of(move.sheet), Reservation());
  if (can) Agree(move.sheet);
}

void Supplier::Agree(const deal::TermSheet& sheet) {
  talks_.agreed = sheet;
  SetStage(kHub, Stage::kAgreed);
}

void Supplier::Reconsider() {
  if (Must(v1::ANSWER_ACCEPT)) return;
  const double worth = Worth().Of(*talks_.agreed).total() + Taste(*talks_.agreed);
  if (Regrets(Reservation() - worth, *talks_.agreed)) Leave(kHub, talks_);
}

void Supplier::Gossip() {
  const Stage stage = With(kHub).stage;
  const bool secret = stage == Stage::kOpen || stage == Stage::kAgreed;
  for (size_t k = 0; k < self_.roll.size(); ++k) {
    if (self_.roll[k]->part() != v1::PART_REPORTER) continue;
    constexpr double kDaysOfYear = 365.25;
    const bool leaks = gossip_.Uniform() < self_.roll[k]->leaks_per_year() / kDaysOfYear;
    if (!leaks || !secret || Off("leaks")) continue;
    outside_.Send(static_cast<Who>(k), Say(SignalKind::kTip, self_.who), 1, Cause());
  }
}

}  // namespace oneup::people
