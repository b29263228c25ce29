// Writes a trace, record by record.
//
//   v1::Header header;  // scenario, seed, detail, settings, listings
//   absl::StatusOr<std::unique_ptr<TraceWriter>> writer = TraceWriter::Create(path, header);
//   v1::Record record;
//   record.set_time_ns(now.ns);
//   record.set_cause_id(cause);
//   record.mutable_bar()->set_ticker("NVDA");
//   uint64_t id = (*writer)->Append(record);
//   absl::Status status = (*writer)->Finish();
//
// The first failure (a full disk, a record out of order) is kept: Append does nothing
// from then on, and Finish returns it. A file gets its name in Finish only; a writer
// that is destroyed before leaves none. Reuse one Record for speed. Not thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "oneup/v1/trace.pb.h"
#include "sims/trace/digest.h"
#include "sims/trace/format.h"
#include "sims/trace/sink.h"

namespace oneup::trace {

using Kind = v1::Record::BodyCase;

// The least level of detail that records this kind; DETAIL_UNSPECIFIED for the frame's.
v1::Detail DetailOf(Kind kind);

class TraceWriter {
 public:
  // Writes to a file (see OpenFileSink for "-" and devices), compressed if its name ends
  // in ".zst". Of the header, the caller gives all but format, versions and schema.
  // Errors: InvalidArgument for a header without detail; those of OpenFileSink.
  static absl::StatusOr<std::unique_ptr<TraceWriter>> Create(const std::string& path,
                                                             v1::Header header);
  // Writes to a sink: MakeNullSink() for the fingerprint alone.
  static absl::StatusOr<std::unique_ptr<TraceWriter>> Create(std::unique_ptr<ByteSink> sink,
                                                             v1::Header header);
  TraceWriter(const TraceWriter&) = delete;
  TraceWriter& operator=(const TraceWriter&) = delete;
  ~TraceWriter();

  // Whether records of this kind are kept at this level of detail: ask before making many.
  bool Wants(Kind kind) const { return wanted_[kind]; }

  // Writes a record and returns its id, which is set in it. A record of a kind that is not
  // wanted is dropped and its cause's id returned, so that what it causes names the
  // nearest cause on record. Contract: a body that is no frame record, a time not before
  // the last record's, a cause that has been written, no fields from a later schema.
  uint64_t Append(v1::Record& record);

  // Of the first failure.
  const absl::Status& status() const { return status_; }
  // Records so far, frame records aside.
  uint64_t count() const { return last_id_; }

  // Gives the sink all records so far, which it would else get a block at a time. The trace's bytes
  // stay the same. The sink is always given whole records.
  absl::Status GiveRecords();

  // Ends the trace. Once.
  absl::Status Finish();
  // The run's fingerprint (Footer.digest) in 32 hexadecimal digits; after Finish.
  const std::string& digest() const { return digest_; }

 private:
  explicit TraceWriter(std::unique_ptr<ByteSink> sink);
  void Start(const v1::Header& header);
  // Room for one framed record of this size; its frame is written.
  char* Frame(size_t size);
  // The block under way has its first record.
  void AddIndexPoint(const v1::Record& record);
  void WriteFrameRecord(const v1::Record& record);
  void CloseBlock();
  void Flush();
  void Fail(std::string_view what, const v1::Record& record);

  std::unique_ptr<ByteSink> sink_;
  absl::Status status_;
  std::array<bool, kMaxKind> wanted_{};
  std::array<uint64_t, kMaxKind> counts_{};
  uint64_t last_id_ = 0;
  int64_t last_time_ns_;
  bool finished_ = false;

  // The block under way; what follows it begins at block_start_ + used_.
  std::unique_ptr<char[]> block_;
  size_t capacity_ = 0;
  size_t used_ = 0;
  size_t given_ = 0;  // of these, what the sink has
  uint64_t block_start_ = 0;
  bool block_has_records_ = false;
  v1::Footer footer_;  // with the index so far
  Digest running_digest_;
  std::string digest_;
};

}  // namespace oneup::trace
