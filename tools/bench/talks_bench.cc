// One bid: what a side of a thread of talks does when it is its turn, with every issue on the
// table, about 10^9 term sheets.
//
//   Bid/supplier, Bid/hub    Side::Next after some rounds, the other side's offer on the table
//   Worth/supplier, /hub     what one term sheet is worth
#include <benchmark/benchmark.h>
#include <google/protobuf/text_format.h>

#include <cstdlib>
#include <string>

#include "agents/talks/side.h"
#include "agents/talks/worth.h"
#include "oneup/v1/principals.pb.h"
#include "oneup/v1/valuation.pb.h"

namespace oneup::talks {
namespace {

using deal::Issue;
using deal::TermSheet;

template <typename Message>
Message Parse(const std::string& text) {
  Message message;
  if (!google::protobuf::TextFormat::ParseFromString(text, &message)) std::abort();
  return message;
}

// Every argument of both sides counts: an incumbent with a stance and an anchor, a hub in want of
// money.
struct Thread {
  v1::Character character = Parse<v1::Character>(
      "headline_usd_bn: 4 record_usd_bn: 8 record_margin: 0.05 stance_usd_bn: 2 "
      "anchor_usd_bn: 3 market_weight: 0.05");
  v1::Supply supply = Parse<v1::Supply>(
      "margin: 0.6 tax_rate: 0.15 elsewhere_usd_bn_per_gw: 12 setup_usd_bn: 5 strain: 0.5 "
      "site_wish: 0.5 site_usd_bn: 4 exclusivity_usd_bn: 8");
  v1::Demand demand = Parse<v1::Demand>(
      "value_usd_bn_per_gw: 30 own_burden: 0.5 funding_cost: 0.1 funding_slope: 1 leverage: 3 "
      "subsidy_worth: 0.5 exclusivity_usd_bn: 20 site_usd_bn: 5");
  v1::ValuationParameters valuation = Parse<v1::ValuationParameters>(
      "elasticity: 0.57 signal_discount: 0.35 warrant_value: 0.56 equity_loss: 0.15 "
      "guarantee_loss: 0.02 credibility { joint_venture: 0.3 letter_of_intent: 0.5 "
      "term_sheet: 0.6 milestone: 0.7 definitive: 0.9 }");
  AnnuityTable annuities{0.10};
  std::vector<mind::Stance> stances = {{Issue::kWarrants, 0, 0.8}};
  SupplierWorth supplier{{.supply = &supply,
                          .character = &character,
                          .valuation = &valuation,
                          .annuities = &annuities,
                          .books = {4300, 210},
                          .known = {.record_usd_bn = 500, .anchor_gw = 10, .hub_usd_bn = 800},
                          .own_headline_usd_bn = 10,
                          .credit_usd_bn = 3000,
                          .stances = stances}};
  HubWorth hub{{.demand = &demand,
                .character = &character,
                .valuation = &valuation,
                .annuities = &annuities,
                .supplier = {4300, 210},
                .need_gw = 25,
                .contracted_gw = 5,
                .committed_usd_bn = 300,
                .raised_usd_bn = 18,
                .record_usd_bn = 500,
                .own_headline_usd_bn = 500}};
  deal::Table table;

  Thread() {
    for (int i = 0; i < deal::kIssues; ++i) {
      table.most[i] = static_cast<uint8_t>(deal::GridOf(deal::kAllIssues[i]).size() - 1);
    }
  }
};

template <typename Worth>
void Bid(benchmark::State& state, const Worth& mine, const deal::Table& table,
         const TermSheet& first, const TermSheet& last) {
  constexpr double d = 0;
  const Temper temper = {.concession = 0.8, .patience_days = 90, .imitation = 0.2};
  const auto worth = [&](const TermSheet& sheet) { return mine.Of(sheet).total(); };
  Side ready;
  ready.Open(Time{});
  ready.Hear(first);
  ready.Next(Time{} + Duration::Days(20), worth, d, table, temper);
  ready.Hear(last);
  for (auto _ : state) {
    Side side = ready;
    benchmark::DoNotOptimize(side.Next(Time{} + Duration::Days(45), worth, d, table, temper));
  }
}

// The best sheet of a side, and the same on the way to a compromise.
template <typename Worth>
TermSheet BestFor(const Worth& worth, const deal::Table& table) {
  return *Best([&](const TermSheet& sheet) { return worth.Of(sheet).total(); }, table, {});
}

TermSheet HalfWay(const TermSheet& from, const TermSheet& to) {
  TermSheet sheet = from;
  for (int i = 0; i < deal::kIssues; ++i) {
    sheet.place[i] = static_cast<uint8_t>((from.place[i] + to.place[i]) / 2);
  }
  return sheet;
}

void BidSupplier(benchmark::State& state) {
  const Thread thread;
  const TermSheet own = BestFor(thread.supplier, thread.table);
  const TermSheet other = BestFor(thread.hub, thread.table);
  Bid(state, thread.supplier, thread.table, other, HalfWay(other, own));
}
BENCHMARK(BidSupplier)->Name("Bid/supplier");

void BidHub(benchmark::State& state) {
  const Thread thread;
  const TermSheet own = BestFor(thread.hub, thread.table);
  const TermSheet other = BestFor(thread.supplier, thread.table);
  Bid(state, thread.hub, thread.table, other, HalfWay(other, own));
}
BENCHMARK(BidHub)->Name("Bid/hub");

template <typename Worth>
void Value(benchmark::State& state, const Worth& worth, const deal::Table& table) {
  TermSheet sheet = HalfWay({table.least}, {table.most});
  for (auto _ : state) {
    benchmark::DoNotOptimize(sheet);
    benchmark::DoNotOptimize(worth.Of(sheet));
  }
}

void ValueSupplier(benchmark::State& state) {
  const Thread thread;
  Value(state, thread.supplier, thread.table);
}
BENCHMARK(ValueSupplier)->Name("Worth/supplier");

void ValueHub(benchmark::State& state) {
  const Thread thread;
  Value(state, thread.hub, thread.table);
}
BENCHMARK(ValueHub)->Name("Worth/hub");

}  // namespace
}  // namespace oneup::talks
