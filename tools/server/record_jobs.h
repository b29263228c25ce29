// Streams of records: of a run that is made as they are sent, and of a file.
#pragma once

#include <cstdint>
#include <memory>

#include "oneup/v1/serve.pb.h"
#include "tools/server/frame_cutter.h"
#include "tools/server/stream_job.h"
#include "tools/server/workshop.h"

namespace oneup::server {

// A run, which goes on as long as its page has room for records. The watch has a simulation and is
// as it came from the page, but that its own leave_out is of no use. The workshop outlives the job;
// the ticket is of its `simulations`.
std::shared_ptr<StreamJob> MakeSimulationJob(Workshop& workshop, std::shared_ptr<Outbox> outbox,
                                             uint32_t stream, const v1::Watch& watch,
                                             const Kinds& leave_out, Places::Ticket ticket);

// A file of the workshop's library. Takes a descriptor and, if it is compressed, up to 2 MB. The
// ticket is of the workshop's `files`.
std::shared_ptr<StreamJob> MakeFileJob(Workshop& workshop, const TraceFile& file,
                                       std::shared_ptr<Outbox> outbox, uint32_t stream,
                                       const Kinds& leave_out, Places::Ticket ticket);

}  // namespace oneup::server
