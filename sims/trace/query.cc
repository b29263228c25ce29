#include "sims/trace/query.h"

#include <algorithm>
#include <memory>

#include "absl/strings/str_cat.h"
#include "sims/scenario/suggest.h"
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
  if (record.has_happening()) {
    const v1::Happening& happening = record.happening();
    if (ActsIn(happening, f.actors)) events_of_actors_.insert(happening.event_id());
    events_seen_.insert(happening.event_id());
    actors_seen_.insert(happening.actors().begin(), happening.actors().end());
    actors_seen_.insert(happening.committed_by());
  }
  if (record.time_ns() < f.from_ns || record.time_ns() > f.until_ns) return false;
  if (!f.kinds.empty() && !f.kinds.contains(KindOf(record))) return false;
  if (!f.listings.empty() && !f.listings.contains(TickerOf(record))) return false;
  if (!f.actors.empty() && !events_of_actors_.contains(EventOf(record))) return false;
  return f.events.empty() || f.events.contains(EventOf(record));
}

std::vector<std::string> FilteredRecords::NamesNotSeen() const {
  std::vector<std::string> lines;
  const auto add = [&](const char* what, const std::set<std::string>& asked,
                       const std::set<std::string>& seen) {
    const std::vector<std::string> names(seen.begin(), seen.end());
    for (const std::string& name : asked) {
      if (seen.contains(name)) continue;
      lines.push_back(
          absl::StrCat("no ", what, " '", name, "' in this trace", sims::DidYouMean(name, names)));
    }
  };
  add("actor", filter_.actors, actors_seen_);
  add("event", filter_.events, events_seen_);
  return lines;
}

namespace {

// What the first reading finds: enough to know which records the second has to keep.
struct Found {
  std::vector<uint64_t> causes;  // of record i + 1
  uint64_t last_news = 0;        // before the record, of its listing; 0 for none
};

absl::StatusOr<Found> FindCauses(const std::string& path, uint64_t id) {
  absl::StatusOr<std::unique_ptr<TraceReader>> reader = TraceReader::Open(path);
  if (!reader.ok()) return reader.status();
  Found found;
  std::map<std::string, uint64_t> news;  // the last one of each listing
  while (found.causes.size() < id) {
    const absl::StatusOr<const v1::Record*> next = (*reader)->Next();
    if (!next.ok()) return next.status();
    if (*next == nullptr) break;
    const v1::Record& record = **next;
    found.causes.push_back(record.cause_id());
    if (record.id() == id) {
      const std::string ticker = TickerOf(record);
      const auto it = news.find(ticker);
      if (!ticker.empty() && it != news.end()) found.last_news = it->second;
    }
    if (record.has_news()) news[record.news().ticker()] = record.id();
  }
  if (id > 0 && id <= found.causes.size()) return found;
  return absl::NotFoundError(
      absl::StrCat(path, ": has no record ", id, "; its records are ",
                   id == 0 ? "counted from 1" : absl::StrCat("1 to ", found.causes.size())));
}

// A record and what led to it. A cause is earlier than what it caused (the reader has
// checked it), so this ends.
std::set<uint64_t> ChainOf(uint64_t id, const std::vector<uint64_t>& causes) {
  std::set<uint64_t> chain;
  for (uint64_t at = id; at > 0; at = causes[at - 1]) chain.insert(at);
  return chain;
}

}  // namespace

absl::StatusOr<Why> Explain(const std::string& path, uint64_t id) {
  if (path == "-") {
    return absl::InvalidArgumentError("a chain of causes cannot be found in standard input");
  }
  const absl::StatusOr<Found> found = FindCauses(path, id);
  if (!found.ok()) return found.status();
  const std::set<uint64_t> chain = ChainOf(id, found->causes);
  std::set<uint64_t> last_news;
  if (chain.size() == 1) last_news = ChainOf(found->last_news, found->causes);

  absl::StatusOr<std::unique_ptr<TraceReader>> reader = TraceReader::Open(path);
  if (!reader.ok()) return reader.status();
  Why why;
  why.header = (*reader)->header();
  for (;;) {
    const absl::StatusOr<const v1::Record*> record = (*reader)->Next();
    if (!record.ok()) return record.status();
    if (*record == nullptr) break;
    if (chain.contains((*record)->id())) why.chain.push_back(**record);
    if (last_news.contains((*record)->id())) why.last_news.push_back(**record);
    if ((*record)->cause_id() == id) ++why.effects[KindOf(**record)];
  }
  return why;
}

}  // namespace oneup::trace
