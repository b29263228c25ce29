// Cuts the bytes of a trace into messages of whole records for one stream. No record is decoded:
// a trace and a Records message hold records in the same way, so their bytes are copied.
#pragma once

#include <bitset>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace oneup::server {

// The number of a record's body, from the bytes of the record; 0 for none. Error: DataLoss for what
// is no record.
absl::StatusOr<uint32_t> KindOfBytes(std::string_view record);

// Kinds of records, by the number of the body.
class Kinds {
 public:
  // Records have no greater numbers.
  static constexpr uint32_t kMost = 255;

  Kinds() = default;
  Kinds(std::initializer_list<uint32_t> kinds) {
    for (const uint32_t kind : kinds) Add(kind);
  }
  // A number beyond kMost is no kind, and none is added.
  void Add(uint32_t kind) {
    if (kind <= kMost) kinds_.set(kind);
  }
  bool Has(uint32_t kind) const { return kind <= kMost && kinds_.test(kind); }
  bool IsEmpty() const { return kinds_.none(); }

 private:
  std::bitset<kMost + 1> kinds_;
};

class FrameCutter {
 public:
  // Bytes of records in one message, unless one record alone is more.
  static constexpr size_t kFrame = 64 << 10;

  // leave_out: kinds that are dropped. give: takes each message (a ServerMessage of `stream`).
  FrameCutter(uint32_t stream, const Kinds& leave_out,
              std::function<void(std::string message)> give);

  // The next bytes of the trace, in pieces of any size. Error: DataLoss for what is no trace.
  absl::Status Add(std::string_view bytes);
  // Gives what there is of whole records, if any.
  void Cut();
  // Whether all bytes so far were whole records.
  bool IsWhole() const { return rest_.empty(); }
  // Bytes of whole records that wait for Cut, or to become enough.
  size_t pending() const { return records_.size(); }

 private:
  // Takes the records that begin in bytes; returns how many bytes they were.
  absl::StatusOr<size_t> Take(std::string_view bytes);

  uint32_t stream_;
  Kinds leave_out_;
  std::function<void(std::string)> give_;
  std::string records_;
  std::string rest_;  // the beginning of a record whose end has not come
};

}  // namespace oneup::server
