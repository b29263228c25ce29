// Reads a trace, record by record, and believes none of it before it is checked.
//
//   absl::StatusOr<std::unique_ptr<TraceReader>> reader = TraceReader::Open(path);
//   for (;;) {
//     absl::StatusOr<const v1::Record*> record = (*reader)->Next();
//     if (!record.ok()) return record.status();
//     if (*record == nullptr) break;  // all of the trace was there, and right
//     ...
//   }
//
// A record is handed out only after the checksum of its block was found right, and the end
// is reached only if the footer's counts, index and digest are those of what was read. So a
// cut anywhere and every single flipped bit end in an error: one line that names the file,
// the byte, the record (counted from 1, the frame's included), what is there and what was
// expected. Not thread-safe.
//
// Memory: one block (1 MiB, or a single record of at most kMaxRecord) and a record, parsed:
// less than 300 MB whatever the file says, 10 MB for what the writer writes. Time: linear.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "oneup/v1/trace.pb.h"
#include "sims/trace/digest.h"
#include "sims/trace/format.h"
#include "sims/trace/source.h"

namespace oneup::trace {

// The number of the record's body, also where this program does not know it; 0 for none.
uint32_t KindOf(const v1::Record& record);

class TraceReader {
 public:
  // Opens a file, compressed or not ("-": standard input), and reads its header.
  // Errors: NotFound, PermissionDenied, ... if it cannot be read; InvalidArgument for what
  // is no trace; Unimplemented for a later format version; DataLoss for a damaged one.
  static absl::StatusOr<std::unique_ptr<TraceReader>> Open(const std::string& path);
  // The same for bytes from elsewhere; messages call them `name`.
  static absl::StatusOr<std::unique_ptr<TraceReader>> Open(std::unique_ptr<ByteSource> source,
                                                           std::string name);
  TraceReader(const TraceReader&) = delete;
  TraceReader& operator=(const TraceReader&) = delete;

  const v1::Header& header() const { return header_; }
  // The next record that is no frame record, valid until the next call; null at the end.
  // After an error, the same error again.
  absl::StatusOr<const v1::Record*> Next();
  // After the end.
  const v1::Footer& footer() const { return footer_; }

  // Of the record that Next gave last: its bytes, without tag and length, and where it begins.
  std::string_view bytes() const { return bytes_; }
  uint64_t offset() const { return record_start_; }
  const std::string& name() const { return name_; }
  // Bytes of the trace, decompressed; all of them at the end.
  uint64_t size() const { return block_start_ + buffer_.size(); }

 private:
  // A record's place in buffer_.
  struct Span {
    size_t start = 0;  // of its tag
    size_t body = 0;   // of what follows tag and length
    size_t end = 0;
  };

  TraceReader(std::unique_ptr<ByteSource> source, std::string name)
      : source_(std::move(source)), name_(std::move(name)) {}

  // Reads and checks one block: afterwards [walk_, block_end_) of buffer_ are its records.
  absl::Status ReadBlock();
  absl::Status ReadHeader();
  absl::Status CheckChecksum(const Span& span);
  absl::Status CheckFooter(const Span& span);
  // That the footer counts what was read.
  absl::Status CheckFigures();
  // Finds the record that begins at `start`; reads what is missing of it.
  absl::StatusOr<Span> Frame(size_t start);
  // Parses a record that is no frame record and checks its place among the others.
  absl::Status Deliver(const Span& span);
  // Reads until buffer_ holds `size` bytes; false if the source ends before.
  absl::StatusOr<bool> Fill(size_t size);
  // DataLoss, about the record under way and the byte `at` of buffer_.
  absl::Status Damage(size_t at, std::string_view what) const;

  std::unique_ptr<ByteSource> source_;
  std::string name_;
  absl::Status status_;
  v1::Header header_;
  v1::Footer footer_;
  v1::Record record_;
  std::string_view bytes_;
  uint64_t record_start_ = 0;

  std::string buffer_;        // the file from block_start_ on
  uint64_t block_start_ = 0;  // offset of the block under way
  size_t walk_ = 0;           // in buffer_: the next record to hand out
  size_t block_end_ = 0;      // in buffer_: where the frame record that closes the block begins
  bool ended_ = false;        // the footer was found and all is right

  uint64_t record_number_ = 0;  // of the record under way, frame records included
  uint64_t block_number_ = 1;   // of the frame record that begins the next block
  uint64_t last_id_ = 0;
  int64_t last_time_ns_ = std::numeric_limits<int64_t>::min();
  bool block_has_records_ = false;
  std::array<uint64_t, kMaxKind> counts_{};
  int index_points_ = 0;
  Digest index_;  // of the points that the index must have
  Digest digest_;
};

}  // namespace oneup::trace
