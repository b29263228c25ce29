// Questions to a trace: which records, and why one of them came about.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "oneup/v1/trace.pb.h"
#include "sims/trace/reader.h"

namespace oneup::trace {

// What is empty lets everything through; what is not must all hold.
struct Filter {
  int64_t from_ns = std::numeric_limits<int64_t>::min();
  int64_t until_ns = std::numeric_limits<int64_t>::max();  // included
  std::set<uint32_t> kinds;                                // field numbers in Record.body
  std::set<std::string> listings;                          // tickers
  // Happenings of these actors (those who act or commit themselves), and what is recorded
  // about these happenings' events.
  std::set<std::string> actors;
  // Happenings of these events, and what is recorded about them.
  std::set<std::string> events;
};

// Applies a filter to records in their order.
class FilteredRecords {
 public:
  explicit FilteredRecords(Filter filter) : filter_(std::move(filter)) {}
  bool Takes(const v1::Record& record);
  // Which actors and events the filter asks for and no record so far has named: one line for
  // each, with the name that may have been meant.
  std::vector<std::string> NamesNotSeen() const;

 private:
  Filter filter_;
  std::set<std::string> events_of_actors_;
  std::set<std::string> actors_seen_;
  std::set<std::string> events_seen_;
};

// The fields by which records are found; empty where the record has none.
std::string TickerOf(const v1::Record& record);
std::string EventOf(const v1::Record& record);

// How a record came about.
struct Why {
  v1::Header header;
  // What caused what caused it, ..., what caused it, itself.
  std::vector<v1::Record> chain;
  // Where that chain is the record alone: the last news that had reached its listing before
  // it, with its causes. What the record may have come from, not what is recorded as its cause.
  std::vector<v1::Record> last_news;
  // How many records of each kind name it as their cause.
  std::map<uint32_t, uint64_t> effects;
};

// Reads the file twice, so it cannot be standard input. Needs 8 bytes for each record
// before `id`. Errors: those of reading; NotFound for an id that the trace does not have.
absl::StatusOr<Why> Explain(const std::string& path, uint64_t id);

}  // namespace oneup::trace
