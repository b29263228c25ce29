#include "sims/trace/query.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "sims/trace/table.h"

namespace oneup::trace {
namespace {

// The body's text field of that name; empty if it has none.
std::string TextField(const v1::Record& record, const char* name) {
  const Table* table = FindTable(KindOf(record));
  if (table == nullptr) return "";
  const google::protobuf::Message& body = record.GetReflection()->GetMessage(
      record, v1::Record::descriptor()->FindFieldByNumber(static_cast<int>(table->kind)));
  const auto* field = body.GetDescriptor()->FindFieldByName(name);
  return field != nullptr ? body.GetReflection()->GetString(body, field) : "";
}

bool ActsIn(const v1::Happening& happening, const std::set<std::string>& actors) {
  return actors.contains(happening.committed_by()) ||
         std::any_of(happening.actors().begin(), happening.actors().end(),
                     [&](const std::string& actor) { return actors.contains(actor); });
}

}  // namespace

std::string TickerOf(const v1::Record& record) { return TextField(record, "ticker"); }
std::string EventOf(const v1::Record& record) { return TextField(record, "event_id"); }

bool FilteredRecords::Takes(const v1::Record& record) {
  const Filter& f = filter_;
  // Before anything else, so that what comes later of an early event is found.
  if (!f.actors.empty() && record.has_happening() && ActsIn(record.happening(), f.actors)) {
    events_of_actors_.insert(record.happening().event_id());
  }
  if (record.time_ns() < f.from_ns || record.time_ns() > f.until_ns) return false;
  if (!f.kinds.empty() && !f.kinds.contains(KindOf(record))) return false;
  if (!f.listings.empty() && !f.listings.contains(TickerOf(record))) return false;
  if (!f.actors.empty() && !events_of_actors_.contains(EventOf(record))) return false;
  return f.events.empty() || f.events.contains(EventOf(record));
}

absl::StatusOr<Why> Explain(const std::string& path, uint64_t id) {
  if (path == "-") {
    return absl::InvalidArgumentError("a chain of causes cannot be found in standard input");
  }
  absl::StatusOr<std::unique_ptr<TraceReader>> reader = TraceReader::Open(path);
  if (!reader.ok()) return reader.status();
  std::vector<uint64_t> causes;  // of record i + 1
  while (causes.size() < id) {
    const absl::StatusOr<const v1::Record*> record = (*reader)->Next();
    if (!record.ok()) return record.status();
    if (*record == nullptr) break;
    causes.push_back((*record)->cause_id());
  }
  if (id == 0 || id > causes.size()) {
    return absl::NotFoundError(
        absl::StrCat(path, ": has no record ", id, "; its records are 1 to ", causes.size()));
  }
  std::set<uint64_t> wanted;
  // A cause is earlier than what it caused (the reader has checked it), so this ends.
  for (uint64_t at = id; at > 0; at = causes[at - 1]) wanted.insert(at);

  reader = TraceReader::Open(path);
  if (!reader.ok()) return reader.status();
  Why why;
  why.header = (*reader)->header();
  for (;;) {
    const absl::StatusOr<const v1::Record*> record = (*reader)->Next();
    if (!record.ok()) return record.status();
    if (*record == nullptr) break;
    if (wanted.contains((*record)->id())) why.chain.push_back(**record);
    if ((*record)->cause_id() == id) ++why.effects[KindOf(**record)];
  }
  return why;
}

}  // namespace oneup::trace
