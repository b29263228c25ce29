// Masayoshi Son, SoftBank. The risk taker who seeks his way back after WeWork (S37-41): moved by
// courtship and vision (R18, R19), bound by what his holdings can secure, quarrelsome over sites
// (R20).
#pragma once

#include "agents/people/supplier.h"

namespace oneup::people {

class Son : public Supplier {
 public:
  using Supplier::Supplier;

 protected:
  // He borrows against his shares: equity up to loan_to_value of what they are worth today.
  deal::Table Gives() const override;
};

}  // namespace oneup::people
