#include "agents/mind/self.h"

#include "oneup/v1/principals.pb.h"

namespace oneup::mind {

bool Self::IsHub() const { return traits->part() == v1::PART_HUB; }
bool Self::IsSupplier() const { return traits->part() == v1::PART_SUPPLIER; }

double Self::DaysIn(const Thread& thread) const { return (now - thread.since).days(); }

}  // namespace oneup::mind
