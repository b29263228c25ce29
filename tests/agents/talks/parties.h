// Two parties to a thread of talks with random traits, and random tables to bargain over.
#pragma once

#include <google/protobuf/text_format.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "agents/talks/worth.h"
#include "market/kernel/random.h"
#include "oneup/v1/principals.pb.h"
#include "oneup/v1/valuation.pb.h"

namespace oneup::talks {

template <typename Message>
Message FromText(const std::string& text) {
  Message message;
  if (!google::protobuf::TextFormat::ParseFromString(text, &message)) std::abort();
  return message;
}

// Parameters of one thread; what the views point to lives here, so it does not move.
struct Parties {
  v1::ValuationParameters valuation = FromText<v1::ValuationParameters>(
      "elasticity: 0.6 signal_discount: 0.35 warrant_value: 0.5 equity_loss: 0.15 "
      "guarantee_loss: 0.02 credibility { joint_venture: 0.3 letter_of_intent: 0.5 "
      "term_sheet: 0.6 milestone: 0.7 definitive: 0.9 }");
  AnnuityTable annuities{0.10};
  v1::Supply supply;
  v1::Demand demand;
  v1::Character supplier_character;
  v1::Character hub_character;
  std::vector<mind::Stance> stances;
  SupplierWorth::View supplier;
  HubWorth::View hub;

  explicit Parties(kernel::Stream& random) {
    supply.set_margin(random.Uniform(0.1, 0.7));
    supply.set_tax_rate(random.Uniform(0, 0.3));
    supply.set_elsewhere_usd_bn_per_gw(random.Uniform(0, 12));
    supply.set_setup_usd_bn(random.Uniform(0, 10));
    supply.set_strain(random.Uniform(0, 1));
    supply.set_exclusivity_usd_bn(random.Uniform(0, 10));
    supply.set_site_usd_bn(random.Uniform(0, 5));
    supply.set_site_wish(random.Uniform());
    supplier_character = RandomCharacter(random);
    supplier_character.set_market_weight(random.Uniform(0, 0.2));
    supplier_character.set_anchor_usd_bn(random.Uniform(0, 10));
    supplier_character.set_stance_usd_bn(random.Uniform(0, 3));
    demand.set_value_usd_bn_per_gw(random.Uniform(20, 60));
    demand.set_own_burden(random.Uniform(0.2, 0.8));
    demand.set_funding_cost(random.Uniform(0, 0.2));
    demand.set_funding_slope(random.Uniform(0, 1));
    demand.set_leverage(random.Uniform(1, 5));
    demand.set_subsidy_worth(random.Uniform(0.1, 1));
    demand.set_exclusivity_usd_bn(random.Uniform(1, 20));
    demand.set_site_usd_bn(random.Uniform(1, 5));
    hub_character = RandomCharacter(random);
    const double capitalisation = random.Uniform(100, 4000);
    const double revenue = random.Uniform(20, 300);
    const double obligations = random.Uniform(0, 1000);
    const double record = random.Uniform(10, 500);
    supplier = {.supply = &supply,
                .character = &supplier_character,
                .valuation = &valuation,
                .annuities = &annuities,
                .books = {capitalisation, revenue},
                .known = {.record_usd_bn = record, .anchor_gw = 10, .hub_usd_bn = obligations},
                .own_headline_usd_bn = 10,
                .face = random.Uniform(0, 1),
                .credit_usd_bn = random.Uniform(1000, 5000)};
    hub = {.demand = &demand,
           .character = &hub_character,
           .valuation = &valuation,
           .annuities = &annuities,
           .supplier = {capitalisation, revenue},
           .quality = random.Uniform(0.4, 1),
           .need_gw = random.Uniform(10, 40),
           .contracted_gw = random.Uniform(0, 10),
           .committed_usd_bn = obligations,
           .raised_usd_bn = random.Uniform(10, 50),
           .record_usd_bn = record,
           .own_headline_usd_bn = 10};
  }
  Parties(const Parties&) = delete;
  Parties& operator=(const Parties&) = delete;

  static v1::Character RandomCharacter(kernel::Stream& random) {
    v1::Character character;
    character.set_headline_usd_bn(random.Uniform(0.5, 8));
    character.set_record_usd_bn(random.Uniform(0, 8));
    character.set_record_margin(random.Uniform(0, 0.1));
    return character;
  }
};

// A whole number from 0 to most.
inline uint8_t AtMost(kernel::Stream& random, int most) {
  return static_cast<uint8_t>(random.Index(static_cast<uint32_t>(most) + 1));
}

inline int LastPlace(int issue) {
  return static_cast<int>(deal::GridOf(deal::kAllIssues[static_cast<size_t>(issue)]).size()) - 1;
}

// Every issue, from end to end.
inline deal::Table WholeTable() {
  deal::Table table;
  for (int i = 0; i < deal::kIssues; ++i) table.most[i] = static_cast<uint8_t>(LastPlace(i));
  return table;
}

// A range of at most so many values of each of `open` issues, one value of the others.
inline deal::Table RandomTable(kernel::Stream& random, int open, int values) {
  deal::Table table;
  for (int i = 0; i < deal::kIssues; ++i) {
    // Capacity first: most of what is worth something hangs on it.
    const bool ranges = i < 2 || AtMost(random, deal::kIssues - 3) < open - 2;
    table.least[i] = AtMost(random, LastPlace(i));
    table.most[i] = table.least[i];
    if (!ranges) continue;
    table.least[i] = AtMost(random, LastPlace(i) - 1);
    const int most = std::min(LastPlace(i), table.least[i] + values - 1);
    table.most[i] = static_cast<uint8_t>(most);
  }
  return table;
}

inline deal::TermSheet RandomSheet(kernel::Stream& random, const deal::Table& table) {
  deal::TermSheet sheet;
  for (int i = 0; i < deal::kIssues; ++i) {
    sheet.place[i] =
        static_cast<uint8_t>(table.least[i] + AtMost(random, table.most[i] - table.least[i]));
  }
  return sheet;
}

// Calls visit with every valid sheet of a small table.
template <typename Visit>
void ForAll(const deal::Table& table, const Visit& visit) {
  deal::TermSheet sheet{table.least};
  while (true) {
    if (deal::Valid(sheet)) visit(sheet);
    int i = 0;
    while (i < deal::kIssues && sheet.place[i] == table.most[i]) {
      sheet.place[i] = table.least[i];
      ++i;
    }
    if (i == deal::kIssues) return;
    ++sheet.place[i];
  }
}

}  // namespace oneup::talks
