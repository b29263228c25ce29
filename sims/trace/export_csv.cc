// Tables as a folder of CSV files.
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "sims/trace/export.h"
#include "sims/trace/sink.h"

namespace oneup::trace {
namespace {

namespace fs = std::filesystem;

constexpr size_t kFlushAt = size_t{64} << 10;

// Quoted where RFC 4180 asks for it. An empty text is quoted, so that it is no null.
void AppendField(const Value& value, std::string& line) {
  const std::string text = ValueText(value);
  const bool quote = std::holds_alternative<std::string>(value) &&
                     (text.empty() || text.find_first_of(",\"\r\n") != std::string::npos);
  if (!quote) {
    line += text;
    return;
  }
  line += '"';
  for (const char c : text) {
    if (c == '"') line += '"';
    line += c;
  }
  line += '"';
}

class CsvFolder : public TableSink {
 public:
  CsvFolder(std::string temporary, std::string path)
      : temporary_(std::move(temporary)), path_(std::move(path)) {}
  ~CsvFolder() override {
    files_.clear();
    std::error_code ignored;
    if (!temporary_.empty()) fs::remove_all(temporary_, ignored);
  }

  absl::Status AddTable(std::string_view name, const std::vector<Column>& columns) override {
    auto sink = OpenFileSink(temporary_ + "/" + std::string(name) + ".csv");
    if (!sink.ok()) return sink.status();
    files_.push_back({*std::move(sink), ""});
    std::vector<Value> names;
    for (const Column& column : columns) names.emplace_back(column.name);
    return AddRow(files_.size() - 1, names);
  }

  absl::Status AddRow(size_t table, const std::vector<Value>& row) override {
    File& file = files_[table];
    for (size_t i = 0; i < row.size(); ++i) {
      if (i > 0) file.text += ',';
      AppendField(row[i], file.text);
    }
    file.text += '\n';
    return file.text.size() < kFlushAt ? absl::OkStatus() : Flush(file);
  }

  absl::Status Close() override {
    for (File& file : files_) {
      absl::Status status = Flush(file);
      if (status.ok()) status = file.sink->Close();
      if (!status.ok()) return status;
    }
    std::error_code error;
    fs::rename(temporary_, path_, error);  // over an empty folder, if it is there
    if (error) {
      return absl::ErrnoToStatus(error.value(), absl::StrCat("cannot give its name to ", path_));
    }
    temporary_.clear();
    return absl::OkStatus();
  }

 private:
  struct File {
    std::unique_ptr<ByteSink> sink;
    std::string text;  // not yet written
  };

  static absl::Status Flush(File& file) {
    absl::Status status = file.sink->Write(file.text);
    file.text.clear();
    return status;
  }

  std::vector<File> files_;
  std::string temporary_;  // empty once it has its name
  std::string path_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<TableSink>> OpenCsvFolder(const std::string& path) {
  std::string target = path;
  while (target.size() > 1 && target.back() == '/') target.pop_back();
  std::error_code error;
  if (fs::exists(target, error) &&
      !(fs::is_directory(target, error) && fs::is_empty(target, error))) {
    return absl::AlreadyExistsError(
        absl::StrCat(path, ": is there already; remove it or choose another name"));
  }
  std::string temporary = absl::StrCat(target, ".partial-", ::getpid());
  if (!fs::create_directory(temporary, error)) {
    const int reason = error ? error.value() : EEXIST;
    return absl::ErrnoToStatus(reason, absl::StrCat("cannot create ", path));
  }
  return std::make_unique<CsvFolder>(std::move(temporary), std::move(target));
}

}  // namespace oneup::trace
