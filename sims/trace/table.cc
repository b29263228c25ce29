#include "sims/trace/table.h"

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "sims/report/json.h"
#include "sims/trace/format.h"

namespace oneup::trace {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr std::string_view kTicks = "_ticks";

ColumnType TypeOf(const FieldDescriptor* field) {
  if (field->is_repeated()) return ColumnType::kText;
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
    case FieldDescriptor::CPPTYPE_INT64:
    case FieldDescriptor::CPPTYPE_UINT32:
    case FieldDescriptor::CPPTYPE_UINT64:
      return ColumnType::kInteger;
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      return ColumnType::kReal;
    case FieldDescriptor::CPPTYPE_BOOL:
      return ColumnType::kBoolean;
    case FieldDescriptor::CPPTYPE_ENUM:
    case FieldDescriptor::CPPTYPE_STRING:
    case FieldDescriptor::CPPTYPE_MESSAGE:
      break;
  }
  return ColumnType::kText;
}

void AddColumns(const Descriptor* message, std::vector<const FieldDescriptor*> path,
                const std::string& prefix, std::vector<Column>& columns) {
  for (int i = 0; i < message->field_count(); ++i) {
    const FieldDescriptor* field = message->field(i);
    path.push_back(field);
    std::string name = prefix + field->name();
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      AddColumns(field->message_type(), path, name + "_", columns);
    } else {
      columns.push_back({name, TypeOf(field), path, false});
      if (std::string_view(name).ends_with(kTicks)) {
        name.resize(name.size() - kTicks.size());
        columns.push_back({name, ColumnType::kReal, path, true});
      }
    }
    path.pop_back();
  }
}

Table MakeTable(const FieldDescriptor* kind) {
  Table table{static_cast<uint32_t>(kind->number()), kind->name(), {}};
  table.columns = {{"id", ColumnType::kInteger, {}, false},
                   {"time", ColumnType::kText, {}, false},
                   {"time_ns", ColumnType::kInteger, {}, false},
                   {"cause_id", ColumnType::kInteger, {}, false}};
  AddColumns(kind->message_type(), {}, "", table.columns);
  return table;
}

Value ScalarOf(const Message& message, const FieldDescriptor* field) {
  const Reflection& reflection = *message.GetReflection();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return int64_t{reflection.GetInt32(message, field)};
    case FieldDescriptor::CPPTYPE_INT64:
      return int64_t{reflection.GetInt64(message, field)};
    case FieldDescriptor::CPPTYPE_UINT32:
      return int64_t{reflection.GetUInt32(message, field)};
    case FieldDescriptor::CPPTYPE_UINT64:
      return static_cast<int64_t>(reflection.GetUInt64(message, field));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return reflection.GetDouble(message, field);
    case FieldDescriptor::CPPTYPE_FLOAT:
      return double{reflection.GetFloat(message, field)};
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.GetBool(message, field);
    case FieldDescriptor::CPPTYPE_ENUM:
      return EnumText(field, reflection.GetEnumValue(message, field));
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection.GetString(message, field);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      break;
  }
  return {};
}

Value FieldOf(const Message& message, const FieldDescriptor* field) {
  const Reflection& reflection = *message.GetReflection();
  if (!field->is_repeated()) {
    if (field->has_presence() && !reflection.HasField(message, field)) return {};
    return ScalarOf(message, field);
  }
  // The schema repeats nothing but text inside records.
  std::string joined;
  for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
    absl::StrAppend(&joined, i > 0 ? ";" : "", reflection.GetRepeatedString(message, field, i));
  }
  return joined;
}

// The body's message that holds the last field of the path; null if it is not there.
const Message* Holder(const Message& body, const std::vector<const FieldDescriptor*>& path) {
  const Message* message = &body;
  for (size_t i = 0; i + 1 < path.size(); ++i) {
    const Reflection& reflection = *message->GetReflection();
    if (!reflection.HasField(*message, path[i])) return nullptr;
    message = &reflection.GetMessage(*message, path[i]);
  }
  return message;
}

Value PriceOf(const Value& ticks, const std::string& ticker, const Prices& prices) {
  const auto* number = std::get_if<int64_t>(&ticks);
  if (number == nullptr || prices.Tick(ticker) == 0) return {};
  return prices.Price(ticker, *number);
}

}  // namespace

const std::vector<Table>& Tables() {
  static const std::vector<Table>* const tables = [] {
    auto* made = new std::vector<Table>;
    const google::protobuf::OneofDescriptor* body = v1::Record::descriptor()->oneof_decl(0);
    for (int i = 0; i < body->field_count(); ++i) {
      const int kind = body->field(i)->number();
      if (kind == v1::Record::kHeader || kind == v1::Record::kChecksum ||
          kind == v1::Record::kFooter) {
        continue;
      }
      made->push_back(MakeTable(body->field(i)));
    }
    return made;
  }();
  return *tables;
}

const Table* FindTable(uint32_t kind) {
  static const std::vector<const Table*>* const by_kind = [] {
    auto* made = new std::vector<const Table*>(kMaxKind, nullptr);
    for (const Table& table : Tables()) (*made)[table.kind] = &table;
    return made;
  }();
  return kind < by_kind->size() ? (*by_kind)[kind] : nullptr;
}

std::vector<std::string> KindNames() {
  std::vector<std::string> names;
  for (const Table& table : Tables()) names.push_back(table.name);
  return names;
}

std::string TimeText(int64_t time_ns) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E*SZ", absl::FromUnixNanos(time_ns),
                          absl::UTCTimeZone());
}

std::string EnumText(const FieldDescriptor* field, int number) {
  const auto* value = field->enum_type()->FindValueByNumber(number);
  return value != nullptr ? value->name() : std::to_string(number);
}

Prices::Prices(const v1::Header& header) {
  for (const v1::TracedListing& listing : header.listings()) {
    tick_micros_[listing.ticker()] = listing.tick_micros();
  }
}

double Prices::Tick(const std::string& ticker) const {
  const auto it = tick_micros_.find(ticker);
  return it == tick_micros_.end() ? 0 : static_cast<double>(it->second) / 1e6;
}

double Prices::Price(const std::string& ticker, int64_t ticks) const {
  const auto it = tick_micros_.find(ticker);
  if (it == tick_micros_.end()) return 0;
  return static_cast<double>(ticks) * static_cast<double>(it->second) / 1e6;
}

std::vector<Value> RowOf(const Table& table, const v1::Record& record, const Prices& prices) {
  const Message& body = record.GetReflection()->GetMessage(
      record, v1::Record::descriptor()->FindFieldByNumber(static_cast<int>(table.kind)));
  std::vector<Value> row;
  row.reserve(table.columns.size());
  row.emplace_back(static_cast<int64_t>(record.id()));
  row.emplace_back(TimeText(record.time_ns()));
  row.emplace_back(record.time_ns());
  row.emplace_back();
  if (record.cause_id() > 0) row.back() = static_cast<int64_t>(record.cause_id());
  std::string ticker;
  for (size_t i = row.size(); i < table.columns.size(); ++i) {
    const Column& column = table.columns[i];
    if (column.price) {
      row.push_back(PriceOf(row.back(), ticker, prices));
      continue;
    }
    const Message* holder = Holder(body, column.path);
    row.emplace_back();
    if (holder != nullptr) row.back() = FieldOf(*holder, column.path.back());
    if (column.name == "ticker") ticker = std::get<std::string>(row.back());
  }
  return row;
}

std::string ValueText(const Value& value) {
  if (const auto* integer = std::get_if<int64_t>(&value)) return std::to_string(*integer);
  if (const auto* real = std::get_if<double>(&value)) return sims::FormatNumber(*real);
  if (const auto* boolean = std::get_if<bool>(&value)) return *boolean ? "true" : "false";
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  return "";
}

}  // namespace oneup::trace
