// Streams of records: of a run that is made as they are sent, and of a file.
#pragma once

#include <cstdint>
#include <memory>
#include <set>

#include "oneup/v1/serve.pb.h"
#include "tools/server/stream_job.h"
#include "tools/server/workshop.h"

namespace oneup::server {

// A run, which goes on as long as its page has room for records. The watch has a simulation and is
// as it came from the page. The workshop outlives the job; the ticket is of its `simulations`.
std::shared_ptr<StreamJob> MakeSimulationJob(Workshop& workshop, std::shared_ptr<Outbox> outbox,
                                             uint32_t stream, const v1::Watch& watch,
                                             Places::Ticket ticket);

// A file of the library, which outlives the job. Takes a few hundred kilobytes.
std::shared_ptr<StreamJob> MakeFileJob(const TraceFile& file, std::shared_ptr<Outbox> outbox,
                                       uint32_t stream, std::set<uint32_t> leave_out);

}  // namespace oneup::server
