// One page's side of the WebSocket: takes its messages, opens and ends streams, and says what is to
// be sent next. Knows no network. All calls come from one thread; what it starts runs on the
// workshop's.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "oneup/v1/serve.pb.h"
#include "tools/server/outbox.h"
#include "tools/server/stream_job.h"
#include "tools/server/workshop.h"

namespace oneup::server {

class Conversation {
 public:
  // wake: called, from any thread, when Next may have something; once more, perhaps, when the
  // conversation has gone. The workshop outlives it.
  Conversation(Workshop& workshop, uint64_t id, std::function<void()> wake);
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;
  // Cancels what runs.
  ~Conversation();

  // One message. Error, one line: it breaks the protocol, and the connection is to be closed. What
  // is well formed and cannot be done is answered with a Refusal.
  absl::Status OnMessage(std::string_view bytes);

  // The next message to send, whole; nothing: wait for wake. Call it when the one before is sent,
  // so that a slow connection makes its streams wait.
  std::optional<std::string> Next();

  // A stream that waits for credit.
  struct Parked {
    StreamJob::Clock::time_point since;
    Conversation* of = nullptr;
    uint32_t stream = 0;
  };
  // Adds its own that hold one of these places.
  void AddParked(const Places& places, std::vector<Parked>* to);
  // Ends one that is parked, so that another gets its place.
  void GiveWay(uint32_t stream);

  int streams() const { return static_cast<int>(streams_.size()); }

 private:
  // One job, or the lanes of a comparison.
  using Jobs = std::vector<std::shared_ptr<StreamJob>>;

  void Watch(uint32_t stream, v1::Watch watch);
  void Compare(uint32_t stream, const v1::CompareWorlds& asked);
  void Cancel(uint32_t stream);
  void Refuse(uint32_t stream, std::string_view why, bool busy);
  void RefuseOneMore(uint32_t stream);
  // Waits for a place, then runs.
  void Enter(Places& places, Places::Ticket ticket, uint32_t stream, const Jobs& jobs);
  void Wake(const Jobs& jobs);

  Workshop& workshop_;
  const uint64_t id_;
  std::shared_ptr<Outbox> outbox_;
  std::map<uint32_t, Jobs> streams_;  // that have not ended; a refused one has no jobs
  uint32_t last_stream_ = 0;
};

// Now and then, with all conversations of a workshop: as many runs and files as wait for a place
// get those of streams that have waited for credit too long, the longest first.
void GiveWay(Workshop& workshop, const std::set<Conversation*>& all,
             StreamJob::Clock::time_point now);

}  // namespace oneup::server
