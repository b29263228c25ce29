// A principal's state of mind: pressure to join (FOMO), lost face, and public words that bind.
// Levels jump by rules (agents/mind/rules) and halve with time.
//
//   F(t) = F(0) 2^(-t / half-life)      pressure, >= 0, dimensionless; enters as f = F / (1 + F)
//   L(t) likewise                       lost face, >= 0
//   sigma(t) likewise                   hold of a stance, 1 when it is taken
//
// docs/minds.md 2; half-lives are parameters of the scenario.
#pragma once

#include <vector>

#include "agents/deal/term_sheet.h"
#include "market/kernel/time.h"

namespace oneup::v1 {
class MindParameters;
}

namespace oneup::mind {

// A public word on oneself: no more than `bound` of the issue.
struct Stance {
  deal::Issue issue = deal::Issue::kCapacity;
  double bound = 0;
  double hold = 1;  // sigma, 0-1
};

class Mind {
 public:
  // The parameters outlive it.
  Mind(const v1::MindParameters& parameters, Time start);

  // Lets time pass. Time does not run back.
  void AdvanceTo(Time now);

  double fomo() const { return fomo_; }
  double face() const { return face_; }
  // f = F / (1 + F), 0-1.
  double pressure() const { return fomo_ / (1 + fomo_); }
  const std::vector<Stance>& stances() const { return stances_; }
  // The strongest hold of a stance on the issue, 0-1.
  double Hold(deal::Issue issue) const;

  // Levels never fall below 0.
  void AddFomo(double jump);
  void AddFace(double jump);
  void ScaleFomo(double factor);
  // From now on the level stays there, whatever happens: an intervention.
  void PinFomo(double level);
  void PinFace(double level);
  // A new word on an issue takes the place of the old one.
  void Take(const Stance& stance);

 private:
  const v1::MindParameters& parameters_;
  Time now_;
  double fomo_ = 0;
  double face_ = 0;
  bool fomo_pinned_ = false;
  bool face_pinned_ = false;
  std::vector<Stance> stances_;
};

}  // namespace oneup::mind
