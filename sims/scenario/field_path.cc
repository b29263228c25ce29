#include "sims/scenario/field_path.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <cmath>
#include <limits>
#include <memory>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace oneup::sims {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

absl::Status Wrong(const std::string& path, const std::string& what) {
  return absl::InvalidArgumentError(absl::StrCat("'", path, "': ", what));
}

std::string Fields(const Descriptor& type) {
  std::string names;
  for (int i = 0; i < type.field_count(); ++i) {
    absl::StrAppend(&names, i == 0 ? "" : ", ", type.field(i)->name());
  }
  return names;
}

// A value of a repeated field, by the string in its first field or by its place; -1 if none.
int PlaceOf(const Message& message, const FieldDescriptor& field, const std::string& key) {
  const auto& reflection = *message.GetReflection();
  const int size = reflection.FieldSize(message, &field);
  const FieldDescriptor* name = field.message_type()->FindFieldByNumber(1);
  if (name != nullptr && name->cpp_type() == FieldDescriptor::CPPTYPE_STRING &&
      !name->is_repeated()) {
    for (int i = 0; i < size; ++i) {
      const Message& value = reflection.GetRepeatedMessage(message, &field, i);
      if (value.GetReflection()->GetString(value, name) == key) return i;
    }
  }
  int place = 0;
  return absl::SimpleAtoi(key, &place) && place >= 0 && place < size ? place : -1;
}

// Where a path leads: a field of a message, and one of its values where the path chooses one.
struct Place {
  Message* message = nullptr;
  const FieldDescriptor* field = nullptr;
  bool chosen = false;  // a value, in brackets
};

bool IsMessage(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
}

absl::StatusOr<Place> Find(const std::string& path, Message& root) {
  Message* message = &root;
  const std::vector<std::string> parts = absl::StrSplit(path, '.');
  // An id in brackets may hold dots itself (9984.T): a part goes on until its bracket closes.
  for (size_t i = 0; i < parts.size(); ++i) {
    std::string part = parts[i];
    while (part.find('[') != part.npos && part.find(']') == part.npos && i + 1 < parts.size()) {
      absl::StrAppend(&part, ".", parts[++i]);
    }
    const size_t bracket = part.find('[');
    const std::string name = part.substr(0, bracket);
    const FieldDescriptor* field = message->GetDescriptor()->FindFieldByName(name);
    if (field == nullptr) {
      return Wrong(path, absl::StrCat("no field '", name, "'; allowed are ",
                                      Fields(*message->GetDescriptor())));
    }
    if (bracket != part.npos && part.back() != ']') {
      return Wrong(path, absl::StrCat("'", part, "' lacks its ']'"));
    }
    if (bracket != part.npos && !field->is_repeated()) {
      return Wrong(path, absl::StrCat("'", name, "' has no values to choose from"));
    }
    if (i + 1 == parts.size()) return Place{message, field, bracket != part.npos};
    if (field->is_repeated() && bracket == part.npos) {
      return Wrong(path, absl::StrCat("'", name, "' needs one value in brackets"));
    }
    if (!IsMessage(*field)) return Wrong(path, absl::StrCat("'", name, "' has no fields"));
    const auto& reflection = *message->GetReflection();
    if (!field->is_repeated()) {
      message = reflection.MutableMessage(message, field);
      continue;
    }
    const std::string key = part.substr(bracket + 1, part.size() - bracket - 2);
    const int place = PlaceOf(*message, *field, key);
    if (place < 0) return Wrong(path, absl::StrCat("'", name, "' has no '", key, "'"));
    message = reflection.MutableRepeatedMessage(message, field, place);
  }
  return Wrong(path, "is empty");
}

// A field that holds one number.
absl::StatusOr<Place> FindNumber(const std::string& path, Message& root) {
  absl::StatusOr<Place> place = Find(path, root);
  if (!place.ok()) return place;
  const FieldDescriptor& field = *place->field;
  if (field.is_repeated() && !place->chosen) {
    return Wrong(path, absl::StrCat("'", field.name(), "' needs one value in brackets"));
  }
  if (field.is_repeated() || IsMessage(field)) {
    return Wrong(path, absl::StrCat("'", field.name(), "' is no number"));
  }
  return place;
}

}  // namespace

absl::Status SetField(const std::string& path, double value, Message& root) {
  const absl::StatusOr<Place> place = FindNumber(path, root);
  if (!place.ok()) return place.status();
  const auto& [message, field, chosen] = *place;
  const auto& reflection = *message->GetReflection();
  const auto whole = [&](double least, double most) {
    return value >= least && value <= most && value == std::floor(value);
  };
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_DOUBLE:
      reflection.SetDouble(message, field, value);
      return absl::OkStatus();
    case FieldDescriptor::CPPTYPE_UINT32:
      if (!whole(0, std::numeric_limits<uint32_t>::max())) break;
      reflection.SetUInt32(message, field, static_cast<uint32_t>(value));
      return absl::OkStatus();
    case FieldDescriptor::CPPTYPE_UINT64:
      if (!whole(0, 0x1p53)) break;
      reflection.SetUInt64(message, field, static_cast<uint64_t>(value));
      return absl::OkStatus();
    case FieldDescriptor::CPPTYPE_BOOL:
      if (value != 0 && value != 1) break;
      reflection.SetBool(message, field, value == 1);
      return absl::OkStatus();
    default:
      return Wrong(path, "is no number");
  }
  return Wrong(path,
               absl::StrCat("cannot be ", value, "; allowed is a whole number",
                            field->cpp_type() == FieldDescriptor::CPPTYPE_BOOL ? ", 0 or 1" : ""));
}

absl::StatusOr<double> GetField(const std::string& path, const Message& root) {
  const std::unique_ptr<Message> copy(root.New());
  copy->CopyFrom(root);
  const absl::StatusOr<Place> place = FindNumber(path, *copy);
  if (!place.ok()) return place.status();
  const auto& [message, field, chosen] = *place;
  const auto& reflection = *message->GetReflection();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return reflection.GetDouble(*message, field);
    case FieldDescriptor::CPPTYPE_UINT32:
      return reflection.GetUInt32(*message, field);
    case FieldDescriptor::CPPTYPE_UINT64:
      return static_cast<double>(reflection.GetUInt64(*message, field));
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.GetBool(*message, field) ? 1 : 0;
    default:
      return Wrong(path, "is no number");
  }
}

absl::StatusOr<std::vector<std::string>> ExpandStar(const std::string& path, const Message& root) {
  constexpr char kStar[] = "[*]";
  const size_t star = path.find(kStar);
  if (star == path.npos) return std::vector<std::string>{path};
  const std::string before = path.substr(0, star);
  const std::string after = path.substr(star + 3);
  const std::unique_ptr<Message> copy(root.New());
  copy->CopyFrom(root);
  const absl::StatusOr<Place> list = Find(before, *copy);
  if (!list.ok()) return list.status();
  if (!list->field->is_repeated() || after.empty() || after[0] != '.') {
    return Wrong(path, "'[*]' must follow a repeated field, and a field of its values follow it");
  }
  std::vector<std::string> paths;
  const int size = list->message->GetReflection()->FieldSize(*list->message, list->field);
  for (int i = 0; i < size; ++i) {
    const std::string one = absl::StrCat(before, "[", i, "]", after);
    const absl::StatusOr<Place> place = FindNumber(one, *copy);
    if (!place.ok()) return place.status();
    const auto& reflection = *place->message->GetReflection();
    if (!place->field->has_presence() || reflection.HasField(*place->message, place->field)) {
      paths.push_back(one);
    }
  }
  if (paths.empty()) return Wrong(path, "none of its values is stated");
  return paths;
}

}  // namespace oneup::sims
