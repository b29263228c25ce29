#include "agents/people/son.h"

#include <algorithm>

#include "oneup/v1/principals.pb.h"

namespace oneup::people {

deal::Table Son::Gives() const {
  deal::Table table = Supplier::Gives();
  if (supply().loan_to_value() == 0) return table;
  const double collateral = supply().loan_to_value() * books().capitalisation_usd_bn;
  table.SetRange(deal::Issue::kEquity, 0, std::min(collateral, supply().most_equity_usd_bn()));
  return table;
}

}  // namespace oneup::people
