// Comma-separated values as people and programs write them (RFC 4180): quoted
// fields with doubled quotes, commas and line breaks inside, CR LF or LF, an
// optional byte-order mark, blanks around unquoted fields, empty lines skipped, a
// last line without its break.
#pragma once

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace oneup::sims {

struct CsvRow {
  int line = 0;  // where it begins in the file; 1 is the first
  std::vector<std::string> fields;
};

// A table with a line of column names.
class CsvTable {
 public:
  // `name` stands in messages, usually the file's. InvalidArgument for an empty
  // text, an unclosed quote, text after a closing quote, a NUL byte, two columns of
  // one name, and a row that has more or fewer fields than there are columns; all
  // such problems are reported at once, up to ten. Rows of empty fields only are
  // kept.
  static absl::StatusOr<CsvTable> Parse(std::string_view text, std::string name);
  // NotFound if it cannot be opened or read, FailedPrecondition above 1 GiB.
  static absl::StatusOr<CsvTable> Read(const std::string& path);

  const std::string& name() const { return name_; }
  const std::vector<std::string>& columns() const { return columns_; }
  const std::vector<CsvRow>& rows() const { return rows_; }
  // The column of that name, in capitals or not; InvalidArgument, with the names
  // there are, if none.
  absl::StatusOr<size_t> Column(std::string_view column) const;

  // An error at a field: "r.csv:12: column AAPL: 'n/a' is no number".
  absl::Status Error(const CsvRow& row, size_t column, std::string_view what) const;

 private:
  std::string name_;
  std::vector<std::string> columns_;
  std::vector<CsvRow> rows_;
};

// Shortens and quotes a value for a message; control characters become '?'.
std::string Quoted(std::string_view value);

// A finite decimal number ("-1.5", "+2e3") that is all of the text; NaN otherwise.
double ParseDecimal(std::string_view text);

}  // namespace oneup::sims
