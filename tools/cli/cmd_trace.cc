// `oneup trace`: finds the verb; `info` and `verify`.
#include <algorithm>
#include <cstdint>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "sims/report/json.h"
#include "sims/scenario/describe.h"
#include "sims/scenario/suggest.h"
#include "sims/trace/reader.h"
#include "sims/trace/table.h"
#include "sims/trace/text.h"
#include "tools/cli/commands.h"
#include "tools/cli/options.h"
#include "tools/cli/trace_commands.h"

namespace oneup::cli {
namespace {

namespace po = boost::program_options;

struct Verb {
  const char* name;
  const char* usage;
  const char* summary;
  int (*run)(const std::vector<std::string>& args);
};

constexpr Verb kVerbs[] = {
    {"info", "info FILE", "what the trace is of, and how much there is", TraceInfo},
    {"verify", "verify FILE...", "check every byte; exit status 1 if one is wrong", TraceVerify},
    {"cat", "cat FILE", "its records, one a line, as text or JSON; with filters", TraceCat},
    {"why", "why FILE ID", "what led to a record", TraceWhy},
    {"diff", "diff A B", "where two traces part and why; exit status 1 if they do", TraceDiff},
    {"export", "export FILE", "as CSV, SQLite or for Perfetto", TraceExport},
};

void PrintHelp(std::ostream& out) {
  out << "usage: oneup trace VERB FILE [OPTIONS]\n\n"
         "Reads the traces that `oneup replay --trace FILE` writes, plain or compressed "
         "(zstd):\n\n";
  for (const Verb& verb : kVerbs) {
    const std::string usage = verb.usage;
    out << "  " << usage << std::string(16 - usage.size(), ' ') << verb.summary << "\n";
  }
  out << "\n`oneup trace VERB --help` explains a verb and its options. FILE may be - for standard\n"
         "input, except for why and diff. Whatever reads a trace checks all of what it reads and\n"
         "names the first byte that is wrong.\n\n"
         "  oneup replay --resolution low --trace run.binpb\n"
         "  oneup trace cat run.binpb --kind news --listing ORCL\n"
         "  oneup trace why run.binpb 42\n"
         "  oneup trace export run.binpb --format sqlite --out run.db\n\n"
         "docs/trace-format.md describes the format and how to read it without this program.\n\n"
         "exit status: 0 done, 1 the traces differ or one is damaged (diff, verify), 64 wrong\n"
         "usage, 65 the file is damaged or no trace, 66 it is missing, 73 and 74 the output\n"
         "cannot be written\n";
}

int Run(const std::vector<std::string>& args) {
  if (args.empty()) {
    return Fail(kTraceName, "say what to do: info, verify, cat, why, diff or export", kUsage);
  }
  const std::string& name = args.front();
  if (name == "--help" || name == "-h") {
    PrintHelp(std::cout);
    return kOk;
  }
  std::vector<std::string> names;
  for (const Verb& verb : kVerbs) {
    if (name == verb.name) return verb.run({args.begin() + 1, args.end()});
    names.emplace_back(verb.name);
  }
  return Fail(kTraceName,
              absl::StrCat("no verb '", name, "'", sims::DidYouMean(name, names),
                           "; `oneup trace --help` lists them"),
              kUsage);
}

// Reads to the end, so that all is checked.
absl::Status ReadToEnd(trace::TraceReader& reader, v1::Record* first, v1::Record* last) {
  for (bool begun = false;; begun = true) {
    const absl::StatusOr<const v1::Record*> record = reader.Next();
    if (!record.ok()) return record.status();
    if (*record == nullptr) return absl::OkStatus();
    if (!begun) *first = **record;
    last->set_time_ns((*record)->time_ns());
  }
}

std::string HexDigest(const v1::Footer& footer) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  for (const char byte : footer.digest()) {
    hex += kDigits[static_cast<uint8_t>(byte) >> 4];
    hex += kDigits[static_cast<uint8_t>(byte) & 15];
  }
  return hex;
}

void PrintInfoText(const trace::TraceReader& reader, const v1::Record& first,
                   const v1::Record& last) {
  const v1::Header& header = reader.header();
  const v1::Footer& footer = reader.footer();
  const auto line = [](const char* name, const auto&... words) {
    std::cout << absl::StrFormat("%-10s", name) << trace::OneLine(absl::StrCat(words...)) << "\n";
  };
  line("format", header.format(), ", version ", header.format_version(), ", by oneup ",
       header.program_version());
  line("scenario", header.scenario_name(), ", sha256 ", header.scenario_sha256());
  line("seed", header.seed());
  line("detail", sims::EnumWords(header.detail()));
  for (const v1::Setting& setting : header.settings()) {
    line("setting", setting.name(), " ", setting.value());
  }
  std::vector<std::string> tickers;
  for (const v1::TracedListing& listing : header.listings()) tickers.push_back(listing.ticker());
  line("listings", absl::StrJoin(tickers, " "));
  if (footer.record_count() > 0) {
    line("time", trace::TimeText(first.time_ns()), " to ", trace::TimeText(last.time_ns()));
  }
  line("digest", HexDigest(footer));
  line("size", reader.size(), " bytes (not compressed), ", footer.index_size(),
       footer.index_size() == 1 ? " block" : " blocks");
  line("records", footer.record_count());
  for (const v1::KindCount& kind : footer.kinds()) {
    std::cout << absl::StrFormat("  %-16s %d\n", trace::OneLine(kind.name()), kind.count());
  }
}

void PrintInfoJson(const trace::TraceReader& reader, const v1::Record& first,
                   const v1::Record& last) {
  const v1::Header& header = reader.header();
  const v1::Footer& footer = reader.footer();
  sims::JsonWriter json(2);
  json.Object().Key("format").Value(header.format());
  json.Key("format_version").Value(header.format_version());
  json.Key("program_version").Value(header.program_version());
  json.Key("scenario").Value(header.scenario_name());
  json.Key("scenario_sha256").Value(header.scenario_sha256());
  json.Key("scenario_files").Array();
  for (const v1::SourceFile& file : header.scenario_files()) json.Value(file.name());
  json.EndArray();
  json.Key("seed").Value(header.seed());
  json.Key("detail").Value(v1::Detail_Name(header.detail()));
  json.Key("settings").Object();
  for (const v1::Setting& setting : header.settings()) {
    json.Key(setting.name()).Value(setting.value());
  }
  json.EndObject().Key("listings").Array();
  for (const v1::TracedListing& listing : header.listings()) {
    json.Object().Key("ticker").Value(listing.ticker()).Key("name").Value(listing.name());
    json.Key("currency").Value(listing.currency());
    json.Key("tick_micros").Value(listing.tick_micros()).EndObject();
  }
  json.EndArray();
  if (footer.record_count() > 0) {
    json.Key("first_time").Value(trace::TimeText(first.time_ns()));
    json.Key("last_time").Value(trace::TimeText(last.time_ns()));
  }
  json.Key("digest").Value(HexDigest(footer)).Key("size").Value(reader.size());
  json.Key("records").Value(footer.record_count()).Key("kinds").Object();
  for (const v1::KindCount& kind : footer.kinds()) json.Key(kind.name()).Value(kind.count());
  json.EndObject().EndObject();
  std::cout << json.text() << "\n";
}

}  // namespace

int FailToRead(const absl::Status& status) {
  int code = kNoInput;
  switch (status.code()) {
    case absl::StatusCode::kDataLoss:
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kUnimplemented:
      code = kBadInput;
      break;
    default:
      break;
  }
  return Fail(kTraceName, std::string(status.message()), code);
}

int FailToWrite(const absl::Status& status) {
  return Fail(kTraceName, std::string(status.message()), kCantCreate);
}

int Missing(const char* verb, const char* what) {
  return Fail(kTraceName,
              absl::StrCat(verb, " needs ", what, "; `oneup trace ", verb, " --help` explains"),
              kUsage);
}

int NotAllowed(const std::string& option, const std::string& value, const std::string& allowed) {
  return Fail(kTraceName, absl::StrCat(option, " '", value, "': allowed are ", allowed), kUsage);
}

int TraceInfo(const std::vector<std::string>& args) {
  std::string file;
  std::string format = "text";
  OptionParser parser("trace info FILE [--format F]",
                      "Says what a trace is of: scenario, seed, settings, listings; and how many\n"
                      "records of each kind it has. Reads and checks all of it.");
  parser.AddPositional("file", &file);
  parser.Add()("format", po::value(&format)->value_name("F"), "text or json");
  if (const std::optional<int> code = parser.Parse(args)) return *code;
  if (file.empty()) return Missing("info", "a file");
  if (format != "text" && format != "json") return NotAllowed("--format", format, "text, json");
  const auto reader = trace::TraceReader::Open(file);
  if (!reader.ok()) return FailToRead(reader.status());
  v1::Record first;
  v1::Record last;
  if (absl::Status status = ReadToEnd(**reader, &first, &last); !status.ok()) {
    return FailToRead(status);
  }
  (format == "json" ? PrintInfoJson : PrintInfoText)(**reader, first, last);
  return kOk;
}

int TraceVerify(const std::vector<std::string>& args) {
  std::vector<std::string> files;
  OptionParser parser(
      "trace verify FILE...",
      "Checks every byte of each trace: framing, checksums, the order of records,\n"
      "and the counts, index and digest of the footer. The first damage of each is\n"
      "named on standard error: file, byte, record, what is there and what was\n"
      "expected.\n\n"
      "exit status: 0 all are whole, 1 one is damaged or no trace, 66 one is missing");
  parser.AddPositionals("file", &files);
  if (const std::optional<int> code = parser.Parse(args)) return *code;
  if (files.empty() || std::find(files.begin(), files.end(), "") != files.end()) {
    return Missing("verify", "a file");
  }
  int exit_code = kOk;
  for (const std::string& file : files) {
    auto reader = trace::TraceReader::Open(file);
    v1::Record first;
    v1::Record last;
    const absl::Status status = reader.ok() ? ReadToEnd(**reader, &first, &last) : reader.status();
    if (status.ok()) {
      std::cout << file << ": whole: " << (*reader)->footer().record_count() << " records, "
                << (*reader)->size() << " bytes, digest " << HexDigest((*reader)->footer()) << "\n";
    } else {
      const int code = FailToRead(status);
      exit_code = std::max<int>(exit_code, code == kBadInput ? kFailed : code);
    }
  }
  return exit_code;
}

extern const Command kTraceCommand = {
    kTraceName, "check, read, explain, compare and export the traces of runs", Run};

}  // namespace oneup::cli
