#include "agents/people/cast.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "agents/people/huang.h"
#include "agents/people/nadella.h"
#include "agents/people/press.h"
#include "agents/people/son.h"
#include "agents/people/su.h"
#include "agents/people/supplier.h"

namespace oneup::people {
namespace {

using mind::Signal;
using mind::SignalKind;
using mind::Who;

// People look at the world once a day, before New York's pre-market news.
constexpr Duration kMorning = Duration::Hours(12);
constexpr double kBroadcastDays = 10.0 / (24 * 60);
// A day of the stock is unusual beyond so many standard deviations.
constexpr double kUnusual = 2;

std::unique_ptr<Principal> Make(const Setup& setup) {
  const v1::Principal& traits = *setup.roll[static_cast<size_t>(setup.who)];
  switch (traits.part()) {
    case v1::PART_HUB:
      return std::make_unique<Altman>(setup);
    case v1::PART_REPORTER:
    case v1::PART_ANALYST:
      return std::make_unique<Press>(setup);
    default:
      break;
  }
  if (traits.actor() == "huang") return std::make_unique<Huang>(setup);
  if (traits.actor() == "son") return std::make_unique<Son>(setup);
  if (traits.actor() == "nadella") return std::make_unique<Nadella>(setup);
  if (traits.actor() == "su") return std::make_unique<Su>(setup);
  return std::make_unique<Supplier>(setup);
}

// The hub first, the others as the scenario has them.
std::vector<const v1::Principal*> RollOf(const v1::Scenario& scenario) {
  std::vector<const v1::Principal*> roll;
  for (const bool hub : {true, false}) {
    for (const v1::Principal& principal : scenario.principals()) {
      if ((principal.part() == v1::PART_HUB) == hub) roll.push_back(&principal);
    }
  }
  return roll;
}

}  // namespace

Cast::Cast(const CastSetup& setup)
    : scenario_(*setup.scenario),
      calendar_(*setup.calendar),
      kernel_(*setup.kernel),
      host_(*setup.host),
      end_(setup.end),
      handler_(setup.kernel->Register(this)),
      annuities_(setup.scenario->minds().discount_rate()),
      roll_(RollOf(scenario_)),
      outlook_(roll_.front()->demand()) {
  for (const v1::Principal* principal : roll_) {
    Names::Name name{
        .actor = principal->actor(), .person = {}, .organisation = {}, .company = {}, .ticker = {}};
    Listed listed;
    for (const v1::Actor& actor : scenario_.actors()) {
      if (actor.id() == name.actor) {
        name.person = actor.name();
        name.organisation = actor.organisation().empty() ? actor.id() : actor.organisation();
      }
    }
    for (const v1::Actor& actor : scenario_.actors()) {
      if (actor.id() != name.organisation) continue;
      name.company = actor.name();
      name.ticker = actor.ticker();
      for (const v1::Financials& books : actor.financials()) {
        if (books.has_revenue_usd_bn()) listed.revenue_usd_bn = books.revenue_usd_bn();
      }
    }
    for (int i = 0; i < scenario_.listings_size(); ++i) {
      if (scenario_.listings(i).ticker() == name.ticker) listed.listing = i;
    }
    names_.by_place.push_back(std::move(name));
    listed_.push_back(listed);
  }
  rumours_.resize(roll_.size());
  for (size_t k = 0; k < roll_.size(); ++k) {
    people_.push_back(Make({.who = static_cast<Who>(k),
                            .roll = roll_,
                            .minds = &scenario_.minds(),
                            .outside = this,
                            .seed = setup.seed,
                            .start = setup.start}));
  }
  kernel_.Schedule(setup.start + kMorning, handler_, kDay);
}

Cast::~Cast() = default;

kernel::CivilDay Cast::Today() const { return kernel::UtcDayAt(kernel_.now()); }

size_t Cast::Keep(const Signal& signal) {
  if (free_.empty()) {
    pool_.push_back(signal);
    return pool_.size() - 1;
  }
  const size_t place = free_.back();
  free_.pop_back();
  pool_[place] = signal;
  return place;
}

Signal Cast::Fetch(size_t place) {
  free_.push_back(place);
  return pool_[place];
}

void Cast::Schedule(double delay_days, EventKind kind, uint64_t payload) {
  // Whole seconds are exact enough for people.
  const auto delay = static_cast<int64_t>(delay_days * Duration::Days(1).seconds());
  kernel_.Schedule(kernel_.now() + Duration::Seconds(delay), handler_, kind, payload);
}

void Cast::Send(Who to, const Signal& signal, double delay_days, uint64_t cause) {
  Signal message = signal;
  if (message.record == 0) message.record = cause;
  Schedule(delay_days, kDeliver, static_cast<uint64_t>(to) << 32 | Keep(message));
}

void Cast::Publish(const Signal& signal, double delay_days, uint64_t cause) {
  Signal news = signal;
  news.record = cause;
  Schedule(delay_days, kPublic, Keep(news));
}

void Cast::Whisper(v1::Part to, const Signal& signal, double delay_days, uint64_t cause) {
  for (size_t k = 0; k < roll_.size(); ++k) {
    if (roll_[k]->part() == to) Send(static_cast<Who>(k), signal, delay_days, cause);
  }
}

void Cast::Wake(Who who, Who other, double delay_days) {
  Schedule(delay_days, kWake, static_cast<uint64_t>(who) << 32 | static_cast<uint64_t>(other));
}

void Cast::Tell(const Signal& signal, uint64_t cause) { Happen(signal, false, cause); }

void Cast::OnEvent(const kernel::Event& event) {
  const size_t high = event.payload >> 32;
  const size_t low = event.payload & 0xffffffff;
  switch (event.kind) {
    case kDay: {
      Signal day;
      for (const auto& person : people_) person->Perceive(day);
      if (kernel_.now() + Duration::Days(1) <= end_) Schedule(1, kDay, 0);
      break;
    }
    case kDeliver:
      people_[high]->Perceive(Fetch(low));
      break;
    case kPublic: {
      Signal news = Fetch(low);
      const std::optional<uint64_t> record = Happen(news, true, news.record);
      if (!record) break;
      news.record = *record;
      if (news.kind == SignalKind::kRumour) ++rumours_[static_cast<size_t>(news.about)];
      Schedule(kBroadcastDays, kBroadcast, Keep(news));
      break;
    }
    case kBroadcast:
      Broadcast(Fetch(low));
      break;
    case kWake:
      people_[high]->Move(static_cast<Who>(low));
      break;
    default:
      break;
  }
}

void Cast::Broadcast(const Signal& signal) {
  for (const auto& person : people_) person->Perceive(signal);
}

std::optional<uint64_t> Cast::Happen(const Signal& signal, bool is_public, uint64_t cause) {
  const bool invests =
      signal.about != mind::kNobody && roll_[static_cast<size_t>(signal.about)]->supply().invests();
  v1::Event event = EventOf(signal, names_, invests);
  const Names::Name& who = names_.Of(
      signal.kind == SignalKind::kAnnouncement || signal.kind == SignalKind::kLeak ? signal.about
                                                                                   : signal.from);
  const std::string stem = absl::StrCat(mind::StemOf(signal.kind), "_", who.organisation);
  const int count = ++told_[stem];
  event.set_id(count == 1 ? stem : absl::StrCat(stem, "_", count));
  if (const std::string* line = is_public ? KeptBack(event.id()) : nullptr) {
    OnIntervened(mind::kNobody, *line, absl::StrCat("keeps back ", event.id()), cause);
    return std::nullopt;
  }
  const std::string day = kernel::FormatDay(kernel::DayAt(kernel_.now(), calendar_.zone()));
  event.set_date(day);
  event.set_told_on(day);
  event.set_precision(v1::PRECISION_DAY);
  if (is_public) {
    event.mutable_visibility()->set_public_from(day);
  } else {
    for (const std::string& actor : event.actors()) {
      event.mutable_visibility()->add_witnesses()->set_actor(actor);
    }
  }
  if (event.has_announcement()) {
    v1::Announcement& announcement = *event.mutable_announcement();
    announcement.set_at(kernel::FormatInstant(kernel_.now(), calendar_.zone()));
    const std::string ticker =
        announcement.exposures().empty() ? "" : announcement.exposures(0).company();
    announcement.set_first_session(kernel::FormatDay(host_.FirstSession(ticker)));
    *announcement.add_evidence() = event.evidence(0);
    v1::Surprise& surprise = *announcement.mutable_surprise();
    const int rumours =
        signal.about == mind::kNobody ? 0 : rumours_[static_cast<size_t>(signal.about)];
    surprise.set_prior_signals(static_cast<uint32_t>(std::min(rumours, 20)));
    surprise.set_overlap(0);
    surprise.set_reason("public reports of these talks in this run");
  }
  const uint64_t record = host_.Happen(event, cause);
  CompelAfter(event.id(), record);
  return record;
}

void Cast::CompelAfter(const std::string& event, uint64_t record) {
  for (const Waiting& waiting : waiting_) {
    if (waiting.force.event() != event) continue;
    v1::Force force = waiting.force;
    force.clear_event();
    Compel(force, waiting.line, record);
  }
}

void Cast::Witness(const v1::Event& event, uint64_t record) {
  CompelAfter(event.id(), record);
  const auto stage = [&](v1::Stage which, bool now) {
    if (which == v1::STAGE_UNSPECIFIED) return;
    Signal signal;
    signal.kind = SignalKind::kStage;
    signal.share = deal::GridOf(deal::Issue::kStage)[static_cast<size_t>(which) - 1];
    signal.now = now;
    signal.record = record;
    Schedule(kBroadcastDays, kBroadcast, Keep(signal));
  };
  stage(event.promises_stage(), false);
  stage(event.opens_stage(), true);
}

void Cast::Pin(const v1::Pin& pin, const std::string& line, uint64_t record) {
  for (size_t k = 0; k < people_.size(); ++k) {
    if (names_.by_place[k].actor == pin.actor()) people_[k]->Pin(pin, line, record);
  }
}

void Cast::Compel(const v1::Force& force, const std::string& line, uint64_t record) {
  if (!force.event().empty()) {
    waiting_.push_back({force, line});
    return;
  }
  for (size_t k = 0; k < people_.size(); ++k) {
    if (names_.by_place[k].actor == force.actor()) people_[k]->Compel(force.answer(), line, record);
  }
}

void Cast::KeepBack(const std::string& pattern, const std::string& line) {
  kept_back_.push_back({pattern, line});
}

const std::string* Cast::KeptBack(const std::string& id) const {
  for (const Kept& kept : kept_back_) {
    if (mind::Matches(kept.pattern, id)) return &kept.line;
  }
  return nullptr;
}

void Cast::Refresh() {
  annuities_ = talks::AnnuityTable(scenario_.minds().discount_rate());
  outlook_ = OutlookTable(roll_.front()->demand());
  for (const auto& person : people_) person->Refresh();
}

void Cast::OnClose(const std::string& ticker, double abnormal_return, double sd) {
  if (std::abs(abnormal_return) < kUnusual * sd) return;
  if (mind::IsOff("stock_feedback", scenario_.minds())) return;
  Signal surge;
  surge.kind = SignalKind::kSurge;
  surge.share = abnormal_return;
  for (size_t k = 0; k < names_.by_place.size(); ++k) {
    if (names_.by_place[k].ticker == ticker) surge.about = static_cast<Who>(k);
  }
  if (surge.about != mind::kNobody) Schedule(kBroadcastDays, kBroadcast, Keep(surge));
}

deal::Company Cast::BooksOf(Who supplier) const {
  const Listed& listed = listed_[static_cast<size_t>(supplier)];
  if (listed.listing < 0) {
    return {.capitalisation_usd_bn = 0, .forward_revenue_usd_bn = listed.revenue_usd_bn};
  }
  return {.capitalisation_usd_bn = host_.CapitalisationUsdBn(listed.listing),
          .forward_revenue_usd_bn = host_.ForwardRevenueUsdBn(listed.listing)};
}

bool Cast::TradingDay() const { return calendar_.IsTradingDay(Today()); }

int64_t Cast::TradingDaysSince(Time earlier) const {
  return calendar_.TradingDaysBetween(kernel::UtcDayAt(earlier), Today());
}

uint64_t Cast::OnPerception(Who who, const Signal& signal) {
  if (!host_.Recording()) return 0;
  v1::Record record;
  record.set_cause_id(signal.record);
  v1::Perception& perception = *record.mutable_perception();
  perception.set_actor(names_.Of(who).actor);
  perception.set_signal(mind::NameOf(signal.kind));
  if (signal.about != mind::kNobody) perception.set_about(names_.Of(signal.about).actor);
  return host_.Record(record);
}

uint64_t Cast::OnRule(const mind::Rule& rule, Who who, Who about, uint64_t cause) {
  if (!host_.Recording()) return 0;
  v1::Record record;
  record.set_cause_id(cause);
  v1::RuleFiring& firing = *record.mutable_rule_firing();
  firing.set_rule(rule.id);
  firing.set_actor(names_.Of(who).actor);
  if (about != mind::kNobody) firing.set_about(names_.Of(about).actor);
  return host_.Record(record);
}

void Cast::OnMind(Who who, v1::MindState state, double before, double after, uint64_t cause) {
  if (!host_.Recording()) return;
  v1::Record record;
  record.set_cause_id(cause);
  v1::MindChange& change = *record.mutable_mind_change();
  change.set_actor(names_.Of(who).actor);
  change.set_state(state);
  const auto ppm = [](double level) { return static_cast<int64_t>(std::llround(level * 1e6)); };
  change.set_before_ppm(ppm(before));
  change.set_after_ppm(ppm(after));
  host_.Record(record);
}

uint64_t Cast::OnOffer(Who to, v1::OfferKind kind, const Signal& signal, const talks::Worth& worth,
                       double reservation, uint64_t cause) {
  if (!host_.Recording()) return 0;
  v1::Record record;
  record.set_cause_id(cause);
  v1::Offer& offer = *record.mutable_offer();
  offer.set_from(names_.Of(signal.from).actor);
  offer.set_to(names_.Of(to).actor);
  offer.set_kind(kind);
  const auto millions = [](double usd_bn) {
    return static_cast<int64_t>(std::llround(usd_bn * 1000));
  };
  v1::Terms& terms = *offer.mutable_terms();
  const deal::TermSheet& sheet = signal.sheet;
  terms.set_capacity_mw(static_cast<uint64_t>(millions(sheet.Value(deal::Issue::kCapacity))));
  terms.set_value_usd_millions(static_cast<uint64_t>(millions(sheet.ContractUsdBn())));
  terms.set_term_months(static_cast<uint32_t>(12 * sheet.Value(deal::Issue::kTerm)));
  if (const double equity = sheet.Value(deal::Issue::kEquity); equity > 0) {
    terms.set_vendor_equity_usd_millions(static_cast<uint64_t>(millions(equity)));
  }
  if (const double warrants = sheet.Value(deal::Issue::kWarrants); warrants > 0) {
    terms.set_vendor_warrants_bp(static_cast<uint32_t>(std::lround(warrants * 100)));
  }
  if (const double guarantee = sheet.Value(deal::Issue::kGuarantee); guarantee > 0) {
    terms.set_loan_guarantee_usd_millions(static_cast<uint64_t>(millions(guarantee)));
  }
  const auto place = [&](deal::Issue issue) { return 1 + sheet.place[deal::IndexOf(issue)]; };
  terms.set_exclusivity(static_cast<v1::Exclusivity>(place(deal::Issue::kExclusivity)));
  terms.set_contract_class(static_cast<v1::ContractClass>(place(deal::Issue::kBinding)));
  terms.set_stage(static_cast<v1::Stage>(place(deal::Issue::kStage)));
  const auto ppm = [&](deal::Issue issue) {
    return static_cast<uint32_t>(std::lround(1e6 * sheet.Value(issue)));
  };
  terms.set_site_control_ppm(ppm(deal::Issue::kSites));
  terms.set_headline_multiple_ppm(ppm(deal::Issue::kHeadline));
  terms.set_start_lag_months(
      static_cast<uint32_t>(std::lround(12 * sheet.Value(deal::Issue::kStartLag))));
  offer.set_worth_usd_millions(millions(worth.total()));
  offer.set_reservation_usd_millions(millions(reservation));
  offer.set_economic_usd_millions(millions(worth.economic));
  return host_.Record(record);
}

void Cast::OnThread(Who supplier, mind::Stage stage, uint64_t cause) {
  if (!host_.Recording()) return;
  v1::Record record;
  record.set_cause_id(cause);
  record.mutable_thread_change()->set_supplier(names_.Of(supplier).actor);
  // Stages are in the order of the trace's, which begins with "unspecified" where none is open.
  record.mutable_thread_change()->set_stage(static_cast<v1::ThreadStage>(stage));
  host_.Record(record);
}

uint64_t Cast::OnIntervened(Who who, const std::string& intervention, const std::string& effect,
                            uint64_t cause) {
  if (!host_.Recording()) return 0;
  v1::Record record;
  record.set_cause_id(cause);
  v1::InterventionEffect& done = *record.mutable_intervention_effect();
  done.set_intervention(intervention);
  if (who != mind::kNobody) done.set_actor(names_.Of(who).actor);
  done.set_effect(effect);
  return host_.Record(record);
}

}  // namespace oneup::people
