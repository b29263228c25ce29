#include "sims/trace/diff.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "sims/trace/query.h"
#include "sims/trace/reader.h"
#include "sims/trace/table.h"
#include "sims/trace/text.h"

namespace oneup::trace {
namespace {

constexpr char kNone[] = "(none)";

std::string ListingText(const v1::TracedListing& listing) {
  return absl::StrCat(listing.name(), ", ", listing.currency(), ", tick ", listing.tick_micros(),
                      "e-6");
}

// What a header says, by name. Digest and format follow from the rest.
std::map<std::string, std::string> Facts(const v1::Header& header) {
  std::map<std::string, std::string> facts{
      {"program version", header.program_version()},
      {"scenario", header.scenario_name()},
      {"seed", std::to_string(header.seed())},
      {"detail", v1::Detail_Name(header.detail())},
      {"format version", std::to_string(header.format_version())},
  };
  for (const v1::Setting& setting : header.settings()) facts[setting.name()] = setting.value();
  for (const v1::TracedListing& listing : header.listings()) {
    facts["listing " + listing.ticker()] = ListingText(listing);
  }
  return facts;
}

void CompareFiles(const v1::Header& a, const v1::Header& b, std::vector<Difference>& out) {
  std::set<std::string> names;
  std::map<std::string, const v1::SourceFile*> files[2];
  for (int side = 0; side < 2; ++side) {
    for (const v1::SourceFile& file : (side == 0 ? a : b).scenario_files()) {
      names.insert(file.name());
      files[side][file.name()] = &file;
    }
  }
  for (const std::string& name : names) {
    const v1::SourceFile* left = files[0][name];
    const v1::SourceFile* right = files[1][name];
    if (left == nullptr || right == nullptr) {
      out.push_back({"scenario file " + name, left != nullptr ? "there" : kNone,
                     right != nullptr ? "there" : kNone});
      continue;
    }
    if (left->content() == right->content()) continue;
    const std::vector<absl::string_view> x = absl::StrSplit(left->content(), '\n');
    const std::vector<absl::string_view> y = absl::StrSplit(right->content(), '\n');
    size_t line = 0;
    while (line < x.size() && line < y.size() && x[line] == y[line]) ++line;
    out.push_back({absl::StrCat("scenario file ", name, ", line ", line + 1),
                   line < x.size() ? std::string(x[line]) : kNone,
                   line < y.size() ? std::string(y[line]) : kNone});
  }
}

std::vector<Difference> CompareHeaders(const v1::Header& a, const v1::Header& b) {
  std::map<std::string, std::string> left = Facts(a);
  std::map<std::string, std::string> right = Facts(b);
  for (const auto& [name, value] : left) right.try_emplace(name, kNone);
  for (const auto& [name, value] : right) left.try_emplace(name, kNone);
  std::vector<Difference> out;
  for (const auto& [name, value] : left) {
    if (value != right[name]) out.push_back({name, value, right[name]});
  }
  CompareFiles(a, b, out);
  // Whatever it is, headers that differ are not the same.
  if (out.empty() && a.SerializeAsString() != b.SerializeAsString()) {
    out.push_back({"schema", "one", "another"});
  }
  return out;
}

std::vector<Difference> CompareFields(const v1::Record& a, const v1::Record& b, const Side& side_a,
                                      const Side& side_b) {
  const Table* table = FindTable(KindOf(a));
  if (table == nullptr || KindOf(a) != KindOf(b)) return {};
  const std::vector<Value> left = RowOf(*table, a, Prices(side_a.header));
  const std::vector<Value> right = RowOf(*table, b, Prices(side_b.header));
  std::vector<Difference> out;
  for (size_t i = 0; i < left.size(); ++i) {
    const bool derived = table->columns[i].price || table->columns[i].name == "time";
    if (derived || left[i] == right[i]) continue;
    const auto text = [](const Value& value) {
      return std::holds_alternative<std::monostate>(value) ? kNone : ValueText(value);
    };
    out.push_back({table->name + "." + table->columns[i].name, text(left[i]), text(right[i])});
  }
  return out;
}

// One trace while both are read.
class Cursor {
 public:
  static absl::StatusOr<std::unique_ptr<Cursor>> Open(const std::string& path) {
    if (path == "-") return absl::InvalidArgumentError("standard input cannot be compared");
    auto cursor = std::make_unique<Cursor>();
    absl::StatusOr<std::unique_ptr<TraceReader>> reader = TraceReader::Open(path);
    if (!reader.ok()) return reader.status();
    cursor->reader_ = *std::move(reader);
    return cursor;
  }
  absl::Status Step() {
    const absl::StatusOr<const v1::Record*> next = reader_->Next();
    if (!next.ok()) return next.status();
    record_ = *next;
    return absl::OkStatus();
  }
  absl::Status Finish() {
    while (record_ != nullptr) {
      if (absl::Status status = Step(); !status.ok()) return status;
    }
    return absl::OkStatus();
  }
  const v1::Record* record() const { return record_; }
  std::string_view bytes() const { return reader_->bytes(); }
  const v1::Header& header() const { return reader_->header(); }

 private:
  std::unique_ptr<TraceReader> reader_;
  const v1::Record* record_ = nullptr;
};

absl::Status ExplainSide(const std::string& path, uint64_t id, Side& side) {
  if (id == 0) return absl::OkStatus();
  absl::StatusOr<Why> why = Explain(path, id);
  if (!why.ok()) return why.status();
  side.chain = std::move(why->chain);
  side.last_news = std::move(why->last_news);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<TraceDifference> CompareTraces(const std::string& a, const std::string& b) {
  absl::StatusOr<std::unique_ptr<Cursor>> left = Cursor::Open(a);
  if (!left.ok()) return left.status();
  absl::StatusOr<std::unique_ptr<Cursor>> right = Cursor::Open(b);
  if (!right.ok()) return right.status();
  Cursor& x = **left;
  Cursor& y = **right;
  TraceDifference result;
  result.a.header = x.header();
  result.b.header = y.header();
  result.header = CompareHeaders(x.header(), y.header());
  for (;;) {
    for (Cursor* cursor : {&x, &y}) {
      if (absl::Status status = cursor->Step(); !status.ok()) return status;
    }
    if (x.record() == nullptr || y.record() == nullptr || x.bytes() != y.bytes()) break;
    ++result.equal_records;
  }
  result.diverges = x.record() != nullptr || y.record() != nullptr;
  if (!result.diverges) return result;
  if (x.record() != nullptr && y.record() != nullptr) {
    result.fields = CompareFields(*x.record(), *y.record(), result.a, result.b);
  }
  // What is explained of each side once both are read.
  const uint64_t id_a = x.record() != nullptr ? x.record()->id() : 0;
  const uint64_t id_b = y.record() != nullptr ? y.record()->id() : 0;
  for (Cursor* cursor : {&x, &y}) {
    if (absl::Status status = cursor->Finish(); !status.ok()) return status;
  }
  if (absl::Status status = ExplainSide(a, id_a, result.a); !status.ok()) return status;
  if (absl::Status status = ExplainSide(b, id_b, result.b); !status.ok()) return status;
  return result;
}

}  // namespace oneup::trace
