#include "agents/people/altman.h"

#include <algorithm>

#include "agents/people/purposes.h"
#include "market/kernel/math.h"
#include "oneup/v1/principals.pb.h"
#include "oneup/v1/valuation.pb.h"

namespace oneup::people {
namespace {

using deal::Issue;
using deal::TermSheet;
using mind::Signal;
using mind::SignalKind;
using mind::Stage;
using mind::Who;

constexpr double kDaysOfYear = 365.25;
// He decides in the morning, New York's pre-market; each stage has its hour. In the model of 2025:
// Oracle and AMD before the open, Nvidia's headquarters about noon, the White House after the
// close.
double HoursToStage(const TermSheet& sheet) {
  constexpr double kHours[] = {0.5, 4, 0.5, 9};
  return kHours[sheet.place[deal::IndexOf(Issue::kStage)]];
}

// Years over which an ask is thought to be spent.
constexpr double kAskYears = 5;

}  // namespace

Altman::Altman(const Setup& setup)
    : Negotiator(setup),
      talks_(setup.roll.size()),
      not_before_(setup.roll.size(), setup.start),
      courting_(StreamOf(kCourting)) {
  self_.credibility = demand().credibility();
  self_.free_to_choose = true;
  for (size_t k = 1; k < self_.roll.size(); ++k) {
    const double draw = StreamWith(static_cast<Who>(k), kTraits).Normal();
    not_before_[k] = OfferedFrom(self_.roll[k]->supply(), setup.start);
    talks_[k].patience_factor = math::Exp(self_.minds->trait_sd() * draw);
    if (self_.roll[k]->part() != v1::PART_SUPPLIER) continue;
    if (SupplyOf(static_cast<Who>(k)).exclusivity() == v1::EXCLUSIVITY_EXCLUSIVE) {
      self_.free_to_choose = false;
    }
    if (SupplyOf(static_cast<Who>(k)).in_talks()) {
      BeginTalks(static_cast<Who>(k), UsualTable(SupplyOf(static_cast<Who>(k)), self_.stage));
      AnswerLater(static_cast<Who>(k), talks_[k]);
    }
  }
}

Altman::Signed Altman::SignedBut(Who supplier) const {
  Signed all;
  for (size_t k = 1; k < talks_.size(); ++k) {
    if (!talks_[k].agreed || static_cast<Who>(k) == supplier) continue;
    const TermSheet& sheet = *talks_[k].agreed;
    const v1::Supply& supply = SupplyOf(static_cast<Who>(k));
    all.gw += self_.delivers[k] * supply.quality() * talks::Certainty(sheet) *
              sheet.Value(Issue::kCapacity);
    // A venture's sum is its funder's plan, nothing that he has to pay.
    if (!supply.invests()) all.usd_bn += sheet.ContractUsdBn();
    all.equity_usd_bn += sheet.Value(Issue::kEquity);
  }
  return all;
}

talks::HubWorth Altman::WorthWith(Who supplier) const {
  const Signed others = SignedBut(supplier);
  return talks::HubWorth(
      {.demand = &demand(),
       .character = &self_.traits->character(),
       .valuation = &outside_.valuation(),
       .annuities = &outside_.annuities(),
       .supplier = outside_.BooksOf(supplier),
       .quality = SupplyOf(supplier).quality(),
       .need_gw = outside_.OutlookIn(1).need_gw,
       .contracted_gw = others.gw,
       .committed_usd_bn = others.usd_bn,
       .raised_usd_bn = outside_.OutlookIn(0).raised_usd_bn + others.equity_usd_bn,
       .record_usd_bn = self_.known.record_usd_bn,
       .own_headline_usd_bn = self_.own_headline_usd_bn,
       .face = self_.mind.face(),
       .sites_eased = self_.sites_eased,
       .ego = !Off("ego"),
       .headlines = !Off("ego.headline")});
}

double Altman::ForgoneSurplus(const deal::Company& supplier, const TermSheet& sheet,
                              const deal::Table& table) const {
  if (!table.Open(Issue::kWarrants) || demand().surplus_share() <= 0) return 0;
  const double gain =
      supplier.capitalisation_usd_bn *
      math::Expm1(deal::LogReturn(outside_.valuation(), talks::SaleOf(sheet, false), supplier, 0));
  const double given = sheet.Value(Issue::kWarrants) / 100 * outside_.valuation().warrant_value() *
                       supplier.capitalisation_usd_bn;
  return std::max(0.0, demand().surplus_share() * gain - given);
}

double Altman::Reservation(Who supplier) const {
  double elsewhere = 0;
  for (size_t k = 1; k < talks_.size(); ++k) {
    const Stage stage = self_.threads[k].stage;
    if (static_cast<Who>(k) != supplier && (stage == Stage::kOpen || stage == Stage::kAgreed) &&
        SupplyOf(static_cast<Who>(k)).layer() == SupplyOf(supplier).layer()) {
      elsewhere = std::max(elsewhere, talks_[k].standing);
    }
  }
  const double gap = Gap();
  const double shortage = Off("fomo") ? 0 : gap / (gap + SignedBut(supplier).gw + 1);
  return demand().outside_weight() * elsewhere - self_.traits->character().fear_usd_bn() * shortage;
}

talks::Temper Altman::TemperWith(Who supplier) const {
  const double face = std::min(1.0, self_.mind.face());
  // After each deal he can wait longer: e0 .8, .4 once one is signed.
  const double eased = last_announced_ ? 0.5 : 1;
  return {.concession = self_.traits->character().concession() * eased *
                        math::Exp(-self_.minds->pride() * face),
          .patience_days = self_.traits->character().patience_days() *
                           talks_[static_cast<size_t>(supplier)].patience_factor,
          .imitation = self_.traits->character().imitation()};
}

double Altman::Gap() const {
  return std::max(0.0, outside_.OutlookIn(1).need_gw - SignedBut(mind::kNobody).gw);
}

double Altman::AskGw(Who supplier) const {
  const v1::Supply& supply = SupplyOf(supplier);
  const double need = outside_.OutlookIn(supply.ask_years()).need_gw;
  return supply.ask_share() * std::max(0.0, need - SignedBut(mind::kNobody).gw) * self_.story;
}

TermSheet Altman::AskSheet(Who supplier) const {
  const v1::Supply& supply = SupplyOf(supplier);
  const deal::Table table = UsualTable(supply, self_.stage);
  TermSheet sheet;
  sheet.Set(Issue::kCapacity, AskGw(supplier));
  sheet.Set(Issue::kPrice, supply.ask_price());
  sheet.Set(Issue::kTerm, kAskYears);
  sheet.Set(Issue::kStartLag, 1);
  sheet.place[deal::IndexOf(Issue::kBinding)] = table.most[deal::IndexOf(Issue::kBinding)];
  for (int i = 0; i < deal::kIssues; ++i) {
    sheet.place[i] = std::clamp(sheet.place[i], table.least[i], table.most[i]);
  }
  return sheet;
}

bool Altman::MayAsk(Who supplier) const {
  const v1::Principal& whom = *self_.roll[static_cast<size_t>(supplier)];
  if (whom.part() != v1::PART_SUPPLIER || self_.refused[static_cast<size_t>(supplier)])
    return false;
  if (self_.threads[static_cast<size_t>(supplier)].stage != Stage::kNone) return false;
  if (outside_.now() < not_before_[static_cast<size_t>(supplier)]) return false;
  // Bound to one home, he may ask that home first, and those who sell him no computing.
  if (self_.free_to_choose) return true;
  const v1::Supply& supply = whom.supply();
  if (supply.exclusivity() == v1::EXCLUSIVITY_EXCLUSIVE || supply.layer() == "custom_chip") {
    return true;
  }
  return HomeRefused() && (supply.invests() || supply.layer() == "foundry");
}

bool Altman::HomeRefused() const {
  for (size_t k = 1; k < self_.roll.size(); ++k) {
    if (self_.roll[k]->part() == v1::PART_SUPPLIER &&
        SupplyOf(static_cast<Who>(k)).exclusivity() == v1::EXCLUSIVITY_EXCLUSIVE) {
      return self_.refused[k];
    }
  }
  return true;
}

void Altman::CourtNext() {
  // Both draws are spent on every day, whatever comes of them.
  const double draw = courting_.Uniform();
  kernel::Stream choice = courting_;
  courting_.Uniform();
  int open = 0;
  for (const mind::Thread& thread : self_.threads) open += thread.stage == Stage::kOpen ? 1 : 0;
  if (open >= static_cast<int>(demand().most_threads())) return;
  const double need = outside_.OutlookIn(1).need_gw;
  const double gap = Gap();
  if (gap < demand().least_gap_gw()) return;
  // A gap of a few hundred megawatts is filled as one goes along; at 10 GW it is all that counts.
  const double size = std::min(1.0, need / 10);
  const double urgency = gap / need * size * size;
  if (draw >= demand().approaches_per_year() / kDaysOfYear * urgency) return;
  std::vector<Who> whom;
  std::vector<double> scores;
  for (size_t k = 1; k < self_.roll.size(); ++k) {
    const Who supplier = static_cast<Who>(k);
    if (!MayAsk(supplier)) continue;
    double score = WorthWith(supplier).Of(AskSheet(supplier)).total();
    for (size_t j = 1; j < self_.roll.size(); ++j) {
      for (const v1::Regard& regard : self_.roll[j]->character().regards()) {
        if (regard.actor() != self_.roll[k]->actor()) continue;
        score +=
            demand().orchestration() * regard.weight() * self_.roll[j]->character().incumbency();
      }
    }
    whom.push_back(supplier);
    scores.push_back(score);
  }
  if (whom.empty()) return;
  const double best = *std::ranges::max_element(scores);
  for (double& score : scores) score = math::Exp((score - best) / demand().temperature());
  Approach(whom[choice.Choose(scores)], 0);
}

void Altman::Approach(Who whom, double delay_days) {
  if (delay_days > 0) {
    TalksWith(whom).ask_is_due = true;
    return outside_.Wake(self_.who, whom, delay_days);
  }
  Signal ask = Say(SignalKind::kApproach, whom);
  ask.sheet = AskSheet(whom);
  ask.usd_bn = AskGw(whom) * SupplyOf(whom).ask_price();
  ask.years = kAskYears;
  // He waits for the answer before he asks the same one again.
  BeginTalks(whom, UsualTable(SupplyOf(whom), self_.stage));
  talks::Worth worth = WorthWith(whom).Of(ask.sheet);
  const uint64_t record =
      outside_.OnOffer(whom, v1::OFFER_KIND_APPROACH, ask, worth, Reservation(whom), Cause());
  outside_.Send(whom, ask, 0.2, record);
  outside_.Tell(ask, record);
}

void Altman::BeginTalks(Who supplier, const deal::Table& table) {
  Dealings& talks = TalksWith(supplier);
  Open(supplier, talks);
  talks.table = table;
  talks.standing = 0;
}

void Altman::TakeIn(const Signal& signal) {
  Principal::TakeIn(signal);
  if (signal.kind == SignalKind::kStage && signal.now) {
    stage_open_ = std::max(stage_open_, signal.share);
  }
  if (signal.kind == SignalKind::kOffer && With(signal.from).stage == Stage::kOpen) {
    Dealings& talks = TalksWith(signal.from);
    talks.side.Hear(signal.sheet);
    talks.table = signal.table;
    talks.standing = WorthWith(signal.from).Of(signal.sheet).total();
  }
  for (size_t k = 1; k < talks_.size(); ++k) {
    if (self_.threads[k].stage != Stage::kOpen) continue;
    self_.threads[k].elapsed = talks_[k].side.Elapsed(self_.now, TemperWith(static_cast<Who>(k)));
  }
}

void Altman::Respond(const Signal& signal) {
  const Who from = signal.from;
  switch (signal.kind) {
    case SignalKind::kApproach:
    case SignalKind::kReopen: {
      const Stage stage = With(from).stage;
      if (stage == Stage::kAgreed || stage == Stage::kAnnounced) break;
      BeginTalks(from, UsualTable(SupplyOf(from), self_.stage));
      outside_.Tell(signal, Cause());
      AnswerLater(from, TalksWith(from));
      break;
    }
    case SignalKind::kOffer:
      if (With(from).stage == Stage::kOpen) AnswerLater(from, TalksWith(from));
      break;
    case SignalKind::kAccept:
      if (HearAcceptance(from, TalksWith(from), signal.sheet, true)) {
        Agree(from, signal.sheet, Cause());
      }
      break;
    case SignalKind::kRefuse:
      self_.refused[static_cast<size_t>(from)] = true;
      SetStage(from, Stage::kRefused);
      break;
    case SignalKind::kPause:
      if (With(from).stage == Stage::kOpen) SetStage(from, Stage::kStalled);
      break;
    case SignalKind::kDecommit:
      BeLeft(from, TalksWith(from));
      break;
    case SignalKind::kStage:
      PlanAnnouncements();
      break;
    case SignalKind::kAnnouncement:
      self_.own_headline_usd_bn = std::max(self_.own_headline_usd_bn, signal.usd_bn);
      SetStage(signal.about, Stage::kAnnounced);
      break;
    case SignalKind::kDay:
      for (size_t k = 1; k < talks_.size(); ++k) {
        const Who supplier = static_cast<Who>(k);
        if (With(supplier).stage == Stage::kOpen && With(supplier).elapsed > kEndOfPatience) {
          Pause(supplier);
        }
      }
      PlanAnnouncements();
      CourtNext();
      break;
    default:
      break;
  }
}

void Altman::Move(Who supplier) {
  Dealings& talks = TalksWith(supplier);
  if (talks.announced && self_.threads[static_cast<size_t>(supplier)].stage == Stage::kAgreed) {
    return Publish(supplier);
  }
  const bool open = BeginMove(supplier, talks);
  if (talks.ask_is_due) {
    talks.ask_is_due = false;
    if (MayAsk(supplier)) Approach(supplier, 0);
    return;
  }
  if (!open) return;
  const talks::HubWorth worth = WorthWith(supplier);
  const deal::Company books = outside_.BooksOf(supplier);
  const auto felt = [&](const TermSheet& sheet) {
    return worth.Of(sheet).total() - ForgoneSurplus(books, sheet, talks.table);
  };
  const double reservation = Reservation(supplier);
  const talks::Move move =
      talks.side.Next(self_.now, felt, reservation, talks.table, TemperWith(supplier));
  if (move.kind == talks::Move::Kind::kWait) return WaitARound(supplier, talks);
  talks::Worth value = worth.Of(move.sheet);
  value.ego -= ForgoneSurplus(books, move.sheet, talks.table);
  const uint64_t record = Speak(supplier, talks, move, talks.table, value, reservation);
  if (move.kind == talks::Move::Kind::kAccept) Agree(supplier, move.sheet, record);
}

void Altman::Agree(Who supplier, const TermSheet& sheet, uint64_t consent) {
  Dealings& talks = TalksWith(supplier);
  talks.agreed = sheet;
  talks.agreed_at = self_.now;
  talks.announced.reset();
  talks.published = false;
  talks.consent = consent;
  SetStage(supplier, Stage::kAgreed);
}

void Altman::PlanAnnouncements() {
  for (size_t k = 1; k < talks_.size(); ++k) {
    const Dealings& talks = talks_[k];
    if (self_.threads[k].stage != Stage::kAgreed || talks.announced) continue;
    // Asked only when there is something to announce: on most days there is not.
    if (!outside_.TradingDay()) return;
    const TermSheet& sheet = *talks.agreed;
    if (sheet.Value(Issue::kStage) > stage_open_) continue;
    const auto days_since = [&](Time t) {
      return static_cast<double>(outside_.TradingDaysSince(t));
    };
    if (days_since(talks.agreed_at) < sheet.Value(Issue::kAnnouncementLag)) continue;
    if (last_announced_ && days_since(*last_announced_) < demand().spacing_days()) {
      continue;
    }
    Announce(static_cast<Who>(k));
    return;  // one at a time
  }
}

void Altman::Announce(Who supplier) {
  Dealings& talks = TalksWith(supplier);
  const double worth = WorthWith(supplier).Of(*talks.agreed).total();
  if (Regrets(Reservation(supplier) - worth, *talks.agreed)) return Leave(supplier, talks);
  const double days = HoursToStage(*talks.agreed) / 24;
  last_announced_ = self_.now;
  talks.announced = self_.now + Duration::Seconds(static_cast<int64_t>(days * 86400));
  outside_.Wake(self_.who, supplier, days);
}

void Altman::Publish(Who supplier) {
  Awake();
  Dealings& talks = TalksWith(supplier);
  // A move that was under way before they agreed, or after it was kept from the public.
  if (self_.now < *talks.announced || talks.published) return;
  talks.published = true;
  Because(talks.consent);
  Signal deal = Say(SignalKind::kAnnouncement, supplier);
  deal.sheet = *talks.agreed;
  deal.usd_bn = deal.sheet.HeadlineUsdBn();
  outside_.Publish(deal, 0, talks.consent);
}

}  // namespace oneup::people
