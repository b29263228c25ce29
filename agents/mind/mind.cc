#include "agents/mind/mind.h"

#include <algorithm>

#include "market/kernel/math.h"
#include "oneup/v1/principals.pb.h"

namespace oneup::mind {
namespace {

constexpr double kLn2 = 0.69314718055994530942;

}  // namespace

Mind::Mind(const v1::MindParameters& parameters, Time start)
    : parameters_(parameters), now_(start) {}

void Mind::AdvanceTo(Time now) {
  if (now == now_) return;
  const double days = (now - now_).days();
  now_ = now;
  const auto decay = [&](double half_life) { return math::Exp(-kLn2 * days / half_life); };
  if (fomo_ > 0 && !fomo_pinned_) fomo_ *= decay(parameters_.fomo_half_life_days());
  if (face_ > 0 && !face_pinned_) face_ *= decay(parameters_.face_half_life_days());
  if (stances_.empty()) return;
  const double hold = decay(parameters_.stance_half_life_days());
  for (Stance& stance : stances_) stance.hold *= hold;
}

double Mind::Hold(deal::Issue issue) const {
  double hold = 0;
  for (const Stance& stance : stances_) {
    if (stance.issue == issue) hold = std::max(hold, stance.hold);
  }
  return hold;
}

void Mind::AddFomo(double jump) {
  if (!fomo_pinned_) fomo_ = std::max(0.0, fomo_ + jump);
}

void Mind::ScaleFomo(double factor) {
  if (!fomo_pinned_) fomo_ *= factor;
}

void Mind::AddFace(double jump) {
  if (!face_pinned_) face_ = std::max(0.0, face_ + jump);
}

void Mind::PinFomo(double level) {
  fomo_ = level;
  fomo_pinned_ = true;
}

void Mind::PinFace(double level) {
  face_ = level;
  face_pinned_ = true;
}

void Mind::Take(const Stance& stance) {
  std::erase_if(stances_, [&](const Stance& old) { return old.issue == stance.issue; });
  stances_.push_back(stance);
}

}  // namespace oneup::mind
