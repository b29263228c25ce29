#include "sims/trace/encode.h"

#include <cstdint>
#include <cstring>
#include <string>

#include "sims/trace/format.h"

namespace oneup::trace {
namespace {

constexpr size_t kMaxTicker = 64;
// Before the body: id, time and cause at most 10 + 1 bytes each, tag and length of the body.
constexpr size_t kMaxPrefix = 3 * 11 + 1 + 2;

// Tags of fields, for numbers below 16.
constexpr char Varint(int field) { return static_cast<char>(field << 3); }
constexpr char Fixed64(int field) { return static_cast<char>(field << 3 | 1); }
constexpr char Bytes(int field) { return static_cast<char>(field << 3 | 2); }

// What is 0 or empty is left out, as in all of proto3.
char* Number(int field, uint64_t value, char* to) {
  if (value == 0) return to;
  *to++ = Varint(field);
  return PutVarint(value, to);
}
char* Number(int field, int64_t value, char* to) {
  return Number(field, static_cast<uint64_t>(value), to);
}

char* Text(int field, const std::string& value, char* to) {
  if (value.empty()) return to;
  *to++ = Bytes(field);
  *to++ = static_cast<char>(value.size());
  std::memcpy(to, value.data(), value.size());
  return to + value.size();
}

char* Body(const v1::Bar& bar, char* to) {
  to = Text(1, bar.ticker(), to);
  to = Number(2, uint64_t{bar.interval_s()}, to);
  to = Number(3, bar.open_ticks(), to);
  to = Number(4, bar.high_ticks(), to);
  to = Number(5, bar.low_ticks(), to);
  to = Number(6, bar.close_ticks(), to);
  to = Number(7, bar.volume(), to);
  to = Number(8, bar.auction_volume(), to);
  return Number(9, bar.trades(), to);
}

char* Body(const v1::Fill& fill, char* to) {
  to = Text(1, fill.ticker(), to);
  to = Number(2, fill.price_ticks(), to);
  to = Number(3, fill.quantity(), to);
  to = Number(4, uint64_t{fill.maker()}, to);
  to = Number(5, uint64_t{fill.taker()}, to);
  to = Number(6, int64_t{fill.taker_side()}, to);
  return Number(7, uint64_t{fill.auction()}, to);
}

char* Body(const v1::Flow& flow, char* to) {
  to = Text(1, flow.ticker(), to);
  to = Number(2, uint64_t{flow.interval_s()}, to);
  to = Number(3, int64_t{flow.population()}, to);
  to = Number(4, flow.orders(), to);
  to = Number(5, flow.bought(), to);
  return Number(6, flow.sold(), to);
}

template <typename Message>
size_t Encode(const v1::Record& record, const Message& message, char* to) {
  if (message.ticker().size() > kMaxTicker) return 0;
  // The body first, since its length stands before it.
  char body[kMaxEncoded - kMaxPrefix];
  const auto size = static_cast<size_t>(Body(message, body) - body);
  char* at = Number(1, record.id(), to);
  if (record.time_ns() != 0) {
    *at++ = Fixed64(2);
    const int64_t time_ns = record.time_ns();
    std::memcpy(at, &time_ns, sizeof time_ns);
    at += sizeof time_ns;
  }
  at = Number(3, record.cause_id(), at);
  *at++ = Bytes(record.body_case());
  at = PutVarint(size, at);
  std::memcpy(at, body, size);
  return static_cast<size_t>(at + size - to);
}

}  // namespace

size_t EncodeRecord(const v1::Record& record, char* to) {
  switch (record.body_case()) {
    case v1::Record::kFill:
      return Encode(record, record.fill(), to);
    case v1::Record::kBar:
      return Encode(record, record.bar(), to);
    case v1::Record::kFlow:
      return Encode(record, record.flow(), to);
    default:
      return 0;
  }
}

}  // namespace oneup::trace
