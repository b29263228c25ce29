// One principal from the inside: its traits, its state of mind, and what it knows. Rules read it;
// only what reached it as a Signal is in it.
#pragma once

#include <algorithm>
#include <array>
#include <vector>

#include "agents/deal/term_sheet.h"
#include "agents/mind/mind.h"
#include "agents/mind/signal.h"
#include "market/kernel/time.h"

namespace oneup::v1 {
class MindParameters;
class Principal;
}  // namespace oneup::v1

namespace oneup::mind {

// What stands in the papers, as far as it was read.
struct PublicRecord {
  double record_usd_bn = 0;  // largest headline of any deal of the hub
  double anchor_gw = 0;      // largest announced capacity; 0 for none
  double hub_usd_bn = 0;     // what the hub has announced to buy, all told
};

enum class Stage : uint8_t { kNone, kOpen, kStalled, kAgreed, kAnnounced, kRefused };

// A thread of talks as one side sees it.
struct Thread {
  Stage stage = Stage::kNone;
  Time since;             // of the stage
  double elapsed = 0;     // of one's patience, 0-1 and beyond
  bool heard = false;     // an offer of the other side lies on the table
  double margin = 0;      // what it is worth less what one has without, billion USD
  double patience = 1;    // factors that rapport, pressure and deadlines have put on one's own
  double concession = 1;  // patience and concession
  bool courted = false;

  // What is left of one's patience shrinks to this part; what is spent stays spent.
  void Hurry(double part) { patience *= part + (1 - part) * std::clamp(elapsed, 0.0, 1.0); }
};

struct Self {
  Who who = kNobody;
  const v1::Principal* traits = nullptr;
  const v1::MindParameters* minds = nullptr;
  // Who there is, by place; of others only what is public is read: part, layer, range of products
  // and prices, incumbency, whom they measure themselves against.
  std::vector<const v1::Principal*> roll;
  Time now;
  Mind mind;
  PublicRecord known;
  std::vector<Thread> threads;  // by place of the other side
  std::vector<double> regards;  // by place: how much it measures itself against another, 0-1
  double own_headline_usd_bn = 1;
  double stage = 0.6;  // glamour of the greatest stage that is to be had
  // Suppliers.
  std::array<bool, deal::kIssues> unlocked{};  // issues that are on the table beside the usual
  double trust = 1;                            // in the hub: a factor on its credit
  double vision = 1;                           // what a believer sees in it, a factor on pride
  double leak_credibility = 1;                 // q of the next leak about it
  double exclusivity = 0;                      // how far the hub is bound to it, 0-1
  int countered = 0;                           // how often it has counter-programmed
  Time countered_at;
  double thresholds = 0;          // obligations over revenue, the last threshold that was passed
  double hub_revenue_usd_bn = 1;  // of a year, as published; never 0
  // The hub.
  double story = 1;              // growth of what it asks for
  double credibility = 1;        // 0-1
  double sites_eased = 0;        // share by which offers of sites make building cheaper
  std::vector<bool> refused;     // by place: who would not talk
  std::vector<double> delivers;  // by place: share of what is signed that it counts on
  bool free_to_choose = false;   // no supplier holds it exclusively

  explicit Self(Mind state) : mind(std::move(state)) {}

  bool IsHub() const;
  bool IsSupplier() const;
  double Regard(Who other) const {
    return other == kNobody ? 0 : regards[static_cast<size_t>(other)];
  }
  // Days that a thread has been in its stage.
  double DaysIn(const Thread& thread) const;
};

}  // namespace oneup::mind
