// Rows of a table as a CSV file, and the same rows in a table of a database.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "sims/trace/export.h"
#include "sims/trace/sink.h"
#include "sims/trace/table.h"

namespace oneup::sims {

// RFC 4180 with a line of names; whole or not there. Numbers are the shortest text that reads back
// as the same; NaN and null are empty.
class CsvFile {
 public:
  static absl::StatusOr<CsvFile> Create(const std::string& path,
                                        const std::vector<trace::Column>& columns);
  absl::Status AddRow(const std::vector<trace::Value>& row);
  absl::Status Close();

 private:
  explicit CsvFile(std::unique_ptr<trace::ByteSink> sink) : sink_(std::move(sink)) {}
  absl::Status Flush();

  std::unique_ptr<trace::ByteSink> sink_;
  std::string text_;  // not yet written
};

}  // namespace oneup::sims
