// A comparison in slices: its lanes run the pairs, one pair a lane at a time, and the last of them
// finds the effects. A lane that fails ends the others.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "oneup/v1/serve.pb.h"
#include "tools/server/stream_job.h"
#include "tools/server/workshop.h"

namespace oneup::server {

// So many lanes, at least 1. All of them are to be added to the scheduler, or cancelled. The
// workshop outlives them; the ticket is of its `comparisons`.
std::vector<std::shared_ptr<StreamJob>> MakeComparison(Workshop& workshop,
                                                       std::shared_ptr<Outbox> outbox,
                                                       uint32_t stream,
                                                       const v1::CompareWorlds& asked, int lanes,
                                                       Places::Ticket ticket);

}  // namespace oneup::server
