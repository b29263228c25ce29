// `oneup trace export`: a trace in the formats of other programs.
#include <iostream>
#include <string>
#include <vector>

#include "sims/trace/export.h"
#include "tools/cli/command.h"
#include "tools/cli/options.h"
#include "tools/cli/trace_commands.h"

namespace oneup::cli {
namespace {

namespace po = boost::program_options;

constexpr char kText[] =
    "Writes a trace in another format. OUT appears only when all of the trace was read and\n"
    "found right.\n\n"
    "  csv       a new folder OUT with a file for each kind of record: bar.csv, news.csv, ...,\n"
    "            and trace.csv and listings.csv; for pandas, R, DuckDB and spreadsheets\n"
    "  sqlite    a database with the same tables\n"
    "  perfetto  JSON for https://ui.perfetto.dev: prices as counters, news, closes and fills\n"
    "            as instants, a group of tracks a listing\n\n"
    "Columns: id, time (ISO 8601, UTC), time_ns, cause_id (the id of the record that caused it,\n"
    "in whichever table), then the fields of docs/trace-format.md; prices in ticks\n"
    "(close_ticks) and in the listing's currency (close).\n\n"
    "  oneup trace export run.binpb --format csv --out run\n"
    "  oneup trace export run.binpb --format sqlite --out run.db\n"
    "  sqlite3 run.db 'SELECT time, ticker, close FROM bar LIMIT 5'";

}  // namespace

int TraceExport(const std::vector<std::string>& args) {
  std::string file;
  std::string format;
  std::string out;
  OptionParser parser("trace export FILE --format F --out OUT", kText);
  parser.AddPositional("file", &file);
  parser.Add()("format", po::value(&format)->value_name("F"), "csv, sqlite or perfetto")(
      "out", po::value(&out)->value_name("OUT"), "the folder (csv) or file to write");
  if (const std::optional<int> code = parser.Parse(args)) return *code;
  if (file.empty()) return Missing("export", "a file");
  if (format.empty()) return Missing("export", "--format: csv, sqlite or perfetto");
  if (format != "csv" && format != "sqlite" && format != "perfetto") {
    return NotAllowed("--format", format, "csv, sqlite, perfetto");
  }
  if (out.empty()) return Missing("export", "--out");
  if (out == "-" && format != "perfetto") {
    return NotAllowed("--out", out, "names of files; only perfetto can go to standard output");
  }
  auto reader = trace::TraceReader::Open(file);
  if (!reader.ok()) return FailToRead(reader.status());
  absl::Status status;
  if (format == "perfetto") {
    status = trace::ExportPerfetto(**reader, out);
  } else {
    auto sink = format == "csv" ? trace::OpenCsvFolder(out) : trace::OpenSqliteFile(out);
    if (!sink.ok()) return FailToWrite(sink.status());
    status = trace::ExportTables(**reader, **sink);
  }
  if (status.ok()) {
    std::cerr << (*reader)->footer().record_count() << " records written to " << out << "\n";
    return kOk;
  }
  return status.code() == absl::StatusCode::kDataLoss ? FailToRead(status) : FailToWrite(status);
}

}  // namespace oneup::cli
