#include "tools/server/wire.h"

#include <limits>
#include <utility>

#include "sims/trace/format.h"

namespace oneup::server {
namespace {

// Field numbers and wire types of ServerMessage: stream = 1, records = 2.
constexpr char kStreamTag = 1 << 3 | 0;
constexpr char kRecordsTag = 2 << 3 | 2;

v1::ServerMessage Message(uint32_t stream) {
  v1::ServerMessage message;
  message.set_stream(stream);
  return message;
}

}  // namespace

std::string RecordsMessage(uint32_t stream, std::string_view records) {
  char head[2 * trace::kMaxFrame];
  char* to = head;
  *to++ = kStreamTag;
  to = trace::PutVarint(stream, to);
  *to++ = kRecordsTag;
  to = trace::PutVarint(records.size(), to);
  std::string message;
  message.reserve(static_cast<size_t>(to - head) + records.size());
  message.append(head, to);
  message += records;
  return message;
}

std::string AdvanceMessage(uint32_t stream, const v1::Advance& advance) {
  v1::ServerMessage message = Message(stream);
  *message.mutable_advance() = advance;
  return message.SerializeAsString();
}

std::string DoneMessage(uint32_t stream, bool cancelled) {
  v1::ServerMessage message = Message(stream);
  message.mutable_done()->set_cancelled(cancelled);
  return message.SerializeAsString();
}

std::string RefusalMessage(uint32_t stream, std::string_view why, bool busy) {
  v1::ServerMessage message = Message(stream);
  message.mutable_refusal()->set_message(std::string(why));
  message.mutable_refusal()->set_busy(busy);
  return message.SerializeAsString();
}

std::string ComparisonMessage(uint32_t stream, std::string json) {
  v1::ServerMessage message = Message(stream);
  message.set_comparison_json(std::move(json));
  return message.SerializeAsString();
}

absl::StatusOr<v1::ClientMessage> ReadClientMessage(std::string_view bytes) {
  v1::ClientMessage message;
  if (bytes.size() > std::numeric_limits<int>::max() ||
      !message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return absl::InvalidArgumentError("what came is no oneup.v1.ClientMessage");
  }
  if (message.stream() == 0)
    return absl::InvalidArgumentError("stream: is 0; allowed is 1 or more");
  if (message.ask_case() == v1::ClientMessage::ASK_NOT_SET) {
    return absl::InvalidArgumentError(
        "ask: is missing; allowed are watch, credit, cancel and compare");
  }
  return message;
}

}  // namespace oneup::server
