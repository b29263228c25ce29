#include "agents/people/su.h"

#include <algorithm>

namespace oneup::people {

double Su::Taste(const deal::TermSheet& sheet) const {
  constexpr double kProof = 0.05;    // of the company's value
  constexpr double kProvenGw = 6.0;  // at this capacity and beyond
  const double proven = std::min(1.0, sheet.Value(deal::Issue::kCapacity) / kProvenGw);
  return kProof * books().capitalisation_usd_bn * proven;
}

}  // namespace oneup::people
