#include "sims/emergent/outcome.h"

#include <algorithm>
#include <limits>

namespace oneup::sims {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

bool IsDeal(const v1::Event& event) {
  return event.kind() == v1::EVENT_KIND_ANNOUNCEMENT && event.has_terms() && event.emerged();
}

DealOutcome DealIn(const EmergedEvent& emerged) {
  const v1::DealTerms& terms = emerged.event.terms();
  DealOutcome deal;
  deal.event = emerged.event.id();
  // The hub speaks first, the supplier is the other.
  deal.supplier = emerged.event.actors(emerged.event.actors_size() - 1);
  absl::ParseCivilTime(emerged.event.told_on(), &deal.day);
  deal.capacity_gw = terms.capacity_gw();
  deal.usd_bn = terms.value_usd_bn();
  deal.headline_usd_bn = terms.value_usd_bn() * terms.headline_multiple();
  deal.equity_usd_bn = terms.vendor_equity().total_usd_bn();
  deal.warrants_percent = terms.vendor_warrants().percent_of_shares();
  deal.guarantee_usd_bn = terms.loan_guarantee_usd_bn();
  for (const v1::Exposure& exposure : emerged.event.announcement().exposures()) {
    deal.invests = deal.invests || exposure.role() == v1::EXPOSURE_ROLE_FUNDER;
  }
  return deal;
}

// The place of the listing that an announcement names first; -1 if it names none.
int FirstNamed(const LoadedScenario& scenario, const v1::Announcement& announcement) {
  if (announcement.exposures().empty()) return -1;
  for (int i = 0; i < scenario.proto.listings_size(); ++i) {
    if (scenario.proto.listings(i).ticker() == announcement.exposures(0).company()) return i;
  }
  return -1;
}

void Measure(const LoadedScenario& scenario, const RunResult& result, const EmergedEvent& emerged,
             DealOutcome& deal) {
  const v1::Announcement& announcement = emerged.event.announcement();
  deal.first_day = FirstDayReturn(scenario, result, announcement);
  const int listing = FirstNamed(scenario, announcement);
  deal.added_usd_bn =
      listing < 0 ? kNaN : deal.first_day * emerged.usd_bn[static_cast<size_t>(listing)];
}

}  // namespace

const StoryFact* StoryOutcome::First(v1::EventKind kind, const std::string& actor,
                                     const std::string& other) const {
  const auto found = std::ranges::find_if(facts, [&](const StoryFact& fact) {
    return fact.kind == kind && fact.actor == actor && (other.empty() || fact.other == other);
  });
  return found == facts.end() ? nullptr : &*found;
}

const DealOutcome* StoryOutcome::DealOf(const std::string& supplier) const {
  const auto found = std::ranges::find(deals, supplier, &DealOutcome::supplier);
  return found == deals.end() ? nullptr : &*found;
}

double FirstDayReturn(const LoadedScenario& scenario, const RunResult& result,
                      const v1::Announcement& announcement) {
  const int listing = FirstNamed(scenario, announcement);
  kernel::CivilDay session;
  if (listing < 0 || !absl::ParseCivilTime(announcement.first_session(), &session)) return kNaN;
  const RecordedPrices& prices = result.prices[static_cast<size_t>(listing)];
  const DailyBar* after = prices.Find(session);
  const DailyBar* before = prices.Before(session);
  return after == nullptr || before == nullptr ? kNaN : after->close / before->close - 1;
}

StoryOutcome OutcomeOf(const LoadedScenario& scenario, uint64_t seed, const RunResult& result) {
  StoryOutcome outcome;
  outcome.seed = seed;
  for (const EmergedEvent& emerged : result.emerged) {
    if (IsDeal(emerged.event)) {
      DealOutcome& deal = outcome.deals.emplace_back(DealIn(emerged));
      Measure(scenario, result, emerged, deal);
      continue;
    }
    StoryFact& fact = outcome.facts.emplace_back();
    fact.kind = emerged.event.kind();
    fact.actor = emerged.event.actors(0);
    if (emerged.event.actors_size() > 1) fact.other = emerged.event.actors(1);
    absl::ParseCivilTime(emerged.event.told_on(), &fact.day);
  }
  return outcome;
}

}  // namespace oneup::sims
