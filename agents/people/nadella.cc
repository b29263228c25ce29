#include "agents/people/nadella.h"

#include <algorithm>

#include "oneup/v1/principals.pb.h"

namespace oneup::people {

double Nadella::Taste(const deal::TermSheet& sheet) const {
  constexpr double kCostOfExcess = 3;
  const double yearly = sheet.ContractUsdBn() / sheet.Value(deal::Issue::kTerm);
  return -kCostOfExcess * std::max(0.0, yearly - supply().demand_headroom_usd_bn());
}

}  // namespace oneup::people
