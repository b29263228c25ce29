// `oneup trace why` and `oneup trace diff`: chains of causes.
#include <iostream>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "sims/report/json.h"
#include "sims/trace/diff.h"
#include "sims/trace/query.h"
#include "sims/trace/text.h"
#include "tools/cli/command.h"
#include "tools/cli/options.h"
#include "tools/cli/trace_commands.h"

namespace oneup::cli {
namespace {

namespace po = boost::program_options;

constexpr char kWhyText[] =
    "Prints what led to a record: the first cause first, each line caused by the one above,\n"
    "the record itself last; then how many records it led to in turn. Where nothing is recorded\n"
    "as its cause, also the last news that had reached its listing. ID is the number that\n"
    "`oneup trace cat` prints first.\n\n"
    "  oneup trace cat run.binpb --kind reaction --listing ORCL\n"
    "  oneup trace why run.binpb 42\n"
    "  oneup trace why run.binpb 42 --format json     JSON lines, as of cat";

constexpr char kDiffText[] =
    "Compares two traces record by record. Says what their headers disagree on (scenario,\n"
    "seed, settings), how many records are equal, which record is the first that is not,\n"
    "in which fields, and what had led to it in each trace; where nothing is recorded as its\n"
    "cause, the last news that had reached its listing.\n\n"
    "  oneup replay --seed 1 --resolution low --trace a.binpb\n"
    "  oneup replay --seed 2 --resolution low --trace b.binpb\n"
    "  oneup trace diff a.binpb b.binpb\n\n"
    "exit status: 0 the same, 1 different, 65 one is damaged, 66 one is missing";

void PrintChain(const std::vector<v1::Record>& chain, const v1::Header& header) {
  const trace::Prices prices(header);
  for (const v1::Record& record : chain) {
    std::cout << "  " << trace::TextLine(record, prices) << "\n";
  }
}

void PrintSide(const std::string& file, const trace::Side& side) {
  std::cout << "\n" << file << "\n";
  if (side.chain.empty()) {
    std::cout << "  (ends here)\n";
    return;
  }
  PrintChain(side.chain, side.header);
  if (side.last_news.empty()) return;
  std::cout << "  the last news before it:\n";
  PrintChain(side.last_news, side.header);
}

void PrintDifferences(const std::vector<trace::Difference>& differences) {
  for (const trace::Difference& d : differences) {
    std::cout << "  " << trace::OneLine(absl::StrCat(d.what, ": ", d.a, " | ", d.b)) << "\n";
  }
}

void PrintDiffText(const trace::TraceDifference& diff, const std::string& a, const std::string& b) {
  if (diff.same()) {
    std::cout << "the same: " << diff.equal_records << " records\n";
    return;
  }
  if (!diff.header.empty()) {
    std::cout << "headers differ: " << a << " | " << b << "\n";
    PrintDifferences(diff.header);
  }
  if (!diff.diverges) {
    std::cout << "all " << diff.equal_records << " records are the same\n";
    return;
  }
  std::cout << diff.equal_records << " records are the same; record " << diff.equal_records + 1
            << " is the first that differs\n";
  PrintDifferences(diff.fields);
  PrintSide(a, diff.a);
  PrintSide(b, diff.b);
}

void WriteDifferences(sims::JsonWriter& json, const std::vector<trace::Difference>& differences) {
  json.Array();
  for (const trace::Difference& d : differences) {
    json.Object().Key("what").Value(d.what).Key("a").Value(d.a).Key("b").Value(d.b).EndObject();
  }
  json.EndArray();
}

void WriteChain(sims::JsonWriter& json, const std::vector<v1::Record>& chain) {
  json.Array();
  for (const v1::Record& record : chain) trace::WriteJson(record, json);
  json.EndArray();
}

void PrintDiffJson(const trace::TraceDifference& diff) {
  sims::JsonWriter json(2);
  json.Object().Key("same").Value(diff.same()).Key("equal_records").Value(diff.equal_records);
  json.Key("header");
  WriteDifferences(json, diff.header);
  json.Key("fields");
  WriteDifferences(json, diff.fields);
  for (const auto& [name, side] : {std::pair{"a", &diff.a}, std::pair{"b", &diff.b}}) {
    json.Key(name).Object().Key("chain");
    WriteChain(json, side->chain);
    json.Key("last_news");
    WriteChain(json, side->last_news);
    json.EndObject();
  }
  json.EndObject();
  std::cout << json.text() << "\n";
}

}  // namespace

int TraceWhy(const std::vector<std::string>& args) {
  std::string file;
  std::string id_text;
  std::string format = "text";
  OptionParser parser("trace why FILE ID [--format F]", kWhyText);
  parser.AddPositional("file", &file);
  parser.AddPositional("id", &id_text);
  parser.Add()("format", po::value(&format)->value_name("F"), "text or json");
  if (const std::optional<int> code = parser.Parse(args)) return *code;
  if (id_text.empty()) return Missing("why", "a file and the id of a record");
  if (format != "text" && format != "json") return NotAllowed("--format", format, "text, json");
  uint64_t id = 0;
  if (!absl::SimpleAtoi(id_text, &id) || id == 0) {
    return NotAllowed("ID", id_text, "the numbers of records: 1, 2, 3, ...");
  }
  const absl::StatusOr<trace::Why> why = trace::Explain(file, id);
  if (!why.ok()) {
    // The file is there; the record is what was not found.
    const bool no_record = why.status().code() == absl::StatusCode::kNotFound &&
                           why.status().message().find("has no record") != std::string::npos;
    return no_record ? Fail(kTraceName, std::string(why.status().message()), kFailed)
                     : FailToRead(why.status());
  }
  if (format == "json") {
    for (const v1::Record& record : why->chain) std::cout << trace::JsonLine(record) << "\n";
    return kOk;
  }
  PrintChain(why->chain, why->header);
  if (why->chain.size() == 1) {
    std::cout << "nothing is recorded as its cause"
              << (why->last_news.empty() ? "" : "; the last news before it:") << "\n";
    PrintChain(why->last_news, why->header);
  }
  const char* separator = "it led to ";
  for (const auto& [kind, count] : why->effects) {
    const trace::Table* table = trace::FindTable(kind);
    std::cout << separator << count << " " << (table != nullptr ? table->name : "unknown");
    separator = ", ";
  }
  if (!why->effects.empty()) std::cout << "\n";
  return kOk;
}

int TraceDiff(const std::vector<std::string>& args) {
  std::string a;
  std::string b;
  std::string format = "text";
  OptionParser parser("trace diff A B [--format F]", kDiffText);
  parser.AddPositional("a", &a);
  parser.AddPositional("b", &b);
  parser.Add()("format", po::value(&format)->value_name("F"), "text or json");
  if (const std::optional<int> code = parser.Parse(args)) return *code;
  if (b.empty()) return Missing("diff", "two files");
  if (format != "text" && format != "json") return NotAllowed("--format", format, "text, json");
  const absl::StatusOr<trace::TraceDifference> diff = trace::CompareTraces(a, b);
  if (!diff.ok()) return FailToRead(diff.status());
  if (format == "json") {
    PrintDiffJson(*diff);
  } else {
    PrintDiffText(*diff, a, b);
  }
  return diff->same() ? kOk : kFailed;
}

}  // namespace oneup::cli
