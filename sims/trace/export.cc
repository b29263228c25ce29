#include "sims/trace/export.h"

namespace oneup::trace {
namespace {

std::vector<Column> TextColumns(std::initializer_list<const char*> names) {
  std::vector<Column> columns;
  for (const char* name : names) columns.push_back({name, ColumnType::kText, {}, false});
  return columns;
}

absl::Status AddHeader(const v1::Header& header, TableSink& sink) {
  constexpr size_t kTrace = 0;
  constexpr size_t kListings = 1;
  std::vector<Column> listing = TextColumns({"ticker", "name", "currency"});
  listing.push_back({"tick_micros", ColumnType::kInteger, {}, false});
  absl::Status status = sink.AddTable("trace", TextColumns({"name", "value"}));
  status.Update(sink.AddTable("listings", listing));
  const auto fact = [&](const std::string& name, const std::string& value) {
    if (status.ok()) status = sink.AddRow(kTrace, {name, value});
  };
  fact("format", header.format());
  fact("format_version", std::to_string(header.format_version()));
  fact("program_version", header.program_version());
  fact("scenario_name", header.scenario_name());
  fact("scenario_sha256", header.scenario_sha256());
  fact("seed", std::to_string(header.seed()));
  fact("detail", v1::Detail_Name(header.detail()));
  for (const v1::Setting& setting : header.settings()) {
    fact("setting " + setting.name(), setting.value());
  }
  for (const v1::TracedListing& traced : header.listings()) {
    if (!status.ok()) break;
    status = sink.AddRow(kListings, {traced.ticker(), traced.name(), traced.currency(),
                                     static_cast<int64_t>(traced.tick_micros())});
  }
  return status;
}

}  // namespace

absl::Status ExportTables(TraceReader& reader, TableSink& sink) {
  absl::Status status = AddHeader(reader.header(), sink);
  std::vector<size_t> number(kMaxKind);
  size_t next = 2;
  for (const Table& table : Tables()) {
    if (!status.ok()) return status;
    status = sink.AddTable(table.name, table.columns);
    number[table.kind] = next++;
  }
  const Prices prices(reader.header());
  while (status.ok()) {
    const absl::StatusOr<const v1::Record*> record = reader.Next();
    if (!record.ok()) return record.status();
    if (*record == nullptr) return sink.Close();
    const Table* table = FindTable(KindOf(**record));
    if (table != nullptr) {
      status = sink.AddRow(number[table->kind], RowOf(*table, **record, prices));
    }
  }
  return status;
}

}  // namespace oneup::trace
