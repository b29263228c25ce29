#include "sims/emergent/recorded_outcome.h"

#include <algorithm>
#include <limits>
#include <optional>

namespace oneup::sims {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

class Recorder {
 public:
  explicit Recorder(const LoadedScenario& scenario) : scenario_(scenario) {}

  StoryOutcome Read() const {
    StoryOutcome outcome;
    for (const ScheduledEvent& scheduled : scenario_.schedule) {
      const v1::Event& event = scenario_.proto.events(scheduled.index);
      if (IsDeal(event)) {
        if (std::optional<DealOutcome> deal = DealIn(event, scheduled.day)) {
          outcome.deals.push_back(*std::move(deal));
        }
      } else if (std::optional<StoryFact> fact = FactIn(event, scheduled.day)) {
        outcome.facts.push_back(*std::move(fact));
      }
    }
    std::ranges::stable_sort(outcome.deals, {}, &DealOutcome::day);
    return outcome;
  }

 private:
  // Who acts for an organisation; others act for themselves.
  const std::string& PersonOf(const std::string& id) const {
    for (const v1::Actor& actor : scenario_.proto.actors()) {
      if (actor.kind() == v1::ACTOR_KIND_PERSON && actor.organisation() == id) return actor.id();
    }
    return id;
  }
  bool IsHub(const std::string& id) const {
    const std::string& hub = scenario_.proto.hub();
    const v1::Actor* actor = scenario_.FindActor(id);
    return id == hub || (actor != nullptr && actor->organisation() == hub);
  }
  bool OfHub(const v1::Event& event) const {
    return std::ranges::any_of(event.actors(), [this](const std::string& id) { return IsHub(id); });
  }

  bool IsDeal(const v1::Event& event) const {
    if (!OfHub(event)) return false;
    if (event.kind() == v1::EVENT_KIND_DEAL) return !event.visibility().public_from().empty();
    return event.kind() == v1::EVENT_KIND_ANNOUNCEMENT && event.has_announcement() &&
           event.terms().has_value_usd_bn();
  }

  std::optional<DealOutcome> DealIn(const v1::Event& event, kernel::CivilDay day) const {
    DealOutcome deal;
    deal.event = event.id();
    for (const std::string& id : event.actors()) {
      if (deal.supplier.empty() && !IsHub(id)) deal.supplier = PersonOf(id);
    }
    if (deal.supplier.empty()) return std::nullopt;
    deal.day = day;
    const v1::DealTerms& terms = event.terms();
    deal.first_day = deal.added_usd_bn = kNaN;
    if (event.kind() == v1::EVENT_KIND_DEAL) {
      absl::ParseCivilTime(event.visibility().public_from(), &deal.day);
      deal.usd_bn = deal.headline_usd_bn = deal.capacity_gw = kNaN;
      deal.equity_usd_bn = deal.warrants_percent = deal.guarantee_usd_bn = kNaN;
      return deal;
    }
    deal.usd_bn = terms.value_usd_bn();
    deal.headline_usd_bn =
        deal.usd_bn * (terms.has_headline_multiple() ? terms.headline_multiple() : 1);
    deal.capacity_gw = terms.has_capacity_gw() ? terms.capacity_gw() : kNaN;
    deal.equity_usd_bn = terms.vendor_equity().total_usd_bn();
    deal.warrants_percent = terms.vendor_warrants().percent_of_shares();
    deal.guarantee_usd_bn = terms.loan_guarantee_usd_bn();
    Measure(event.announcement(), deal);
    return deal;
  }

  static void Measure(const v1::Announcement& announcement, DealOutcome& deal) {
    if (announcement.exposures().empty()) return;
    const v1::Exposure& first = announcement.exposures(0);
    deal.invests = first.role() == v1::EXPOSURE_ROLE_FUNDER;
    if (deal.invests) deal.equity_usd_bn = first.capital_at_risk_usd_bn();
    for (const v1::RecordedReaction& reaction : announcement.recorded()) {
      if (reaction.ticker() != first.company()) continue;
      deal.first_day = reaction.has_first_day_return() ? reaction.first_day_return() : kNaN;
      deal.added_usd_bn = reaction.has_added_value_usd_bn() ? reaction.added_value_usd_bn() : kNaN;
    }
  }

  std::optional<StoryFact> FactIn(const v1::Event& event, kernel::CivilDay day) const {
    StoryFact fact{event.kind(), PersonOf(event.actors(0)), "", day};
    if (event.kind() == v1::EVENT_KIND_STATEMENT) return std::nullopt;
    if (event.kind() == v1::EVENT_KIND_ANNOUNCEMENT) {
      if (OfHub(event)) return std::nullopt;
      fact.kind = v1::EVENT_KIND_STATEMENT;
      return fact;
    }
    for (const std::string& id : event.actors()) {
      if (fact.other.empty() && PersonOf(id) != fact.actor) fact.other = PersonOf(id);
    }
    if (event.kind() == v1::EVENT_KIND_LEAK) {
      const std::string displaced = Displaced(event.announcement());
      if (!displaced.empty()) fact.other = displaced;
    }
    return fact;
  }

  std::string Displaced(const v1::Announcement& announcement) const {
    for (const v1::Exposure& exposure : announcement.exposures()) {
      if (exposure.role() != v1::EXPOSURE_ROLE_DISPLACED) continue;
      for (const v1::Actor& actor : scenario_.proto.actors()) {
        if (actor.ticker() == exposure.company()) return PersonOf(actor.id());
      }
    }
    return "";
  }

  const LoadedScenario& scenario_;
};

}  // namespace

std::vector<SupplierName> SuppliersOf(const LoadedScenario& scenario) {
  std::vector<SupplierName> suppliers;
  for (const v1::Principal& principal : scenario.proto.principals()) {
    if (principal.part() != v1::PART_SUPPLIER) continue;
    const v1::Actor* person = scenario.FindActor(principal.actor());
    const v1::Actor* company =
        person == nullptr ? nullptr : scenario.FindActor(person->organisation());
    suppliers.push_back({principal.actor(), company != nullptr  ? company->name()
                                            : person != nullptr ? person->name()
                                                                : principal.actor()});
  }
  return suppliers;
}

StoryOutcome RecordedOutcome(const LoadedScenario& recorded) { return Recorder(recorded).Read(); }

kernel::CivilDay RecordedUntil(const LoadedScenario& recorded) {
  kernel::CivilDay day;
  absl::ParseCivilTime(recorded.proto.end_date(), &day);
  return day;
}

}  // namespace oneup::sims
