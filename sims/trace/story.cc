#include "sims/trace/story.h"

#include <cmath>

namespace oneup::trace {
namespace {

// To a whole number of units; `scale` is how many of them one of the value's is.
template <typename Integer>
Integer Scaled(double value, double scale) {
  return static_cast<Integer>(std::llround(value * scale));
}

}  // namespace

int64_t Ppm(double fraction) { return std::llround(fraction * 1e6); }

v1::Header HeaderFor(const sims::LoadedScenario& scenario, uint64_t seed, v1::Detail detail) {
  v1::Header header;
  header.set_scenario_name(scenario.proto.name());
  header.set_scenario_sha256(scenario.digest);
  for (const sims::SourceText& source : scenario.sources) {
    v1::SourceFile* file = header.add_scenario_files();
    file->set_name(source.name);
    file->set_content(source.text);
  }
  header.set_seed(seed);
  header.set_detail(detail);
  for (const v1::Listing& listing : scenario.proto.listings()) {
    v1::TracedListing* traced = header.add_listings();
    traced->set_ticker(listing.ticker());
    traced->set_name(listing.name());
    traced->set_currency(listing.currency());
    traced->set_tick_micros(Scaled<uint64_t>(listing.tick_size(), 1e6));
  }
  return header;
}

v1::Terms TermsOf(const v1::DealTerms& terms) {
  v1::Terms out;
  if (terms.has_capacity_gw()) out.set_capacity_mw(Scaled<uint64_t>(terms.capacity_gw(), 1e3));
  if (terms.has_value_usd_bn()) {
    out.set_value_usd_millions(Scaled<uint64_t>(terms.value_usd_bn(), 1e3));
  }
  if (terms.has_term_years()) out.set_term_months(Scaled<uint32_t>(terms.term_years(), 12));
  if (terms.has_chips_millions()) {
    out.set_chips_thousands(Scaled<uint64_t>(terms.chips_millions(), 1e3));
  }
  if (terms.has_vendor_equity()) {
    out.set_vendor_equity_usd_millions(Scaled<uint64_t>(terms.vendor_equity().total_usd_bn(), 1e3));
    out.set_vendor_equity_up_to(terms.vendor_equity().up_to());
  }
  if (terms.has_vendor_warrants()) {
    out.set_vendor_warrants_bp(Scaled<uint32_t>(terms.vendor_warrants().percent_of_shares(), 1e2));
  }
  if (terms.has_loan_guarantee_usd_bn()) {
    out.set_loan_guarantee_usd_millions(Scaled<uint64_t>(terms.loan_guarantee_usd_bn(), 1e3));
  }
  if (terms.has_site_control()) {
    out.set_site_control_ppm(Scaled<uint32_t>(terms.site_control(), 1e6));
  }
  if (terms.has_headline_multiple()) {
    out.set_headline_multiple_ppm(Scaled<uint32_t>(terms.headline_multiple(), 1e6));
  }
  if (terms.has_start_lag_years()) {
    out.set_start_lag_months(Scaled<uint32_t>(terms.start_lag_years(), 12));
  }
  out.set_exclusivity(terms.exclusivity());
  out.set_contract_class(terms.contract_class());
  out.set_stage(terms.stage());
  return out;
}

v1::Happening HappeningOf(const v1::Event& event) {
  v1::Happening happening;
  happening.set_event_id(event.id());
  happening.set_kind(event.kind());
  *happening.mutable_actors() = event.actors();
  happening.set_headline(event.headline());
  if (event.has_terms()) *happening.mutable_terms() = TermsOf(event.terms());
  happening.set_committed_by(event.committed_by());
  return happening;
}

}  // namespace oneup::trace
