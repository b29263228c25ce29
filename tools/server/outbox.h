// What waits to be sent to one page: of each stream its messages in order, frames of records only
// against credit. Whoever makes them asks first whether there is room, so that a slow page costs a
// few frames of memory and nobody's time. Thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "oneup/v1/serve.pb.h"

namespace oneup::server {

class Outbox {
 public:
  // Frames of a stream that are made before there is credit for them.
  static constexpr size_t kAhead = 4;

  // wake: called when there may be something new to take; from any thread, and never while the
  // outbox is locked.
  explicit Outbox(std::function<void()> wake);

  void Open(uint32_t stream, uint32_t credit);
  void AddCredit(uint32_t stream, uint32_t frames);
  // Nothing more is taken or given.
  void Close();

  // Of a stream that is open; else there is room, and nobody is hungry.
  bool HasRoom(uint32_t stream) const;
  // The page has credit, and nothing waits for it.
  bool IsHungry(uint32_t stream) const;
  void GiveFrame(uint32_t stream, std::string message);
  // Takes the place of an advance that has not been taken yet.
  void GiveAdvance(uint32_t stream, const v1::Advance& advance);
  // A message that needs no credit; it comes after the frames before it.
  void Give(uint32_t stream, std::string message);
  // The last message of a stream. at_once: what waits is dropped.
  void End(uint32_t stream, std::string message, bool at_once);

  struct Message {
    uint32_t stream = 0;
    std::string bytes;
    bool last = false;  // of its stream
  };
  // The next message to send, if there is one; streams take turns.
  std::optional<Message> Take();

 private:
  struct Item {
    std::string bytes;
    bool frame = false;
    bool last = false;
  };
  struct Stream {
    uint64_t credit = 0;
    std::deque<Item> items;
    size_t frames = 0;  // of the items
    std::optional<v1::Advance> advance;
    bool ended = false;
  };

  // Locked.
  Stream* Find(uint32_t stream);
  const Stream* Find(uint32_t stream) const;
  std::optional<Message> TakeOf(uint32_t number, Stream& stream);

  std::function<void()> wake_;
  mutable std::mutex mutex_;
  std::map<uint32_t, Stream> streams_;
  uint32_t last_turn_ = 0;
  bool closed_ = false;
};

}  // namespace oneup::server
