#include "agents/people/negotiator.h"

#include <algorithm>

#include "market/kernel/civil_time.h"
#include "oneup/v1/principals.pb.h"

namespace oneup::people {
namespace {

using deal::Issue;
using mind::Signal;
using mind::SignalKind;
using mind::Stage;
using mind::Who;

// Leaving an agreement costs this part of its headline.
constexpr double kDecommitmentPenalty = 0.02;
// Days that a message takes; who leaves an agreement phones.
constexpr double kMessageDays = 0.1;
constexpr double kPhoneDays = 0.01;

// The binding share of a class of contract.
double BindingOf(v1::ContractClass contract) {
  return deal::GridOf(Issue::kBinding)[std::max(0, static_cast<int>(contract) - 1)];
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

Time OfferedFrom(const v1::Supply& supply, Time start) {
  const absl::StatusOr<kernel::CivilDay> from = kernel::ParseDay(supply.from());
  return from.ok() ? kernel::ToTime(*from, {}, absl::UTCTimeZone()) : start;
}

Negotiator::Negotiator(const Setup& setup) : Principal(setup) {
  for (size_t k = 0; k < setup.roll.size(); ++k) {
    latency_.push_back(StreamWith(static_cast<Who>(k), kLatency));
  }
}

void Negotiator::Open(Who other, Talks& talks) {
  SetStage(other, Stage::kOpen);
  With(other).patience = 1;
  talks.side.Open(self_.now);
  With(other).elapsed = 0;
  With(other).heard = false;
}

void Negotiator::AnswerLater(Who other, Talks& talks) {
  talks.answering = Cause();
  if (talks.moving) return;
  talks.moving = true;
  outside_.Wake(
      self_.who, other,
      self_.minds->round_days() / 2 * latency_[static_cast<size_t>(other)].Uniform(0.5, 1.5));
}

bool Negotiator::BeginMove(Who other, Talks& talks) {
  Awake();
  Because(talks.answering);
  talks.moving = false;
  return With(other).stage == Stage::kOpen;
}

void Negotiator::WaitARound(Who other, Talks& talks) {
  talks.moving = true;
  outside_.Wake(self_.who, other, self_.minds->round_days());
}

uint64_t Negotiator::Speak(Who other, const Talks& talks, const talks::Move& move,
                           const deal::Table& table, const talks::Worth& worth,
                           double reservation) {
  const bool accept = move.kind == talks::Move::Kind::kAccept;
  Signal message = Say(accept ? SignalKind::kAccept : SignalKind::kOffer);
  message.sheet = move.sheet;
  message.table = table;
  message.record = outside_.OnOffer(other, accept ? v1::OFFER_KIND_ACCEPT : v1::OFFER_KIND_OFFER,
                                    message, worth, reservation, talks.answering);
  outside_.Send(other, message, kMessageDays, message.record);
  return message.record;
}

bool Negotiator::Regrets(double loss, const deal::TermSheet& agreed) {
  return loss > kDecommitmentPenalty * agreed.HeadlineUsdBn();
}

bool Negotiator::HearAcceptance(Who other, Talks& talks, const deal::TermSheet& sheet,
                                bool can_give) {
  const Stage stage = With(other).stage;
  if (stage == Stage::kAgreed && talks.agreed == sheet) return false;
  if (stage == Stage::kOpen && talks.side.said() == sheet && can_give) return true;
  outside_.Send(other, Say(SignalKind::kDecommit), kPhoneDays, Cause());
  if (stage == Stage::kOpen || stage == Stage::kAgreed) Drop(other, talks);
  return false;
}

void Negotiator::Drop(Who other, Talks& talks) {
  talks.agreed.reset();
  SetStage(other, Stage::kStalled);
}

void Negotiator::Leave(Who other, Talks& talks) {
  Drop(other, talks);
  outside_.Send(other, Say(SignalKind::kDecommit), kPhoneDays, Cause());
  outside_.Tell(Say(SignalKind::kDecommit, other), Cause());
}

void Negotiator::BeLeft(Who other, Talks& talks) {
  if (With(other).stage != Stage::kAgreed) return;
  AddFace(0.5);
  Drop(other, talks);
}

}  // namespace oneup::people
