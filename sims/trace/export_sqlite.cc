// Tables as an SQLite database.
#include <sqlite3.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "sims/trace/export.h"
#include "sims/trace/replaced_file.h"

namespace oneup::trace {
namespace {

const char* TypeName(ColumnType type) {
  switch (type) {
    case ColumnType::kInteger:
    case ColumnType::kBoolean:
      return "INTEGER";
    case ColumnType::kReal:
      return "REAL";
    case ColumnType::kText:
      break;
  }
  return "TEXT";
}

// Names are the schema's: letters, digits and underscores; quoted since some are SQL's.
std::string Quoted(std::string_view name) {
  return absl::StrCat("\"", absl::string_view(name.data(), name.size()), "\"");
}

class SqliteFile : public TableSink {
 public:
  explicit SqliteFile(ReplacedFile file) : file_(std::move(file)) {}
  ~SqliteFile() override {
    for (sqlite3_stmt* insert : inserts_) sqlite3_finalize(insert);
    sqlite3_close(database_);
  }

  absl::Status Begin() {
    const int code = sqlite3_open(file_.temporary().c_str(), &database_);
    if (code != SQLITE_OK) {
      return absl::UnavailableError(
          absl::StrCat("cannot create ", file_.path(), ": ", sqlite3_errstr(code)));
    }
    // Nobody else sees the file before it is whole, and half a file is thrown away.
    return Execute("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN");
  }

  absl::Status AddTable(std::string_view name, const std::vector<Column>& columns) override {
    std::vector<std::string> definitions;
    for (size_t i = 0; i < columns.size(); ++i) {
      definitions.push_back(absl::StrCat(Quoted(columns[i].name), " ", TypeName(columns[i].type),
                                         i == 0 ? " PRIMARY KEY" : ""));
    }
    const std::string list = absl::StrJoin(definitions, ", ");
    absl::Status status = Execute(absl::StrCat("CREATE TABLE ", Quoted(name), " (", list, ")"));
    if (!status.ok()) return status;
    const std::string marks = absl::StrJoin(std::vector<std::string>(columns.size(), "?"), ",");
    const std::string insert = absl::StrCat("INSERT INTO ", Quoted(name), " VALUES (", marks, ")");
    inserts_.push_back(nullptr);
    return Check(sqlite3_prepare_v2(database_, insert.c_str(), -1, &inserts_.back(), nullptr));
  }

  absl::Status AddRow(size_t table, const std::vector<Value>& row) override {
    sqlite3_stmt* insert = inserts_[table];
    for (size_t i = 0; i < row.size(); ++i) Bind(insert, static_cast<int>(i) + 1, row[i]);
    const int done = sqlite3_step(insert);
    absl::Status status = done == SQLITE_DONE ? absl::OkStatus() : Check(done);
    sqlite3_reset(insert);
    return status;
  }

  absl::Status Close() override {
    for (sqlite3_stmt*& insert : inserts_) {
      sqlite3_finalize(insert);
      insert = nullptr;
    }
    if (absl::Status status = Execute("COMMIT"); !status.ok()) return status;
    if (absl::Status status = Check(sqlite3_close(database_)); !status.ok()) return status;
    database_ = nullptr;
    return file_.Commit();
  }

 private:
  static void Bind(sqlite3_stmt* insert, int at, const Value& value) {
    if (const auto* integer = std::get_if<int64_t>(&value)) {
      sqlite3_bind_int64(insert, at, *integer);
    } else if (const auto* real = std::get_if<double>(&value)) {
      sqlite3_bind_double(insert, at, *real);
    } else if (const auto* boolean = std::get_if<bool>(&value)) {
      sqlite3_bind_int(insert, at, *boolean ? 1 : 0);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
      sqlite3_bind_text(insert, at, text->data(), static_cast<int>(text->size()), SQLITE_TRANSIENT);
    } else {
      sqlite3_bind_null(insert, at);
    }
  }

  absl::Status Execute(const std::string& sql) {
    return Check(sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr));
  }
  absl::Status Check(int code) const {
    if (code == SQLITE_OK) return absl::OkStatus();
    return absl::UnavailableError(
        absl::StrCat("cannot write to ", file_.path(), ": ", sqlite3_errmsg(database_)));
  }

  ReplacedFile file_;
  sqlite3* database_ = nullptr;
  std::vector<sqlite3_stmt*> inserts_;  // by table
};

}  // namespace

absl::StatusOr<std::unique_ptr<TableSink>> OpenSqliteFile(const std::string& path) {
  absl::StatusOr<ReplacedFile> replaced = ReplacedFile::Create(path);
  if (!replaced.ok()) return replaced.status();
  auto file = std::make_unique<SqliteFile>(*std::move(replaced));
  if (absl::Status status = file->Begin(); !status.ok()) return status;
  return file;
}

}  // namespace oneup::trace
