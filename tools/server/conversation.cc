#include "tools/server/conversation.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tools/server/comparison_job.h"
#include "tools/server/prepare.h"
#include "tools/server/record_jobs.h"
#include "tools/server/wire.h"

namespace oneup::server {
namespace {

// Of one comparison at a time.
constexpr int kMostLanes = 16;

std::function<void(uint32_t)> TellWaiting(const std::shared_ptr<Outbox>& outbox, uint32_t stream) {
  return [to = std::weak_ptr<Outbox>(outbox), stream](uint32_t before) {
    v1::Advance advance;
    advance.set_waiting(before);
    if (const auto there = to.lock()) there->GiveAdvance(stream, advance);
  };
}

}  // namespace

Conversation::Conversation(Workshop& workshop, uint64_t id, std::function<void()> wake)
    : workshop_(workshop), id_(id), outbox_(std::make_shared<Outbox>(std::move(wake))) {}

Conversation::~Conversation() {
  outbox_->Close();
  for (auto& [stream, jobs] : streams_) {
    for (const auto& job : jobs) job->Cancel();
    Wake(jobs);
  }
}

absl::Status Conversation::OnMessage(std::string_view bytes) {
  absl::StatusOr<v1::ClientMessage> message = ReadClientMessage(bytes);
  if (!message.ok()) return message.status();
  const uint32_t stream = message->stream();
  const bool opens = message->has_watch() || message->has_compare();
  if (opens && stream <= last_stream_) {
    return absl::InvalidArgumentError(absl::StrCat(
        "stream ", stream, ": a new one is greater than those before, ", last_stream_));
  }
  // Refusals are messages too, and somebody may never take them.
  if (opens && streams() >= 4 * workshop_.limits.streams) {
    return absl::ResourceExhaustedError("too many streams are asked for at once");
  }
  if (!opens && stream > last_stream_) {
    return absl::InvalidArgumentError(absl::StrCat("stream ", stream, ": has not been opened"));
  }
  switch (message->ask_case()) {
    case v1::ClientMessage::kWatch:
      last_stream_ = stream;
      Watch(stream, std::move(*message->mutable_watch()));
      break;
    case v1::ClientMessage::kCompare:
      last_stream_ = stream;
      Compare(stream, message->compare());
      break;
    case v1::ClientMessage::kCredit:
      // Of one that has just ended: on its way before the page could know.
      outbox_->AddCredit(stream, message->credit().frames());
      break;
    case v1::ClientMessage::kCancel:
      Cancel(stream);
      break;
    case v1::ClientMessage::ASK_NOT_SET:
      break;
  }
  return absl::OkStatus();
}

void Conversation::Refuse(uint32_t stream, std::string_view why, bool busy) {
  outbox_->Open(stream, 0);
  streams_[stream] = {};
  outbox_->End(stream, RefusalMessage(stream, why, busy), true);
}

void Conversation::RefuseOneMore(uint32_t stream) {
  Refuse(stream,
         absl::StrCat("streams: ", streams(), " run already; allowed are ",
                      workshop_.limits.streams, " a page"),
         true);
}

void Conversation::Watch(uint32_t stream, v1::Watch watch) {
  if (streams() >= workshop_.limits.streams) return RefuseOneMore(stream);
  Kinds leave_out;
  for (const uint32_t kind : watch.leave_out()) leave_out.Add(kind);
  if (watch.source_case() == v1::Watch::kTrace) {
    const TraceFile* const file = workshop_.library.FindTrace(watch.trace());
    if (file == nullptr) {
      return Refuse(stream, "trace: no file of this name; /api/site lists them", false);
    }
    outbox_->Open(stream, watch.credit());
    const Places::Ticket ticket = workshop_.files.NewTicket();
    return Enter(workshop_.files, ticket, stream,
                 {MakeFileJob(workshop_, *file, outbox_, stream, leave_out, ticket)});
  }
  if (watch.source_case() != v1::Watch::kSimulation) {
    return Refuse(stream, "source: is missing; allowed are simulation and trace", false);
  }
  if (watch.detail() < v1::DETAIL_UNSPECIFIED || watch.detail() > v1::DETAIL_MARKET) {
    return Refuse(stream,
                  absl::StrCat("detail ", static_cast<int>(watch.detail()),
                               ": allowed are summary, deals and market"),
                  false);
  }
  const absl::Status sizes = CheckSizes(workshop_.limits, watch.simulation());
  if (!sizes.ok()) return Refuse(stream, std::string(sizes.message()), false);
  outbox_->Open(stream, watch.credit());
  // Thousands of numbers that one bit each stands for are not kept.
  watch.clear_leave_out();
  const Places::Ticket ticket = workshop_.simulations.NewTicket();
  Enter(workshop_.simulations, ticket, stream,
        {MakeSimulationJob(workshop_, outbox_, stream, watch, leave_out, ticket)});
}

void Conversation::Compare(uint32_t stream, const v1::CompareWorlds& asked) {
  if (streams() >= workshop_.limits.streams) return RefuseOneMore(stream);
  const absl::Status sizes = CheckSizes(workshop_.limits, asked);
  if (!sizes.ok()) return Refuse(stream, std::string(sizes.message()), false);
  outbox_->Open(stream, 0);
  const Places::Ticket ticket = workshop_.comparisons.NewTicket();
  const int lanes = std::min(workshop_.scheduler.threads(), kMostLanes);
  Enter(workshop_.comparisons, ticket, stream,
        MakeComparison(workshop_, outbox_, stream, asked, lanes, ticket));
}

void Conversation::Enter(Places& places, Places::Ticket ticket, uint32_t stream, const Jobs& jobs) {
  streams_[stream] = jobs;
  // Whoever waits is held by this conversation alone, and leaves the queue with it.
  std::vector<std::weak_ptr<StreamJob>> waiting(jobs.begin(), jobs.end());
  const auto admitted = [workshop = &workshop_, owner = id_, waiting] {
    for (const auto& weak : waiting) {
      if (const auto job = weak.lock()) workshop->scheduler.Add(owner, job);
    }
  };
  if (!places.Enter(ticket, id_, admitted, TellWaiting(outbox_, stream))) {
    streams_[stream] = {};
    outbox_->End(stream,
                 RefusalMessage(stream, "too many others wait for the server already", true), true);
  }
}

void Conversation::Wake(const Jobs& jobs) {
  for (const auto& job : jobs) workshop_.scheduler.Wake(job);
}

void Conversation::Cancel(uint32_t stream) {
  const auto found = streams_.find(stream);
  if (found == streams_.end()) return;
  outbox_->End(stream, DoneMessage(stream, true), true);
  for (const auto& job : found->second) job->Cancel();
  Wake(found->second);
  found->second.clear();
}

std::optional<std::string> Conversation::Next() {
  std::optional<Outbox::Message> message = outbox_->Take();
  if (!message) return std::nullopt;
  const auto found = streams_.find(message->stream);
  if (found != streams_.end()) {
    if (message->last) {
      streams_.erase(found);
    } else {
      // There may be room again.
      Wake(found->second);
    }
  }
  return std::move(message->bytes);
}

void Conversation::AddParked(const Places& places, std::vector<Parked>* to) {
  for (const auto& [stream, jobs] : streams_) {
    if (jobs.size() != 1 || jobs.front()->places() != &places) continue;
    const auto since = jobs.front()->parked_since();
    if (since != StreamJob::Clock::time_point()) to->push_back({since, this, stream});
  }
}

void Conversation::GiveWay(uint32_t stream) {
  Jobs& jobs = streams_.at(stream);
  outbox_->End(
      stream,
      RefusalMessage(stream, "credit: none has come for long, and others wait; ask again", true),
      true);
  for (const auto& job : jobs) job->GiveWay();
  Wake(jobs);
  jobs.clear();
}

void GiveWay(Workshop& workshop, const std::set<Conversation*>& all,
             StreamJob::Clock::time_point now) {
  for (const Places* const places : {&workshop.simulations, &workshop.files}) {
    const auto waiting = static_cast<size_t>(places->waiting());
    if (waiting == 0) continue;
    std::vector<Conversation::Parked> parked;
    for (Conversation* const one : all) one->AddParked(*places, &parked);
    std::erase_if(parked, [&](const Conversation::Parked& one) {
      return now < one.since + workshop.limits.parked;
    });
    std::ranges::sort(parked, {}, &Conversation::Parked::since);
    if (parked.size() > waiting) parked.resize(waiting);
    for (const Conversation::Parked& one : parked) one.of->GiveWay(one.stream);
  }
}

}  // namespace oneup::server
