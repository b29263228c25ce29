#include "sims/trace/writer.h"

#include <bit>
#include <cstring>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "oneup/embedded/schema.h"
#include "oneup/version.h"
#include "sims/trace/crc32c.h"
#include "sims/trace/encode.h"

namespace oneup::trace {

v1::Detail DetailOf(Kind kind) {
  switch (kind) {
    case v1::Record::kHappening:
    case v1::Record::kReaction:
      return v1::DETAIL_SUMMARY;
    case v1::Record::kPerception:
    case v1::Record::kRuleFiring:
    case v1::Record::kMindChange:
    case v1::Record::kOffer:
    case v1::Record::kThreadChange:
    case v1::Record::kInterventionEffect:
    case v1::Record::kNews:
    case v1::Record::kBeliefRevision:
    case v1::Record::kAttention:
      return v1::DETAIL_DEALS;
    case v1::Record::kBar:
    case v1::Record::kFlow:
    case v1::Record::kAuction:
    case v1::Record::kHalt:
      return v1::DETAIL_MARKET;
    case v1::Record::kFill:
      return v1::DETAIL_FULL;
    case v1::Record::kHeader:
    case v1::Record::kChecksum:
    case v1::Record::kFooter:
    case v1::Record::BODY_NOT_SET:
      break;
  }
  return v1::DETAIL_UNSPECIFIED;
}

TraceWriter::TraceWriter(std::unique_ptr<ByteSink> sink)
    : sink_(std::move(sink)),
      last_time_ns_(std::numeric_limits<int64_t>::min()),
      block_(new char[kBlockSize]),
      capacity_(kBlockSize) {}

TraceWriter::~TraceWriter() = default;

absl::StatusOr<std::unique_ptr<TraceWriter>> TraceWriter::Create(const std::string& path,
                                                                 v1::Header header) {
  absl::StatusOr<std::unique_ptr<ByteSink>> sink = OpenTraceSink(path);
  if (!sink.ok()) return sink.status();
  return Create(*std::move(sink), std::move(header));
}

absl::StatusOr<std::unique_ptr<TraceWriter>> TraceWriter::Create(std::unique_ptr<ByteSink> sink,
                                                                 v1::Header header) {
  if (header.detail() == v1::DETAIL_UNSPECIFIED) {
    return absl::InvalidArgumentError("a trace's header needs a level of detail");
  }
  header.set_format(std::string(kFormatName));
  header.set_format_version(kFormatVersion);
  header.set_program_version(kVersion);
  header.set_schema(std::string(embedded::schema::Files().front().second));
  if (header.ByteSizeLong() + kMaxFrame > kMaxRecord) {
    return absl::InvalidArgumentError(
        absl::StrCat("the scenario is too large for a trace's header, which holds ", kMaxRecord,
                     " bytes at most"));
  }
  std::unique_ptr<TraceWriter> writer(new TraceWriter(std::move(sink)));
  writer->Start(header);
  if (!writer->status_.ok()) return writer->status_;
  return writer;
}

void TraceWriter::Start(const v1::Header& header) {
  const google::protobuf::Descriptor* record = v1::Record::descriptor();
  for (int i = 0; i < record->field_count(); ++i) {
    const int number = record->field(i)->number();
    const v1::Detail least = DetailOf(static_cast<Kind>(number));
    wanted_[static_cast<size_t>(number)] =
        least != v1::DETAIL_UNSPECIFIED && least <= header.detail();
  }
  v1::Record first;
  *first.mutable_header() = header;
  WriteFrameRecord(first);
  CloseBlock();
}

uint64_t TraceWriter::Append(v1::Record& record) {
  const Kind kind = record.body_case();
  if (!wanted_[kind]) {
    if (DetailOf(kind) == v1::DETAIL_UNSPECIFIED) Fail("has no body of its own", record);
    return record.cause_id();
  }
  if (record.time_ns() < last_time_ns_) Fail("is earlier than the record before it", record);
  if (record.cause_id() > last_id_) Fail("has a cause that has not happened", record);
  if (!status_.ok() || finished_) return 0;
  record.set_id(last_id_ + 1);
  char encoded[kMaxEncoded];
  const size_t encoded_size = EncodeRecord(record, encoded);
  const size_t size = encoded_size > 0 ? encoded_size : record.ByteSizeLong();
  if (size > kMaxRecord) Fail("is too large", record);
  char* to = Frame(size);
  if (to == nullptr) return 0;
  if (!block_has_records_) AddIndexPoint(record);
  if (encoded_size > 0) {
    std::memcpy(to, encoded, size);
  } else {
    record.SerializeWithCachedSizesToArray(reinterpret_cast<uint8_t*>(to));
  }
  used_ += size;
  last_time_ns_ = record.time_ns();
  ++counts_[kind];
  return ++last_id_;
}

void TraceWriter::AddIndexPoint(const v1::Record& record) {
  block_has_records_ = true;
  if (footer_.index_size() == kMaxBlocks) Fail("is too much: a trace is full", record);
  v1::IndexPoint* point = footer_.add_index();
  point->set_time_ns(record.time_ns());
  point->set_id(record.id());
  point->set_offset(block_start_);
}

char* TraceWriter::Frame(size_t size) {
  if (used_ + kMaxFrame + size > kBlockSize && block_has_records_) CloseBlock();
  if (!status_.ok()) return nullptr;
  if (const size_t needed = used_ + kMaxFrame + size; needed > capacity_) {
    capacity_ = std::bit_ceil(needed);
    std::unique_ptr<char[]> larger(new char[capacity_]);
    std::memcpy(larger.get(), block_.get(), used_);
    block_ = std::move(larger);
  }
  char* to = block_.get() + used_;
  *to++ = kRecordTag;
  to = PutVarint(size, to);
  used_ = static_cast<size_t>(to - block_.get());
  return to;
}

void TraceWriter::WriteFrameRecord(const v1::Record& record) {
  const size_t size = record.ByteSizeLong();
  char* to = Frame(size);
  if (to == nullptr) return;
  record.SerializeWithCachedSizesToArray(reinterpret_cast<uint8_t*>(to));
  used_ += size;
}

void TraceWriter::CloseBlock() {
  const std::string_view block(block_.get(), used_);
  v1::Record record;
  v1::Checksum* checksum = record.mutable_checksum();
  checksum->set_from_offset(block_start_);
  checksum->set_to_offset(block_start_ + used_);
  checksum->set_crc32c(Crc32c(block));
  running_digest_.Update(block);
  Flush();
  block_start_ += used_;
  used_ = 0;
  given_ = 0;
  block_has_records_ = false;
  if (status_.ok()) WriteFrameRecord(record);
}

void TraceWriter::Flush() {
  status_.Update(sink_->Write({block_.get() + given_, used_ - given_}));
  given_ = used_;
}

absl::Status TraceWriter::GiveRecords() {
  if (status_.ok() && !finished_ && given_ < used_) Flush();
  return status_;
}

absl::Status TraceWriter::Finish() {
  if (finished_) return absl::FailedPreconditionError("the trace is finished already");
  finished_ = true;
  if (!status_.ok()) return status_;
  running_digest_.Update({block_.get(), used_});
  digest_ = running_digest_.Hex();

  v1::Record record;
  v1::Footer* footer = record.mutable_footer();
  footer->Swap(&footer_);
  footer->set_record_count(last_id_);
  for (size_t number = 0; number < counts_.size(); ++number) {
    if (counts_[number] == 0) continue;
    v1::KindCount* kind = footer->add_kinds();
    kind->set_field(static_cast<uint32_t>(number));
    kind->set_name(v1::Record::descriptor()->FindFieldByNumber(static_cast<int>(number))->name());
    kind->set_count(counts_[number]);
  }
  footer->set_digest(running_digest_.Bytes());
  footer->set_footer_offset(block_start_ + used_);
  footer->set_crc32c(0);
  // The block stays open for the footer, which guards it instead of a Checksum.
  block_has_records_ = false;
  WriteFrameRecord(record);
  // The fields are written in order of their numbers, so the value is the last 4 bytes.
  const uint32_t crc = Crc32c({block_.get(), used_ - sizeof crc});
  std::memcpy(block_.get() + used_ - sizeof crc, &crc, sizeof crc);
  Flush();
  status_.Update(sink_->Close());
  return status_;
}

void TraceWriter::Fail(std::string_view what, const v1::Record& record) {
  status_.Update(absl::InvalidArgumentError(
      absl::StrCat("trace: record ", last_id_ + 1, " (time_ns ", record.time_ns(), ", cause_id ",
                   record.cause_id(), ") ", absl::string_view(what.data(), what.size()))));
}

}  // namespace oneup::trace
