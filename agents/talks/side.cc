#include "agents/talks/side.h"

#include <algorithm>

#include "market/kernel/math.h"

namespace oneup::talks {

void Side::Open(Time now) {
  opened_ = now;
  first_heard_ = heard_ = said_ = best_ = std::nullopt;
  moved_ = {};
}

void Side::Hear(const deal::TermSheet& offer) {
  if (!first_heard_) first_heard_ = offer;
  if (heard_) {
    for (int i = 0; i < deal::kIssues; ++i) {
      moved_[i] += offer.place[i] != heard_->place[i] ? 1 : 0;
    }
  }
  heard_ = offer;
}

double Side::Elapsed(Time now, const Temper& temper) const {
  return (now - opened_).days() / temper.patience_days;
}

double Side::Aspiration(double elapsed, const Temper& temper, double towards) const {
  const double tau = std::clamp(elapsed, 0.0, 1.0);
  const double by_time = 1 - math::Pow(tau, 1 / temper.concession);
  const double by_answer = 1 - towards;
  // At the end of patience time alone counts: one gives what one can.
  const double answer = temper.imitation * (1 - tau);
  return std::clamp((1 - answer) * by_time + answer * by_answer, 0.0, 1.0);
}

Weights Side::WeightsOfOther() const {
  Weights weights;
  for (int i = 0; i < deal::kIssues; ++i) weights[i] = 1.0 / (1 + moved_[i]);
  return weights;
}

}  // namespace oneup::talks
