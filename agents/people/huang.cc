#include "agents/people/huang.h"

#include "oneup/v1/principals.pb.h"

namespace oneup::people {

double Huang::Taste(const deal::TermSheet& sheet) const {
  constexpr double kOwnHouse = 0.5;  // the stage of a supplier's headquarters
  constexpr double kPart = 0.5;
  if (Off("ego") || Off("ego.headline")) return 0;
  if (sheet.Value(deal::Issue::kStage) != kOwnHouse) return 0;
  return kPart * character().record_usd_bn();
}

}  // namespace oneup::people
