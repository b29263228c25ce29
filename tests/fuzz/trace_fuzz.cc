// Any bytes are a trace, plain or compressed, or are refused with one line; never a crash,
// a hang or more memory than the reader's bound, in the reader or in what shows, explains,
// compares and exports what it has read. No cut and no flipped bit of what it accepts is
// accepted.
//
// Checksums would stop nearly every mutation at the door, so each input is also read with
// its frame mended: checksum, footer, ids and guard made right, the records left as they are.
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/stubs/logging.h>
#include <google/protobuf/util/json_util.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sims/trace/crc32c.h"
#include "sims/trace/diff.h"
#include "sims/trace/digest.h"
#include "sims/trace/export.h"
#include "sims/trace/query.h"
#include "sims/trace/reader.h"
#include "sims/trace/text.h"

namespace oneup::trace {
namespace {

void Require(bool condition) {
  if (!condition) std::abort();
}

void RequireOneLine(const absl::Status& status) {
  const std::string message(status.message());
  Require(message.find_first_of("\r\n") == std::string::npos && message.size() > 10);
}

// A file without a disk, for what opens its input by name, and more than once.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view bytes) : fd_(::memfd_create("trace", MFD_CLOEXEC)) {
    Require(fd_ >= 0 && ::write(fd_, bytes.data(), bytes.size()) == ssize_t(bytes.size()));
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() { ::close(fd_); }
  std::string path() const { return "/proc/self/fd/" + std::to_string(fd_); }

 private:
  int fd_;
};

void PutRecord(std::string_view body, std::string& out) {
  char length[10];
  out += kRecordTag;
  out.append(length, static_cast<size_t>(PutVarint(body.size(), length) - length));
  out += body;
}

// The bodies of the records, as far as there are whole ones.
std::vector<std::string_view> Split(std::string_view bytes) {
  std::vector<std::string_view> bodies;
  while (bytes.size() >= 2 && bytes[0] == kRecordTag) {
    uint64_t length = 0;
    size_t at = 1;
    for (int shift = 0; at < bytes.size() && shift < 35; shift += 7) {
      const auto byte = static_cast<uint8_t>(bytes[at++]);
      length |= uint64_t{byte & 0x7Fu} << shift;
      if (byte < 0x80) break;
    }
    if (length > bytes.size() - at) break;
    bodies.push_back(bytes.substr(at, length));
    bytes.remove_prefix(at + length);
  }
  return bodies;
}

bool IsFrame(std::string_view body) {
  return !body.empty() && (body[0] == 0x22 || body[0] == 0x2A || body[0] == 0x32);
}

// One block with the records, what leads and ends it as it has to be. Fields added at the
// end of a record replace those before, so that the rest of it stays as it is.
std::string Mended(std::string_view bytes) {
  const std::vector<std::string_view> bodies = Split(bytes);
  if (bodies.empty()) return "";
  std::string out;
  PutRecord(bodies[0], out);
  const size_t block = out.size();
  v1::Record frame;
  frame.mutable_checksum()->set_to_offset(block);
  frame.mutable_checksum()->set_crc32c(Crc32c(out));
  PutRecord(frame.SerializeAsString(), out);
  frame.Clear();
  v1::Footer& footer = *frame.mutable_footer();
  std::map<uint32_t, uint64_t> counts;
  int64_t time_ns = std::numeric_limits<int64_t>::min();
  uint64_t id = 0;
  for (size_t i = 1; i < bodies.size(); ++i) {
    v1::Record record;
    if (IsFrame(bodies[i]) || !record.ParseFromArray(bodies[i].data(), int(bodies[i].size()))) {
      continue;
    }
    v1::Record right;
    right.set_id(++id);
    if (record.time_ns() < time_ns) right.set_time_ns(time_ns);
    std::string body(bodies[i]);
    body += right.SerializeAsString();
    if (record.cause_id() >= id) body.append("\x18\0", 2);
    PutRecord(body, out);
    time_ns = std::max(time_ns, record.time_ns());
    ++counts[KindOf(record)];
    if (id > 1) continue;
    v1::IndexPoint& point = *footer.add_index();
    point.set_time_ns(time_ns);
    point.set_id(1);
    point.set_offset(block);
  }
  footer.set_record_count(id);
  for (const auto& [kind, count] : counts) {
    footer.add_kinds()->set_field(kind);
    footer.mutable_kinds()->rbegin()->set_count(count);
  }
  Digest digest;
  digest.Update(out);
  footer.set_digest(digest.Bytes());
  footer.set_footer_offset(out.size());
  footer.set_crc32c(0);
  PutRecord(frame.SerializeAsString(), out);
  const std::string_view guarded = std::string_view(out).substr(block, out.size() - 4 - block);
  const uint32_t crc = Crc32c(guarded);
  out.replace(out.size() - 4, 4, reinterpret_cast<const char*>(&crc), 4);
  return out;
}

bool IsCompressed(std::string_view bytes) { return bytes.starts_with("\x28\xb5\x2f\xfd"); }

std::string WithGuard(std::string_view bytes) {
  std::string out(bytes.substr(0, bytes.size() - std::min(bytes.size(), kGuardSize)));
  out += kGuardHead;
  const uint32_t crc = Crc32c(out);
  return out.append(reinterpret_cast<const char*>(&crc), sizeof crc);
}

bool IsWhole(std::string_view bytes) {
  const auto reader = TraceReader::Open(MakeStringSource(bytes), "run");
  absl::Status status = reader.status();
  while (status.ok()) {
    const auto record = (*reader)->Next();
    status = record.status();
    if (status.ok() && *record == nullptr) return true;
  }
  RequireOneLine(status);
  return false;
}

class NoTables : public TableSink {
 public:
  absl::Status AddTable(std::string_view, const std::vector<Column>& columns) override {
    columns_.push_back(columns.size());
    return absl::OkStatus();
  }
  absl::Status AddRow(size_t table, const std::vector<Value>& row) override {
    Require(row.size() == columns_[table]);
    for (const Value& value : row) Require(ValueText(value).size() < kMaxRecord);
    return absl::OkStatus();
  }
  absl::Status Close() override { return absl::OkStatus(); }

 private:
  std::vector<size_t> columns_;
};

// What the commands do with the trace, whole or not.
void Use(std::string_view bytes) {
  const MemoryFile file(bytes);
  auto reader = TraceReader::Open(file.path());
  if (!reader.ok()) return RequireOneLine(reader.status());
  const Prices prices((*reader)->header());
  Filter filter;
  filter.actors = {"altman"};
  FilteredRecords filtered(filter);
  uint64_t last = 0;
  for (;;) {
    const absl::StatusOr<const v1::Record*> record = (*reader)->Next();
    if (!record.ok() || *record == nullptr) break;
    filtered.Takes(**record);
    const std::string text = TextLine(**record, prices);
    Require(text.find_first_of("\r\n\x1b") == std::string::npos);
    const std::string json = JsonLine(**record);
    Require(json.find('\n') == std::string::npos);
    google::protobuf::Struct parsed;
    Require(google::protobuf::util::JsonStringToMessage(json, &parsed).ok());
    last = (*record)->id();
  }
  if (const auto why = Explain(file.path(), last); why.ok()) {
    Require(why->chain.back().id() == last);
    for (size_t i = 1; i < why->chain.size(); ++i) {
      Require(why->chain[i].cause_id() == why->chain[i - 1].id());
    }
  }
  const auto same = CompareTraces(file.path(), file.path());
  Require(!same.ok() || same->same());
  reader = TraceReader::Open(file.path());
  NoTables tables;
  if (reader.ok()) ExportTables(**reader, tables).IgnoreError();
  reader = TraceReader::Open(file.path());
  if (reader.ok()) ExportPerfetto(**reader, "/dev/null").IgnoreError();
}

void Try(const std::string& bytes) {
  Use(bytes);
  if (!IsWhole(bytes)) return;
  // A place that depends on all of the input.
  const uint32_t at = Crc32c(bytes);
  Require(!IsWhole(std::string_view(bytes).substr(0, at % bytes.size())));
  std::string flipped = bytes;
  flipped[at / 8 % bytes.size()] ^= static_cast<char>(1 << at % 8);
  Require(!IsWhole(flipped));
}

}  // namespace
}  // namespace oneup::trace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  google::protobuf::SetLogHandler(nullptr);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace oneup::trace;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  Try(bytes);
  const std::string mended = IsCompressed(bytes) ? WithGuard(bytes) : Mended(bytes);
  Try(mended);
  const MemoryFile a(bytes);
  const MemoryFile b(mended);
  const auto difference = CompareTraces(a.path(), b.path());
  if (!difference.ok()) RequireOneLine(difference.status());
  return 0;
}
