#include "agents/people/supplier.h"

#include <algorithm>

#include "agents/people/purposes.h"
#include "market/kernel/civil_time.h"
#include "market/kernel/math.h"
#include "oneup/v1/principals.pb.h"

namespace oneup::people {
namespace {

using deal::Issue;
using mind::Signal;
using mind::SignalKind;
using mind::Stage;
using mind::Who;

constexpr Who kHub = 0;
// Past this many times its patience a thread without agreement is left to rest.
constexpr double kEndOfPatience = 1.25;
// Leaving an agreement costs this part of its headline.
constexpr double kDecommitmentPenalty = 0.02;

// The binding share of a class of contract.
double BindingOf(v1::ContractClass contract) {
  return deal::GridOf(Issue::kBinding)[std::max(0, static_cast<int>(contract) - 1)];
}

double ExclusivityOf(v1::Exclusivity exclusivity) {
  return deal::GridOf(Issue::kExclusivity)[std::max(0, static_cast<int>(exclusivity) - 1)];
}

}  // namespace

deal::Table UsualTable(const v1::Supply& supply, double stage) {
  deal::Table table;
  table.SetRange(Issue::kCapacity, supply.least_gw(), supply.most_gw());
  table.SetRange(Issue::kPrice, supply.least_price(), supply.most_price());
  table.SetRange(Issue::kTerm, 3, 10);
  table.SetRange(Issue::kStartLag, 0, 10);
  table.SetRange(Issue::kEquity, 0, supply.invests() ? supply.most_equity_usd_bn() : 0);
  table.SetRange(Issue::kExclusivity, 0, supply.exclusivity_usd_bn() > 0 ? 1 : 0);
  table.SetRange(Issue::kSites, 0, supply.site_usd_bn() > 0 ? 1 : 0);
  // Who invests sets up a venture; who sells signs at least a letter of intent.
  const double least = BindingOf(supply.invests() ? v1::CONTRACT_CLASS_JOINT_VENTURE
                                                  : v1::CONTRACT_CLASS_LETTER_OF_INTENT);
  table.SetRange(Issue::kBinding, least, BindingOf(supply.most_binding()));
  table.SetRange(Issue::kHeadline, 1, 5);
  table.SetRange(Issue::kStage, 0, stage);
  table.SetRange(Issue::kAnnouncementLag, 0, 60);
  return table;
}

double Latency(const v1::MindParameters& minds, kernel::Stream& stream) {
  return minds.round_days() / 2 * stream.Uniform(0.5, 1.5);
}

Supplier::Supplier(const Setup& setup)
    : Principal(setup), latency_(StreamOf(kLatency)), gossip_(StreamOf(kGossip)) {
  kernel::Stream temper = StreamOf(kTraits);
  const double sd = self_.minds->trait_sd();
  const double disagreement = temper.Normal();
  const double patience = temper.Normal();
  const double belief = temper.Normal();
  disagreement_usd_bn_ = supply().disagreement_usd_bn() * math::Exp(sd * disagreement);
  patience_days_ = character().patience_days() * math::Exp(sd * patience);
  self_.belief_usd_bn = supply().belief_usd_bn() * math::Exp(sd * belief);
  const absl::StatusOr<kernel::CivilDay> from = kernel::ParseDay(supply().from());
  from_ = from.ok() ? kernel::ToTime(*from, {}, absl::UTCTimeZone()) : setup.start;
  self_.exclusivity = ExclusivityOf(supply().exclusivity());
  if (supply().in_talks()) BeginTalks();
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
  return disagreement_usd_bn_ - character().fear_usd_bn() * self_.mind.pressure();
}

talks::Temper Supplier::Temper() const {
  const mind::Thread& thread = self_.threads[kHub];
  const double f = self_.mind.pressure();
  const double face = std::min(1.0, self_.mind.face());
  return {.concession = character().concession() * thread.concession *
                        math::Exp(self_.minds->fear() * f - self_.minds->pride() * face),
          .patience_days = patience_days_ * thread.patience * math::Exp(-self_.minds->haste() * f),
          .imitation = character().imitation()};
}

talks::SupplierWorth Supplier::Worth() const {
  return talks::SupplierWorth({.supply = &supply(),
                               .character = &character(),
                               .valuation = &outside_.valuation(),
                               .annuities = &outside_.annuities(),
                               .books = books(),
                               .known = self_.known,
                               .own_headline_usd_bn = self_.own_headline_usd_bn,
                               .face = self_.mind.face(),
                               .belief_usd_bn = self_.belief_usd_bn,
                               .vision = self_.vision,
                               .market = !Off("stock_feedback"),
                               .ego = !Off("ego"),
                               .stances = self_.mind.stances()});
}

void Supplier::BeginTalks() {
  SetStage(kHub, Stage::kOpen);
  side_.Open(self_.now);
  With(kHub).elapsed = 0;
  With(kHub).heard = false;
}

void Supplier::Approach(Who whom, double delay_days) {
  if (self_.now < from_) return;
  BeginTalks();
  Principal::Approach(whom, delay_days);
}

void Supplier::Call(Who whom, double delay_days) {
  BeginTalks();
  Principal::Call(whom, delay_days);
}

void Supplier::Judge(const deal::TermSheet& sheet) {
  With(kHub).heard = true;
  With(kHub).margin = Worth().Of(sheet).total() + Taste(sheet) - Reservation();
}

void Supplier::TakeIn(const Signal& signal) {
  Principal::TakeIn(signal);
  mind::Thread& thread = With(kHub);
  if (thread.stage == Stage::kOpen) thread.elapsed = side_.Elapsed(self_.now, Temper());
  if (signal.kind == SignalKind::kOffer && thread.stage == Stage::kOpen) {
    side_.Hear(signal.sheet);
    Judge(signal.sheet);
  }
}

void Supplier::Respond(const Signal& signal) {
  const auto answer_later = [&] {
    answering_ = Cause();
    if (moving_) return;
    moving_ = true;
    outside_.Wake(self_.who, kHub, Latency(*self_.minds, latency_));
  };
  mind::Thread& thread = With(kHub);
  switch (signal.kind) {
    case SignalKind::kApproach:
    case SignalKind::kReopen:
      // A rule may have refused already; who refused once listens to a second call only.
      if (thread.stage == Stage::kNone || thread.stage == Stage::kStalled) BeginTalks();
      if (thread.stage == Stage::kOpen) answer_later();
      break;
    case SignalKind::kOffer:
      if (thread.stage == Stage::kOpen) answer_later();
      break;
    case SignalKind::kAccept:
      // An offer binds while it stands: both have consented to this very sheet.
      if (thread.stage == Stage::kOpen && side_.said() == signal.sheet &&
          deal::Check(signal.sheet, Gives()).ok()) {
        agreed_ = signal.sheet;
        SetStage(kHub, Stage::kAgreed);
      } else if (thread.stage == Stage::kOpen) {
        answer_later();
      } else {
        outside_.Send(kHub, Say(SignalKind::kDecommit), 0.2, Cause());
      }
      break;
    case SignalKind::kPause:
      if (thread.stage == Stage::kOpen) SetStage(kHub, Stage::kStalled);
      break;
    case SignalKind::kDecommit:
      if (thread.stage == Stage::kAgreed) {
        AddFace(0.5);
        agreed_.reset();
        SetStage(kHub, Stage::kStalled);
      }
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
      if (thread.stage == Stage::kOpen || thread.stage == Stage::kAgreed) Gossip();
      break;
    default:
      break;
  }
}

void Supplier::Move(Who) {
  self_.now = outside_.now();
  self_.mind.AdvanceTo(self_.now);
  moving_ = false;
  if (With(kHub).stage != Stage::kOpen) return;
  const talks::SupplierWorth worth = Worth();
  const auto felt = [&](const deal::TermSheet& sheet) {
    return worth.Of(sheet).total() + Taste(sheet);
  };
  const double reservation = Reservation();
  const deal::Table table = Gives();
  const talks::Move move = side_.Next(self_.now, felt, reservation, table, Temper());
  if (move.kind == talks::Move::Kind::kWait) {
    moving_ = true;
    outside_.Wake(self_.who, kHub, self_.minds->round_days());
    return;
  }
  talks::Worth value = worth.Of(move.sheet);
  value.ego += Taste(move.sheet);
  const bool accept = move.kind == talks::Move::Kind::kAccept;
  Signal message = Say(accept ? SignalKind::kAccept : SignalKind::kOffer);
  message.sheet = move.sheet;
  message.table = table;
  message.record = outside_.OnOffer(kHub, accept ? v1::OFFER_KIND_ACCEPT : v1::OFFER_KIND_OFFER,
                                    message, value, reservation, answering_);
  if (accept) {
    agreed_ = move.sheet;
    SetStage(kHub, Stage::kAgreed);
  }
  outside_.Send(kHub, message, 0.1, message.record);
}

void Supplier::Reconsider() {
  const double worth = Worth().Of(*agreed_).total() + Taste(*agreed_);
  const double loss = Reservation() - worth;
  if (loss <= kDecommitmentPenalty * agreed_->HeadlineUsdBn()) return;
  agreed_.reset();
  SetStage(kHub, Stage::kStalled);
  outside_.Send(kHub, Say(SignalKind::kDecommit), 0.2, Cause());
  outside_.Tell(Say(SignalKind::kDecommit, kHub), Cause());
}

void Supplier::Gossip() {
  if (Off("leaks")) return;
  for (const v1::Principal* other : self_.roll) {
    if (other->part() != v1::PART_REPORTER) continue;
    constexpr double kDaysOfYear = 365;
    const bool leaks = gossip_.Bernoulli(other->leaks_per_year() / kDaysOfYear);
    if (leaks) outside_.Whisper(v1::PART_REPORTER, Say(SignalKind::kTip, self_.who), 1, Cause());
  }
}

}  // namespace oneup::people
