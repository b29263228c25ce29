// A small scenario without problems, and ways to break it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sims/scenario/scenario.h"

namespace oneup::sims {

inline constexpr std::string_view kSmallText = R"(name: "small"
title: "A small scenario"
start_date: "2025-01-02"
end_date: "2025-01-10"
default_seed: 1
hub: "buyer"
calendars {
  id: "XNYS"
  name: "New York"
  zone: "America/New_York"
  first_date: "2025-01-01"
  last_date: "2025-01-31"
  session_rules { effective_from: "2025-01-01" preopen: "08:00" open: "09:30" close: "16:00" }
  holidays { date: "2025-01-01" name: "New Year's Day" }
  holidays { date: "2025-01-09" name: "Day of mourning" }
  half_days { date: "2025-01-03" close: "13:00" name: "Half a day" }
}
histories {
  file: "prices.csv"
  adjustment: "none"
  evidence { source: "a test" status: EVIDENCE_STATUS_ASSUMED }
}
listings {
  ticker: "SPY" name: "Index" mic: "ARCX" calendar: "XNYS" currency: "USD"
  tick_size: 0.01 shares_outstanding_bn: 1 is_index: true
}
listings {
  ticker: "NVDA" name: "Maker" mic: "XNAS" calendar: "XNYS" currency: "USD"
  tick_size: 0.01 shares_outstanding_bn: 2
  capitalisations { date: "2025-01-02" usd_bn: 20 source: "a test" }
  beta_to_market: 1 daily_idiosyncratic_volatility: 0.02 daily_turnover: 0.01
  forward_revenue_usd_bn: 10 operating_margin: 0.5 tax_rate: 0.2
  sector: "chips" layer: "maker"
  stakes { company: "OTHER" owned_share: 0.5 company_value_usd_bn: 3 }
}
actors { id: "buyer" name: "Buyer" kind: ACTOR_KIND_ORGANISATION }
actors { id: "maker" name: "Maker" kind: ACTOR_KIND_ORGANISATION ticker: "NVDA" }
actors { id: "ada" name: "Ada" kind: ACTOR_KIND_PERSON organisation: "buyer" }
events {
  id: "talks"
  date: "2025-01" precision: PRECISION_MONTH told_on: "2025-01-03"
  kind: EVENT_KIND_TALKS
  actors: "ada"
  headline: "They talk."
  visibility { witnesses { actor: "ada" } }
  evidence { source: "a test" status: EVIDENCE_STATUS_ASSUMED }
}
events {
  id: "deal"
  date: "2025-01-07" precision: PRECISION_DAY
  kind: EVENT_KIND_ANNOUNCEMENT
  actors: "maker" actors: "buyer"
  headline: "They sign."
  after: "talks"
  terms {
    capacity_gw: 2 price_usd_bn_per_gw: 5 value_usd_bn: 10 term_years: 5
    vendor_equity { total_usd_bn: 4 upfront_usd_bn: 1 usd_bn_per_gw: 1.5 }
    vendor_warrants { percent_of_shares: 3 vesting { percent_of_shares: 3 capacity_gw: 1 } }
    contract_class: CONTRACT_CLASS_DEFINITIVE
  }
  committed_by: "buyer"
  announcement {
    at: "2025-01-06T18:00-05:00"
    first_session: "2025-01-07"
    exposures { company: "NVDA" role: EXPOSURE_ROLE_SUPPLIER }
    surprise { prior_signals: 0 overlap: 0 reason: "none" }
    recorded { ticker: "NVDA" first_day_return: 0.1 source: "a test" }
    evidence { source: "a test" status: EVIDENCE_STATUS_ASSUMED }
  }
  visibility { public_from: "2025-01-06" witnesses { actor: "ada" since: "2025-01-03" } }
  evidence { source: "a test" status: EVIDENCE_STATUS_ASSUMED }
}
)";

inline constexpr std::string_view kSmallPrices = R"(# a test
date,ticker,open,high,low,close,volume
2025-01-02,SPY,100,101,99,100,1000
2025-01-03,SPY,100,101,99,100.5,1000
2025-01-02,NVDA,10,10.5,9.5,10,500
2025-01-03,NVDA,10,11,10,10.5,500
)";

// The small scenario's files, each once with `from` replaced by `to` (all occurrences if
// the files hold several). An empty `from` changes nothing.
inline std::vector<SourceText> SmallFiles(std::string_view from = "", std::string_view to = "") {
  std::vector<SourceText> files = {{"small.textproto", std::string(kSmallText)},
                                   {"prices.csv", std::string(kSmallPrices)}};
  if (from.empty()) return files;
  for (SourceText& file : files) {
    for (size_t at = file.text.find(from); at != std::string::npos;
         at = file.text.find(from, at + to.size())) {
      file.text.replace(at, from.size(), to);
    }
  }
  return files;
}

}  // namespace oneup::sims
