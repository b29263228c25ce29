#include "tools/server/frame_cutter.h"

#include <utility>

#include "sims/trace/format.h"
#include "tools/server/wire.h"

namespace oneup::server {
namespace {

absl::Status NoRecord() { return absl::DataLossError("what comes is no record of a trace"); }

// Reads a varint at *at and moves there past it. False: it is cut, or too long.
bool ReadVarint(std::string_view bytes, size_t* at, uint64_t* value) {
  *value = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    if (*at == bytes.size()) return false;
    const auto byte = static_cast<unsigned char>(bytes[(*at)++]);
    *value |= uint64_t{byte & 0x7fu} << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

}  // namespace

absl::StatusOr<uint32_t> KindOfBytes(std::string_view record) {
  // What a record has beside its body: id, time_ns, cause_id.
  constexpr uint64_t kFirstBody = 4;
  size_t at = 0;
  while (at < record.size()) {
    uint64_t tag = 0;
    uint64_t value = 0;
    if (!ReadVarint(record, &at, &tag)) return NoRecord();
    if (tag >> 3 >= kFirstBody) return static_cast<uint32_t>(tag >> 3);
    switch (tag & 7) {
      case 0:
        if (!ReadVarint(record, &at, &value)) return NoRecord();
        break;
      case 1:
        if (record.size() - at < 8) return NoRecord();
        at += 8;
        break;
      default:
        return NoRecord();
    }
  }
  return 0;
}

FrameCutter::FrameCutter(uint32_t stream, const Kinds& leave_out,
                         std::function<void(std::string)> give)
    : stream_(stream), leave_out_(leave_out), give_(std::move(give)) {}

absl::Status FrameCutter::Add(std::string_view bytes) {
  if (!rest_.empty()) {
    rest_ += bytes;
    const std::string joined = std::move(rest_);
    rest_.clear();
    const auto taken = Take(joined);
    if (!taken.ok()) return taken.status();
    rest_ = joined.substr(*taken);
    return absl::OkStatus();
  }
  const auto taken = Take(bytes);
  if (!taken.ok()) return taken.status();
  rest_ = bytes.substr(*taken);
  return absl::OkStatus();
}

absl::StatusOr<size_t> FrameCutter::Take(std::string_view bytes) {
  size_t start = 0;
  while (start < bytes.size()) {
    if (bytes[start] != trace::kRecordTag) return NoRecord();
    size_t at = start + 1;
    uint64_t size = 0;
    if (!ReadVarint(bytes, &at, &size)) {
      if (bytes.size() - start >= trace::kMaxFrame) return NoRecord();
      return start;
    }
    if (size > trace::kMaxRecord) return NoRecord();
    if (size > bytes.size() - at) return start;
    const size_t end = at + size;
    if (!leave_out_.IsEmpty()) {
      const auto kind = KindOfBytes(bytes.substr(at, size));
      if (!kind.ok()) return kind.status();
      if (leave_out_.Has(*kind)) {
        start = end;
        continue;
      }
    }
    if (!records_.empty() && records_.size() + (end - start) > kFrame) Cut();
    records_ += bytes.substr(start, end - start);
    start = end;
  }
  return start;
}

void FrameCutter::Cut() {
  if (records_.empty()) return;
  give_(RecordsMessage(stream_, records_));
  records_.clear();
}

}  // namespace oneup::server
