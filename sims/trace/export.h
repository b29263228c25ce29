// A trace in the formats of other programs. All of it is read and checked first to last;
// the output gets its name only when it is whole.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "sims/trace/reader.h"
#include "sims/trace/table.h"

namespace oneup::trace {

// Takes tables row by row; rows of several tables may alternate. Destroyed before a
// successful Close it leaves nothing behind.
class TableSink {
 public:
  TableSink() = default;
  TableSink(const TableSink&) = delete;
  TableSink& operator=(const TableSink&) = delete;
  virtual ~TableSink() = default;

  // Tables are numbered 0, 1, 2, ...; the first column of each is its key.
  virtual absl::Status AddTable(std::string_view name, const std::vector<Column>& columns) = 0;
  // As many values as the table has columns.
  virtual absl::Status AddRow(size_t table, const std::vector<Value>& row) = 0;
  virtual absl::Status Close() = 0;
};

// A folder with a file <table>.csv for each table (RFC 4180, with a line of names). The
// folder is made; AlreadyExists if it is there and not empty.
absl::StatusOr<std::unique_ptr<TableSink>> OpenCsvFolder(const std::string& path);

// An SQLite 3 database, replaced as a whole if it exists.
absl::StatusOr<std::unique_ptr<TableSink>> OpenSqliteFile(const std::string& path);

// What the whole reader still holds, as tables: "trace" (name, value: what the header
// says), "listings", and each of Tables(), empty ones too. Records of kinds that this
// program does not know are left out. Closes the sink.
absl::Status ExportTables(TraceReader& reader, TableSink& sink);

// The same as a trace for Perfetto (ui.perfetto.dev, chrome://tracing): JSON, Trace Event
// Format. A process for the story, one for each listing; prices, attention, beliefs and
// flows as counters, happenings, news, auctions, halts and fills as instants, bars as slices
// where their beginning is known (the opening auction is recorded) and else as instants.
// Times are the simulation's, in UTC.
absl::Status ExportPerfetto(TraceReader& reader, const std::string& path);

}  // namespace oneup::trace
