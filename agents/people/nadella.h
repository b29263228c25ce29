// Satya Nadella, Microsoft. The disciplined incumbent: supply and demand must map (S57), good for
// his 80 billion (S53). He refuses what exceeds his forecast (R13), trades exclusivity away (R14),
// answers a rival's triumph with a programme of his own (R16, R17).
#pragma once

#include "agents/people/supplier.h"

namespace oneup::people {

class Nadella : public Supplier {
 public:
  using Supplier::Supplier;

 protected:
  // Yearly spending beyond what his forecast of demand leaves room for costs three times as much.
  double Taste(const deal::TermSheet& sheet) const override;
};

}  // namespace oneup::people
