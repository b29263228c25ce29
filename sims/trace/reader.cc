#include "sims/trace/reader.h"

#include <algorithm>
#include <cstring>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "sims/trace/crc32c.h"

namespace oneup::trace {
namespace {

constexpr size_t kChunk = size_t{128} << 10;
// The first byte of a frame record, which has a body and nothing else.
constexpr char kHeaderTag = 0x22;
constexpr char kChecksumTag = 0x2A;
constexpr char kFooterTag = 0x32;
// Of the footer's last two fields.
constexpr char kFooterOffsetTag = 0x71;
constexpr char kFooterCrcTag = 0x7D;

void AddPoint(Digest& digest, int64_t time_ns, uint64_t id, uint64_t offset) {
  const uint64_t point[] = {static_cast<uint64_t>(time_ns), id, offset};
  digest.Update({reinterpret_cast<const char*>(point), sizeof point});
}

std::string Differs(uint32_t is, uint32_t expected) {
  return absl::StrFormat("have the CRC-32C 0x%08x where 0x%08x is expected", is, expected);
}

// A text of the file as a message may quote it: short, in one line, without what a terminal
// would obey.
std::string Quotable(const std::string& text) {
  constexpr size_t kMostQuoted = 80;
  return absl::Utf8SafeCHexEscape(text.substr(0, kMostQuoted));
}

}  // namespace

uint32_t KindOf(const v1::Record& record) {
  if (record.body_case() != v1::Record::BODY_NOT_SET) return record.body_case();
  const google::protobuf::UnknownFieldSet& unknown =
      record.GetReflection()->GetUnknownFields(record);
  for (int i = 0; i < unknown.field_count(); ++i) {
    const google::protobuf::UnknownField& field = unknown.field(i);
    const bool body = field.type() == google::protobuf::UnknownField::TYPE_LENGTH_DELIMITED &&
                      field.number() < static_cast<int>(kMaxKind);
    if (body) return static_cast<uint32_t>(field.number());
  }
  return 0;
}

absl::StatusOr<std::unique_ptr<TraceReader>> TraceReader::Open(const std::string& path) {
  const std::string name = path == "-" ? "standard input" : path;
  absl::StatusOr<std::unique_ptr<ByteSource>> source = OpenFileSource(path);
  if (!source.ok()) {
    return absl::Status(source.status().code(),
                        absl::StrCat(name, ": ", source.status().message()));
  }
  return Open(*std::move(source), name);
}

absl::StatusOr<std::unique_ptr<TraceReader>> TraceReader::Open(std::unique_ptr<ByteSource> source,
                                                               std::string name) {
  std::unique_ptr<TraceReader> reader(
      new TraceReader(Decompressed(std::move(source)), std::move(name)));
  if (absl::Status status = reader->ReadHeader(); !status.ok()) return status;
  return reader;
}

absl::Status TraceReader::ReadHeader() {
  const absl::StatusOr<bool> any = Fill(1);
  if (!any.ok()) return any.status();
  record_number_ = 1;
  if (!*any) return Damage(0, "the file is empty; a trace begins with a header");
  if (buffer_[0] != kRecordTag) {
    return absl::InvalidArgumentError(
        absl::StrCat(name_, ": is no trace: byte 0 is ",
                     absl::Hex(static_cast<uint8_t>(buffer_[0]), absl::kZeroPad2),
                     " (hexadecimal), where a trace has 0a"));
  }
  if (absl::Status status = ReadBlock(); !status.ok()) return status;
  record_number_ = 1;
  const absl::StatusOr<Span> span = Frame(0);
  if (!span.ok()) return span.status();
  if (span->body == span->end || buffer_[span->body] != kHeaderTag ||
      !record_.ParseFromArray(buffer_.data() + span->body,
                              static_cast<int>(span->end - span->body)) ||
      !record_.has_header()) {
    return Damage(0, "the first record is no header");
  }
  header_.Swap(record_.mutable_header());
  if (header_.format() != absl::string_view(kFormatName.data(), kFormatName.size())) {
    return absl::InvalidArgumentError(
        absl::StrCat(name_, ": is no trace: its format is '", Quotable(header_.format()),
                     "', not '", absl::string_view(kFormatName.data(), kFormatName.size()), "'"));
  }
  if (header_.format_version() > kFormatVersion) {
    return absl::UnimplementedError(absl::StrCat(
        name_, ": written in version ", header_.format_version(), " of the format by oneup ",
        Quotable(header_.program_version()), "; this program reads version ", kFormatVersion));
  }
  walk_ = span->end;
  return absl::OkStatus();
}

absl::StatusOr<const v1::Record*> TraceReader::Next() {
  if (!status_.ok()) return status_;
  while (walk_ == block_end_) {
    const bool at_end = ended_;
    status_ = at_end ? CheckFigures() : ReadBlock();
    if (!status_.ok()) return status_;
    if (at_end) return nullptr;
  }
  ++record_number_;
  const absl::StatusOr<Span> span = Frame(walk_);
  status_ = span.ok() ? Deliver(*span) : span.status();
  if (!status_.ok()) return status_;
  walk_ = span->end;
  return &record_;
}

absl::Status TraceReader::ReadBlock() {
  // What closed the block before begins this one.
  buffer_.erase(0, block_end_);
  block_start_ += block_end_;
  block_end_ = walk_ = 0;
  block_has_records_ = false;
  size_t at = 0;
  if (block_start_ > 0) {
    const absl::StatusOr<Span> checksum = Frame(0);
    if (!checksum.ok()) return checksum.status();
    at = checksum->end;
    ++block_number_;
  }
  const size_t first = at;
  for (record_number_ = block_number_;; ++record_number_) {
    const absl::StatusOr<Span> span = Frame(at);
    if (!span.ok()) return span.status();
    const char tag = span->body < span->end ? buffer_[span->body] : '\0';
    if (tag == kChecksumTag || tag == kFooterTag) {
      absl::Status status = tag == kFooterTag ? CheckFooter(*span) : CheckChecksum(*span);
      if (!status.ok()) return status;
      walk_ = first;
      block_end_ = span->start;
      std::swap(record_number_, block_number_);
      --record_number_;  // Next counts it up again
      return absl::OkStatus();
    }
    if (span->end > kMaxBlock && span->start > first) {
      return Damage(span->start, absl::StrCat("no checksum since byte ", block_start_,
                                              "; one is due every ", kMaxBlock, " bytes"));
    }
    at = span->end;
  }
}

absl::StatusOr<TraceReader::Span> TraceReader::Frame(size_t start) {
  Span span{start, start + 1, 0};
  absl::StatusOr<bool> more = Fill(start + 1);
  if (!more.ok()) return more.status();
  if (!*more) return Damage(start, "the file ends without a footer: it is cut");
  if (buffer_[start] != kRecordTag) {
    return Damage(start, absl::StrFormat("0x%02x where a record's first byte, 0x0a, is expected",
                                         static_cast<uint8_t>(buffer_[start])));
  }
  uint64_t length = 0;
  for (int shift = 0;; shift += 7) {
    more = Fill(span.body + 1);
    if (!more.ok()) return more.status();
    if (!*more) return Damage(span.body, "the file ends in the length of a record: it is cut");
    const auto byte = static_cast<uint8_t>(buffer_[span.body++]);
    length |= uint64_t{byte & 0x7Fu} << shift;
    if (byte < 0x80) break;
    if (shift >= 28) return Damage(start, "the length of a record has more than 5 bytes");
  }
  if (length > kMaxRecord) {
    return Damage(start, absl::StrCat("a record of ", length, " bytes; at most ", kMaxRecord,
                                      " are allowed"));
  }
  span.end = span.body + static_cast<size_t>(length);
  more = Fill(span.end);
  if (!more.ok()) return more.status();
  if (!*more) {
    return Damage(buffer_.size(), absl::StrCat("the file ends ", span.end - buffer_.size(),
                                               " bytes before the end "
                                               "of a record of ",
                                               length, " bytes: it is cut"));
  }
  return span;
}

absl::StatusOr<bool> TraceReader::Fill(size_t size) {
  while (buffer_.size() < size) {
    const size_t before = buffer_.size();
    buffer_.resize(before + kChunk);
    const absl::StatusOr<size_t> got = source_->Read(buffer_.data() + before, kChunk);
    buffer_.resize(before + (got.ok() ? *got : 0));
    if (!got.ok()) {
      return absl::Status(got.status().code(), absl::StrCat(name_, ": ", got.status().message()));
    }
    if (*got == 0) return false;
  }
  return true;
}

absl::Status TraceReader::CheckChecksum(const Span& span) {
  if (!record_.ParseFromArray(buffer_.data() + span.body, static_cast<int>(span.end - span.body)) ||
      !record_.has_checksum() || !record_.checksum().has_crc32c()) {
    return Damage(span.start, "a checksum that cannot be read");
  }
  const v1::Checksum& checksum = record_.checksum();
  const uint64_t to = block_start_ + span.start;
  if (checksum.from_offset() != block_start_ || checksum.to_offset() != to) {
    return Damage(span.start, absl::StrCat("a checksum of the bytes from ", checksum.from_offset(),
                                           " to before ", checksum.to_offset(), " where from ",
                                           block_start_, " to before ", to, " is expected"));
  }
  const std::string_view block(buffer_.data(), span.start);
  if (const uint32_t crc = Crc32c(block); crc != checksum.crc32c()) {
    return Damage(span.start, absl::StrCat("the bytes from ", block_start_, " to before ", to, " ",
                                           Differs(crc, checksum.crc32c())));
  }
  digest_.Update(block);
  return absl::OkStatus();
}

absl::Status TraceReader::CheckFooter(const Span& span) {
  const char* end = buffer_.data() + span.end;
  uint32_t expected = 0;
  if (span.end - span.body < kTailSize || end[-5] != kFooterCrcTag ||
      end[-14] != kFooterOffsetTag) {
    return Damage(span.start, "a footer that does not end in its offset and checksum");
  }
  std::memcpy(&expected, end - sizeof expected, sizeof expected);
  const uint32_t crc = Crc32c({buffer_.data(), span.end - sizeof expected});
  if (crc != expected) {
    return Damage(span.end - sizeof expected,
                  absl::StrCat("the bytes from ", block_start_, " on ", Differs(crc, expected)));
  }
  if (!record_.ParseFromArray(buffer_.data() + span.body, static_cast<int>(span.end - span.body)) ||
      !record_.has_footer()) {
    return Damage(span.start, "a footer that cannot be read");
  }
  footer_.Swap(record_.mutable_footer());
  if (footer_.footer_offset() != block_start_ + span.start) {
    return Damage(span.start,
                  absl::StrCat("a footer that places itself at byte ", footer_.footer_offset()));
  }
  digest_.Update({buffer_.data(), span.start});
  if (footer_.digest() != digest_.Bytes()) {
    return Damage(span.start, absl::StrCat("a digest that is not that of the bytes before it, ",
                                           digest_.Hex()));
  }
  const absl::StatusOr<bool> more = Fill(span.end + 1);
  if (!more.ok()) return more.status();
  if (*more) return Damage(span.end, "the file goes on after its footer");
  ended_ = true;
  return absl::OkStatus();
}

absl::Status TraceReader::Deliver(const Span& span) {
  bytes_ = std::string_view(buffer_).substr(span.body, span.end - span.body);
  record_start_ = block_start_ + span.start;
  if (!record_.ParseFromArray(bytes_.data(), static_cast<int>(bytes_.size()))) {
    return Damage(span.start, "is no message of type Record");
  }
  const uint32_t kind = KindOf(record_);
  if (kind == 0) return Damage(span.start, "a record without a body");
  if (kind == v1::Record::kHeader || kind == v1::Record::kChecksum || kind == v1::Record::kFooter) {
    return Damage(span.start, "a part of the file's frame where none is expected");
  }
  if (record_.id() != last_id_ + 1) {
    return Damage(span.start,
                  absl::StrCat("id ", record_.id(), " where ", last_id_ + 1, " is expected"));
  }
  if (record_.time_ns() < last_time_ns_) {
    return Damage(span.start,
                  absl::StrCat("time_ns ", record_.time_ns(), " after ", last_time_ns_));
  }
  if (record_.cause_id() > last_id_) {
    return Damage(span.start,
                  absl::StrCat("cause_id ", record_.cause_id(),
                               " where an earlier record's is expected, at most ", last_id_));
  }
  last_id_ = record_.id();
  last_time_ns_ = record_.time_ns();
  ++counts_[kind];
  if (!block_has_records_) {
    block_has_records_ = true;
    ++index_points_;
    AddPoint(index_, last_time_ns_, last_id_, block_start_);
  }
  return absl::OkStatus();
}

absl::Status TraceReader::CheckFigures() {
  record_number_ = block_number_;
  if (footer_.record_count() != last_id_) {
    return Damage(block_end_, absl::StrCat("a footer that counts ", footer_.record_count(),
                                           " records where there are ", last_id_));
  }
  std::array<uint64_t, kMaxKind> counts{};
  for (const v1::KindCount& kind : footer_.kinds()) {
    if (kind.field() < kMaxKind) counts[kind.field()] += kind.count();
  }
  for (size_t kind = 0; kind < kMaxKind; ++kind) {
    if (counts[kind] != counts_[kind]) {
      return Damage(block_end_,
                    absl::StrCat("a footer that counts ", counts[kind], " records of kind ", kind,
                                 " where there are ", counts_[kind]));
    }
  }
  Digest index;
  for (const v1::IndexPoint& point : footer_.index()) {
    AddPoint(index, point.time_ns(), point.id(), point.offset());
  }
  if (footer_.index_size() != index_points_ || index.Bytes() != index_.Bytes()) {
    return Damage(block_end_, absl::StrCat("a footer whose index of ", footer_.index_size(),
                                           " blocks is not that of the ", index_points_,
                                           " blocks that hold records"));
  }
  return absl::OkStatus();
}

absl::Status TraceReader::Damage(size_t at, std::string_view what) const {
  return absl::DataLossError(absl::StrCat(name_, ": byte ", block_start_ + at, ", record ",
                                          record_number_, ": ",
                                          absl::string_view(what.data(), what.size())));
}

}  // namespace oneup::trace
