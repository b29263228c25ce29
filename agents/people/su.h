// Lisa Su, AMD. The underdog who bets up to a tenth of her company (S97-101): an unproven product
// makes her put warrants on the table (R12), courtship moves her (R18).
#pragma once

#include "agents/people/supplier.h"

namespace oneup::people {

class Su : public Supplier {
 public:
  using Supplier::Supplier;

 protected:
  // A first large customer proves the product to all others: worth up to a part of the company
  // that grows with the capacity.
  double Taste(const deal::TermSheet& sheet) const override;
};

}  // namespace oneup::people
