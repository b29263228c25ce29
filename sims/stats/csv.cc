#include "sims/stats/csv.h"

#include <absl/strings/match.h>
#include <absl/strings/str_cat.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <memory>
#include <utility>

#include "market/kernel/math.h"

namespace oneup::sims {
namespace {

constexpr size_t kMaxBytes = size_t{1} << 30;
constexpr size_t kMaxProblems = 10;

// Collects problems, to report them together.
class Problems {
 public:
  void Add(std::string text) {
    if (texts_.size() < kMaxProblems) texts_.push_back(std::move(text));
    ++count_;
  }
  bool empty() const { return count_ == 0; }
  absl::Status status() const {
    std::string all;
    for (const std::string& text : texts_) absl::StrAppend(&all, all.empty() ? "" : "\n", text);
    if (count_ > texts_.size()) {
      absl::StrAppend(&all, "\nand ", count_ - texts_.size(), " more of the kind");
    }
    return absl::InvalidArgumentError(all);
  }

 private:
  std::vector<std::string> texts_;
  size_t count_ = 0;
};

bool IsBlank(char c) { return c == ' ' || c == '\t'; }

std::string Trimmed(std::string_view text) {
  while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  return std::string(text);
}

// Reads one row after another.
class Reader {
 public:
  Reader(std::string_view text, const std::string& name, Problems& problems)
      : text_(text), name_(name), problems_(problems) {
    if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
  }

  // False at the end of the text or at an error after which nothing can be read.
  bool Next(CsvRow& row) {
    SkipEmptyLines();
    if (at_ == text_.size()) return false;
    row = {line_, {}};
    while (true) {
      if (!Field(row)) return false;
      if (at_ == text_.size()) return true;
      const char c = text_[at_++];
      if (c == ',') continue;
      if (c == '\r' && at_ < text_.size() && text_[at_] == '\n') ++at_;
      ++line_;
      return true;
    }
  }

 private:
  void SkipEmptyLines() {
    while (at_ < text_.size()) {
      size_t end = at_;
      while (end < text_.size() && IsBlank(text_[end])) ++end;
      if (end < text_.size() && text_[end] != '\n' && text_[end] != '\r') return;
      at_ = std::min(end + 1, text_.size());
      if (end + 1 < text_.size() && text_[end] == '\r' && text_[end + 1] == '\n') ++at_;
      ++line_;
    }
  }

  bool Field(CsvRow& row) {
    size_t begin = at_;
    while (begin < text_.size() && IsBlank(text_[begin])) ++begin;
    if (begin < text_.size() && text_[begin] == '"') {
      at_ = begin + 1;
      return QuotedField(row);
    }
    const size_t end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
    row.fields.push_back(Trimmed(text_.substr(at_, end - at_)));
    at_ = end;
    return true;
  }

  bool QuotedField(CsvRow& row) {
    const int opened = line_;
    std::string value;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '\n') ++line_;
      if (c != '"') {
        value.push_back(c);
      } else if (at_ < text_.size() && text_[at_] == '"') {
        value.push_back('"');
        ++at_;
      } else {
        row.fields.push_back(std::move(value));
        while (at_ < text_.size() && IsBlank(text_[at_])) ++at_;
        if (at_ == text_.size() || std::strchr(",\r\n", text_[at_]) != nullptr) return true;
        problems_.Add(absl::StrCat(
            name_, ":", line_, ": text after a closing quote: ", Quoted(text_.substr(at_, 20))));
        return false;
      }
    }
    problems_.Add(absl::StrCat(name_, ":", opened, ": a quoted field is not closed"));
    return false;
  }

  std::string_view text_;
  const std::string& name_;
  Problems& problems_;
  size_t at_ = 0;
  int line_ = 1;
};

}  // namespace

std::string Quoted(std::string_view value) {
  constexpr size_t kShown = 40;
  std::string shown = "'";
  for (const char c : value.substr(0, kShown)) {
    shown.push_back(static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? '?' : c);
  }
  return shown + (value.size() > kShown ? "...'" : "'");
}

double ParseDecimal(std::string_view text) {
  if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
  double value = math::kNaN;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && std::isfinite(value) ? value : math::kNaN;
}

absl::StatusOr<CsvTable> CsvTable::Parse(std::string_view text, std::string name) {
  CsvTable table;
  table.name_ = std::move(name);
  Problems problems;
  if (const size_t nul = text.find('\0'); nul != std::string_view::npos) {
    const auto line =
        1 + std::count(text.begin(), text.begin() + static_cast<ptrdiff_t>(nul), '\n');
    return absl::InvalidArgumentError(
        absl::StrCat(table.name_, ":", line, ": a NUL byte; this is no text file"));
  }
  Reader reader(text, table.name_, problems);
  CsvRow row;
  if (!reader.Next(row)) {
    if (problems.empty()) problems.Add(absl::StrCat(table.name_, ":1: the file is empty"));
    return problems.status();
  }
  table.columns_ = row.fields;
  for (size_t i = 0; i < table.columns_.size(); ++i) {
    const auto first = std::find(table.columns_.begin(), table.columns_.end(), table.columns_[i]);
    if (!table.columns_[i].empty() && first - table.columns_.begin() < static_cast<ptrdiff_t>(i)) {
      problems.Add(absl::StrCat(table.name_, ":", row.line, ": two columns are named ",
                                Quoted(table.columns_[i])));
    }
  }
  while (reader.Next(row)) {
    if (row.fields.size() != table.columns_.size()) {
      problems.Add(absl::StrCat(table.name_, ":", row.line, ": ", row.fields.size(),
                                " fields where ", table.columns_.size(), " columns are named"));
      continue;
    }
    table.rows_.push_back(row);
  }
  if (!problems.empty()) return problems.status();
  return table;
}

absl::StatusOr<CsvTable> CsvTable::Read(const std::string& path) {
  const std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
  if (file == nullptr) {
    return absl::NotFoundError(absl::StrCat(path, ": ", std::strerror(errno)));
  }
  std::string text;
  char buffer[1 << 16];
  size_t read = 0;
  while ((read = std::fread(buffer, 1, sizeof buffer, file.get())) > 0) {
    text.append(buffer, read);
    if (text.size() > kMaxBytes) {
      return absl::FailedPreconditionError(absl::StrCat(path, ": larger than 1 GiB"));
    }
  }
  if (std::ferror(file.get()) != 0) {
    return absl::NotFoundError(absl::StrCat(path, ": ", std::strerror(errno)));
  }
  return Parse(text, path);
}

absl::StatusOr<size_t> CsvTable::Column(std::string_view column) const {
  const absl::string_view wanted(column.data(), column.size());
  const auto found = std::find_if(columns_.begin(), columns_.end(), [&](const std::string& each) {
    return absl::EqualsIgnoreCase(each, wanted);
  });
  if (found != columns_.end()) return static_cast<size_t>(found - columns_.begin());
  std::string names;
  for (const std::string& each : columns_) absl::StrAppend(&names, names.empty() ? "" : ", ", each);
  return absl::InvalidArgumentError(
      absl::StrCat(name_, ":1: no column '", std::string(column), "'; there are: ", names));
}

absl::Status CsvTable::Error(const CsvRow& row, size_t column, std::string_view what) const {
  return absl::InvalidArgumentError(absl::StrCat(name_, ":", row.line, ": column ",
                                                 columns_[column], ": ", Quoted(row.fields[column]),
                                                 " ", std::string(what)));
}

}  // namespace oneup::sims
