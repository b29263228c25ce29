#include "sims/world/news_desk.h"

#include <algorithm>
#include <cmath>

#include "agents/deal/valuation.h"
#include "market/kernel/math.h"
#include "sims/world/forward_revenue.h"

namespace oneup::sims {
namespace {

// A deal that makes headlines by its size, and how long the market remembers it.
constexpr double kMegaDealUsdBn = 50;
constexpr int kMegaDealMemoryDays = 90;

deal::ContractClass ToContractClass(v1::ContractClass contract) {
  switch (contract) {
    case v1::CONTRACT_CLASS_JOINT_VENTURE:
      return deal::ContractClass::kJointVenture;
    case v1::CONTRACT_CLASS_LETTER_OF_INTENT:
      return deal::ContractClass::kLetterOfIntent;
    case v1::CONTRACT_CLASS_MILESTONE:
      return deal::ContractClass::kMilestone;
    case v1::CONTRACT_CLASS_DEFINITIVE:
      return deal::ContractClass::kDefinitive;
    default:
      return deal::ContractClass::kTermSheet;
  }
}

// The part of a company in the event's deal; own_margin: its operating margin, 0 if unknown.
deal::Part PartOf(const v1::Event& event, const v1::Exposure& exposure, double own_margin) {
  const v1::DealTerms& terms = event.terms();
  const v1::Surprise& surprise = event.announcement().surprise();
  deal::Part part;
  part.contract = ToContractClass(terms.contract_class());
  part.revenue_usd_bn =
      exposure.has_revenue_usd_bn() ? exposure.revenue_usd_bn() : terms.value_usd_bn();
  part.term_years = terms.has_term_years() ? terms.term_years() : 1;
  if (exposure.has_operating_margin() && own_margin > 0) {
    part.margin_ratio = exposure.operating_margin() / own_margin;
  }
  part.capital_at_risk_usd_bn = exposure.capital_at_risk_usd_bn();
  part.earlier_signals = static_cast<int>(surprise.prior_signals());
  part.overlap = surprise.overlap();
  if (exposure.role() == v1::EXPOSURE_ROLE_SUPPLIER) {
    part.capital_at_risk_usd_bn += terms.vendor_equity().total_usd_bn();
    part.warrants = terms.vendor_warrants().percent_of_shares() / 100;
    part.guarantee_usd_bn = terms.loan_guarantee_usd_bn();
  } else if (exposure.role() == v1::EXPOSURE_ROLE_DISPLACED) {
    part.revenue_usd_bn = -part.revenue_usd_bn;
  } else if (!exposure.has_revenue_usd_bn()) {
    part.revenue_usd_bn = 0;  // customers and partners: nothing that could be counted
  }
  return part;
}

}  // namespace

double NewsDesk::Capitalisation(const v1::Listing& listing, const std::string& date) const {
  if (value_) return value_(listing, date);
  double usd_bn = 0;
  for (const v1::Capitalisation& point : listing.capitalisations()) {
    if (usd_bn == 0 || point.date() < date) usd_bn = point.usd_bn();
  }
  return usd_bn;
}

int NewsDesk::MegaDealsBefore(const v1::Event& event) const {
  const auto day_of = [](const v1::Event& e) { return e.announcement().first_session(); };
  kernel::CivilDay day;
  if (!absl::ParseCivilTime(day_of(event), &day)) return 0;
  const auto counts = [&](const v1::Event& other) {
    kernel::CivilDay other_day;
    return other.has_announcement() && other.terms().value_usd_bn() >= kMegaDealUsdBn &&
           absl::ParseCivilTime(day_of(other), &other_day) && other_day < day &&
           day - other_day <= kMegaDealMemoryDays;
  };
  return static_cast<int>(std::ranges::count_if(scenario_.proto.events(), counts) +
                          std::ranges::count_if(remembered_, counts));
}

double NewsDesk::Revenue(const v1::Listing& listing, const std::string& date) const {
  const absl::StatusOr<kernel::CivilDay> day = kernel::ParseDay(date);
  return ForwardRevenueUsdBn(scenario_.proto, listing,
                             day.ok() ? static_cast<int>(day->year()) : 0);
}

std::optional<NewsDesk::Books> NewsDesk::BooksOf(const std::string& company,
                                                 const std::string& date) const {
  if (const v1::Listing* listing = scenario_.FindListing(company); listing != nullptr) {
    return Books{{Capitalisation(*listing, date), Revenue(*listing, date)},
                 listing->operating_margin(),
                 listing->sector(),
                 listing->layer()};
  }
  for (const v1::Listing& listing : scenario_.proto.listings()) {
    for (const v1::Stake& stake : listing.stakes()) {
      if (stake.company() != company) continue;
      return Books{{stake.company_value_usd_bn(), stake.forward_revenue_usd_bn()},
                   0,
                   stake.sector(),
                   stake.layer()};
    }
  }
  return std::nullopt;
}

NewsDesk::CompanyNews NewsDesk::Direct(const Context& context, const std::string& company) const {
  CompanyNews news;
  for (const v1::Exposure& exposure : context.event.announcement().exposures()) {
    if (exposure.company() != company || exposure.role() == v1::EXPOSURE_ROLE_PARTNER) continue;
    const auto books = BooksOf(company, context.event.announcement().first_session());
    if (!books) continue;
    news.direct = true;
    news.log_return += deal::LogReturn(context.parameters,
                                       PartOf(context.event, exposure, books->operating_margin),
                                       books->company, context.mega_deals);
  }
  return news;
}

double NewsDesk::Spillover(const Context& context, const std::string& sector,
                           const std::string& layer) const {
  if (sector.empty()) return 0;
  double sector_revenue = 0;
  for (const v1::Listing& listing : scenario_.proto.listings()) {
    if (listing.sector() == sector) {
      sector_revenue += Revenue(listing, context.event.announcement().first_session());
    }
  }
  double log_return = 0;
  // Doubt falls on the sectors of those who are named, on all of them if nobody is.
  bool doubted = context.event.announcement().exposures().empty();
  for (const v1::Exposure& exposure : context.event.announcement().exposures()) {
    const auto supplier = BooksOf(exposure.company(), context.event.announcement().first_session());
    if (!supplier || supplier->sector != sector) continue;
    doubted = true;
    if (sector_revenue <= 0) continue;
    const double shock = deal::SectorShock(
        context.parameters, PartOf(context.event, exposure, supplier->operating_margin),
        sector_revenue);
    log_return += shock * (supplier->layer == layer ? context.parameters.substitute()
                                                    : context.parameters.complement());
  }
  if (doubted) log_return += context.parameters.doubt() * context.event.announcement().doubt();
  return log_return;
}

std::vector<Impact> NewsDesk::Read(const v1::Event& event,
                                   const v1::ValuationParameters& parameters) const {
  std::vector<Impact> impacts;
  if (!event.has_announcement()) return impacts;
  const Context context{event, parameters, MegaDealsBefore(event)};
  for (int i = 0; i < scenario_.proto.listings_size(); ++i) {
    const v1::Listing& listing = scenario_.proto.listings(i);
    if (listing.is_index()) continue;
    CompanyNews own = Direct(context, listing.ticker());
    if (!own.direct) own.log_return += Spillover(context, listing.sector(), listing.layer());
    const double value = Capitalisation(listing, event.announcement().first_session());
    for (const v1::Stake& stake : listing.stakes()) {
      const v1::Listing* held = scenario_.FindListing(stake.company());
      const double held_value = held != nullptr
                                    ? Capitalisation(*held, event.announcement().first_session())
                                    : stake.company_value_usd_bn();
      CompanyNews news = Direct(context, stake.company());
      if (!news.direct) news.log_return += Spillover(context, stake.sector(), stake.layer());
      if (value <= 0) continue;
      const double discount = stake.has_price_to_holdings() ? stake.price_to_holdings() : 1;
      const double gain = math::Expm1(news.log_return) * stake.owned_share() * held_value;
      own.log_return += math::Log1p(std::max(-0.9, discount * gain / value));
    }
    if (own.log_return != 0) {
      impacts.push_back({i, own.log_return, own.direct ? std::max(0.0, own.log_return) : 0.0});
    }
  }
  return impacts;
}

}  // namespace oneup::sims
