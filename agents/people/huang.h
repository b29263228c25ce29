// Jensen Huang, Nvidia. The incumbent, who wants to be the one who unveils (S3, S5): his answers to
// being passed over are rules R01, R02, R04; to the report on TPUs R07 to R10; to AMD's warrants
// R25.
#pragma once

#include "agents/people/supplier.h"

namespace oneup::people {

class Huang : public Supplier {
 public:
  using Supplier::Supplier;

 protected:
  // An announcement in his own house is worth half a record to him (S5: "at Nvidia's
  // headquarters").
  double Taste(const deal::TermSheet& sheet) const override;
};

}  // namespace oneup::people
