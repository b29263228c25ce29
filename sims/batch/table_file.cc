#include "sims/batch/table_file.h"

#include <cmath>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "sims/report/json.h"

namespace oneup::sims {
namespace {

constexpr size_t kFlushAt = size_t{1} << 18;

void AppendField(const trace::Value& value, std::string& text) {
  if (const auto* integer = std::get_if<int64_t>(&value)) {
    absl::StrAppend(&text, *integer);
  } else if (const auto* real = std::get_if<double>(&value)) {
    if (!std::isnan(*real)) text += FormatNumber(*real);
  } else if (const auto* boolean = std::get_if<bool>(&value)) {
    text += *boolean ? "1" : "0";
  } else if (const auto* word = std::get_if<std::string>(&value)) {
    if (word->find_first_of(",\"\r\n") == std::string::npos) {
      text += *word;
      return;
    }
    text += '"';
    for (const char c : *word) text.append(c == '"' ? 2 : 1, c);
    text += '"';
  }
}

}  // namespace

absl::StatusOr<CsvFile> CsvFile::Create(const std::string& path,
                                        const std::vector<trace::Column>& columns) {
  absl::StatusOr<std::unique_ptr<trace::ByteSink>> sink = trace::OpenFileSink(path);
  if (!sink.ok()) return sink.status();
  CsvFile file(*std::move(sink));
  std::vector<trace::Value> names;
  for (const trace::Column& column : columns) names.emplace_back(column.name);
  if (const absl::Status status = file.AddRow(names); !status.ok()) return status;
  return file;
}

absl::Status CsvFile::AddRow(const std::vector<trace::Value>& row) {
  for (size_t i = 0; i < row.size(); ++i) {
    if (i > 0) text_ += ',';
    AppendField(row[i], text_);
  }
  text_ += '\n';
  return text_.size() < kFlushAt ? absl::OkStatus() : Flush();
}

absl::Status CsvFile::Flush() {
  const absl::Status status = sink_->Write(text_);
  text_.clear();
  return status;
}

absl::Status CsvFile::Close() {
  if (const absl::Status status = Flush(); !status.ok()) return status;
  return sink_->Close();
}

}  // namespace oneup::sims
