#include "tools/server/outbox.h"

#include <algorithm>
#include <utility>

#include "tools/server/wire.h"

namespace oneup::server {

Outbox::Outbox(std::function<void()> wake) : wake_(std::move(wake)) {}

Outbox::Stream* Outbox::Find(uint32_t stream) {
  const auto found = streams_.find(stream);
  return found == streams_.end() ? nullptr : &found->second;
}

const Outbox::Stream* Outbox::Find(uint32_t stream) const {
  const auto found = streams_.find(stream);
  return found == streams_.end() ? nullptr : &found->second;
}

void Outbox::Open(uint32_t stream, uint32_t credit) {
  const std::lock_guard lock(mutex_);
  if (!closed_) streams_[stream].credit = credit;
}

void Outbox::AddCredit(uint32_t stream, uint32_t frames) {
  {
    const std::lock_guard lock(mutex_);
    Stream* const found = Find(stream);
    if (found == nullptr) return;
    found->credit += frames;
  }
  wake_();
}

void Outbox::Close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  streams_.clear();
}

bool Outbox::HasRoom(uint32_t stream) const {
  const std::lock_guard lock(mutex_);
  const Stream* const found = Find(stream);
  return found == nullptr || found->frames < kAhead;
}

bool Outbox::IsHungry(uint32_t stream) const {
  const std::lock_guard lock(mutex_);
  const Stream* const found = Find(stream);
  return found != nullptr && found->frames == 0 && found->credit > 0;
}

void Outbox::GiveFrame(uint32_t stream, std::string message) {
  {
    const std::lock_guard lock(mutex_);
    Stream* const found = Find(stream);
    if (found == nullptr || found->ended) return;
    found->items.push_back({std::move(message), true, false});
    ++found->frames;
    if (found->credit == 0) return;
  }
  wake_();
}

void Outbox::GiveAdvance(uint32_t stream, const v1::Advance& advance) {
  {
    const std::lock_guard lock(mutex_);
    Stream* const found = Find(stream);
    if (found == nullptr || found->ended) return;
    found->advance = advance;
  }
  wake_();
}

void Outbox::Give(uint32_t stream, std::string message) {
  {
    const std::lock_guard lock(mutex_);
    Stream* const found = Find(stream);
    if (found == nullptr || found->ended) return;
    found->items.push_back({std::move(message), false, false});
  }
  wake_();
}

void Outbox::End(uint32_t stream, std::string message, bool at_once) {
  {
    const std::lock_guard lock(mutex_);
    Stream* const found = Find(stream);
    if (found == nullptr || (found->ended && !at_once)) return;
    if (at_once) {
      found->items.clear();
      found->frames = 0;
      found->advance.reset();
    }
    found->items.push_back({std::move(message), false, true});
    found->ended = true;
  }
  wake_();
}

std::optional<Outbox::Message> Outbox::TakeOf(uint32_t number, Stream& stream) {
  if (stream.advance) {
    std::string bytes = AdvanceMessage(number, *stream.advance);
    stream.advance.reset();
    return Message{number, std::move(bytes), false};
  }
  if (stream.items.empty()) return std::nullopt;
  Item& item = stream.items.front();
  if (item.frame) {
    if (stream.credit == 0) return std::nullopt;
    --stream.credit;
    --stream.frames;
  }
  Message message{number, std::move(item.bytes), item.last};
  stream.items.pop_front();
  return message;
}

std::optional<Outbox::Message> Outbox::Take() {
  const std::lock_guard lock(mutex_);
  // From the stream after the one whose turn was last, once around.
  auto at = streams_.upper_bound(last_turn_);
  for (size_t i = 0; i < streams_.size(); ++i) {
    if (at == streams_.end()) at = streams_.begin();
    if (std::optional<Message> message = TakeOf(at->first, at->second)) {
      last_turn_ = at->first;
      if (message->last) streams_.erase(at);
      return message;
    }
    ++at;
  }
  return std::nullopt;
}

}  // namespace oneup::server
