// What the families of rules are written with.
#pragma once

#include <span>

#include "agents/mind/rules/rules.h"
#include "market/kernel/math.h"
#include "oneup/v1/principals.pb.h"

namespace oneup::mind {

std::span<const Rule> FomoRules();
std::span<const Rule> EgoRules();
std::span<const Rule> TalksRules();
std::span<const Rule> LeakRules();
std::span<const Rule> OrchestrationRules();

// ---- Whose behaviour a rule is ----
inline bool Hub(const v1::Principal& p) { return p.part() == v1::PART_HUB; }
inline bool Supplier(const v1::Principal& p) { return p.part() == v1::PART_SUPPLIER; }
inline bool Reporter(const v1::Principal& p) { return p.part() == v1::PART_REPORTER; }
inline bool Analyst(const v1::Principal& p) { return p.part() == v1::PART_ANALYST; }
// The natural partner of the hub.
inline bool Incumbent(const v1::Principal& p) {
  return Supplier(p) && p.character().incumbency() > 0.5;
}
// Keeps supply and demand in step by its own forecast.
inline bool Disciplined(const v1::Principal& p) {
  return Supplier(p) && p.supply().demand_headroom_usd_bn() > 0;
}

// ---- Arithmetic ----
// Daily probability of something that happens once in so many days in the mean.
inline double Daily(double mean_days) { return -math::Expm1(-1 / mean_days); }
inline bool Has(const Self& me, Who other, Stage stage) {
  return other != kNobody && me.threads[static_cast<size_t>(other)].stage == stage;
}
inline const Thread& With(const Self& me, Who other) {
  return me.threads[static_cast<size_t>(other)];
}
// Whether an announcement or a report concerns the principal itself.
inline bool Mine(const Self& me, const Signal& signal) { return signal.about == me.who; }
// Whether it concerns another, against whom the principal measures itself.
inline bool OfRival(const Self& me, const Signal& signal) {
  return !Mine(me, signal) && me.Regard(signal.about) > 0;
}
// Whether it does not talk with the hub, and has nothing to wait for.
inline bool Silent(const Self& me) {
  const Stage stage = With(me, kHub).stage;
  return stage == Stage::kNone || stage == Stage::kRefused;
}

}  // namespace oneup::mind
