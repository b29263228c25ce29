// Records as rows of tables, a table a kind of record, whatever fields the schema gives it.
//
// Columns: id, time (ISO 8601, UTC), time_ns, cause_id; then the body's fields by their
// names, those of a message within it as message_field. After every price in ticks
// (open_ticks) comes the price in the listing's currency (open). Lists are one text, the
// parts joined by ';'. What is not stated is null, never 0.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "oneup/v1/trace.pb.h"

namespace oneup::trace {

enum class ColumnType { kInteger, kReal, kBoolean, kText };

struct Column {
  std::string name;
  ColumnType type = ColumnType::kText;
  // Where in the body it is, outermost field first; empty for what all records have.
  std::vector<const google::protobuf::FieldDescriptor*> path;
  bool price = false;  // the field's ticks in currency
};

// A null is std::monostate.
using Value = std::variant<std::monostate, int64_t, double, bool, std::string>;

struct Table {
  uint32_t kind = 0;  // field number in Record.body
  std::string name;   // field name in Record.body
  std::vector<Column> columns;
};

// Every kind of record but the frame's, in order of its number.
const std::vector<Table>& Tables();
// Null for a kind that this program does not know.
const Table* FindTable(uint32_t kind);

// Names of the kinds, in the order of Tables().
std::vector<std::string> KindNames();

// "2025-09-10T13:30:00Z", with as many decimals as needed.
std::string TimeText(int64_t time_ns);

// An enum value as the schema names it; its number if it does not.
std::string EnumText(const google::protobuf::FieldDescriptor* field, int number);

// Turns ticks into currency.
class Prices {
 public:
  explicit Prices(const v1::Header& header);
  // Value of one tick; 0 for a listing that the header does not have.
  double Tick(const std::string& ticker) const;
  // In currency, rounded once: ticks * tick; as exact as a double.
  double Price(const std::string& ticker, int64_t ticks) const;

 private:
  std::map<std::string, uint64_t> tick_micros_;
};

// The record's row in its table. Contract: table.kind is the record's.
std::vector<Value> RowOf(const Table& table, const v1::Record& record, const Prices& prices);

// For people and CSV: null is "", doubles are as short as they can be, true is "true".
std::string ValueText(const Value& value);

}  // namespace oneup::trace
