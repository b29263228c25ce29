#include "sims/scenario/rules_check.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <string_view>

#include "market/kernel/civil_time.h"
#include "oneup/v1/rules.pb.h"
#include "sims/scenario/files.h"
#include "sims/scenario/partial_date.h"
#include "sims/scenario/suggest.h"

namespace oneup::sims {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// "above 0, at most 1000 GW".
std::string AllowedRange(const v1::Rule& rule) {
  std::string text;
  if (rule.has_min()) text = (rule.above_min() ? "above " : "at least ") + NumberText(rule.min());
  if (rule.has_max()) text += (text.empty() ? "at most " : ", at most ") + NumberText(rule.max());
  if (!rule.unit().empty()) text += " (" + rule.unit() + ")";
  return text;
}

bool AllOf(std::string_view text, bool (*test)(char)) {
  return std::all_of(text.begin(), text.end(), test);
}
bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsIdentifier(std::string_view text) {
  return !text.empty() && text.size() <= 64 && IsLower(text[0]) &&
         AllOf(text, [](char c) { return IsLower(c) || IsDigit(c) || c == '_'; });
}

bool IsTicker(std::string_view text) {
  return !text.empty() && text.size() <= 12 &&
         AllOf(text, [](char c) { return IsUpper(c) || IsDigit(c) || c == '.'; });
}

struct FormatRule {
  bool (*holds)(const std::string&);
  const char* allowed;
};

FormatRule FormatOf(v1::Format format) {
  switch (format) {
    case v1::FORMAT_DATE:
      return {[](const std::string& s) { return kernel::ParseDay(s).ok(); },
              "a date such as 2025-09-10, years 1700 to 2200"};
    case v1::FORMAT_PARTIAL_DATE:
      return {[](const std::string& s) { return ParsePartialDate(s).has_value(); },
              "a day, month or year such as 2025-09-10, 2025-09, 2025"};
    case v1::FORMAT_INSTANT:
      return {[](const std::string& s) { return kernel::ParseInstant(s).ok(); },
              "an instant with its offset from UTC such as 2025-09-09T16:05-04:00"};
    case v1::FORMAT_CLOCK:
      return {[](const std::string& s) { return kernel::ParseClockTime(s).ok(); },
              "a time of the day such as 09:30"};
    case v1::FORMAT_IDENTIFIER:
      return {[](const std::string& s) { return IsIdentifier(s); },
              "lower-case letters, digits and '_', a letter first, at most 64"};
    case v1::FORMAT_TICKER:
      return {[](const std::string& s) { return IsTicker(s); },
              "capitals, digits and '.', at most 12"};
    case v1::FORMAT_ZONE:
      return {[](const std::string& s) { return kernel::LoadZone(s).ok(); },
              "a zone of the time zone database such as America/New_York"};
    case v1::FORMAT_CURRENCY:
      return {[](const std::string& s) { return s.size() == 3 && AllOf(s, IsUpper); },
              "three capitals such as USD"};
    case v1::FORMAT_MIC:
      return {[](const std::string& s) {
                return s.size() == 4 && AllOf(s, [](char c) { return IsUpper(c) || IsDigit(c); });
              },
              "four capitals or digits such as XNAS"};
    case v1::FORMAT_FILE:
      return {[](const std::string& s) { return IsRelativeFile(s); },
              "a path relative to this file, with '/' and without '..'"};
    default:
      return {[](const std::string&) { return true; }, ""};
  }
}

// The text of a value, shortened for a message.
std::string Quote(std::string_view text) {
  constexpr size_t kLongest = 60;
  std::string quoted = "'";
  size_t length = std::min(text.size(), kLongest);
  // Never cut within a character.
  while (length < text.size() && length > 0 &&
         (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80)
    --length;
  for (const char c : text.substr(0, length)) {
    quoted += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
  }
  return quoted + (length < text.size() ? "...'" : "'");
}

class Checker {
 public:
  Checker(const LocationMap& locations, std::vector<Problem>* problems)
      : locations_(locations), problems_(problems) {}

  void AddNames(const v1::Scenario& scenario) {
    for (const auto& a : scenario.actors()) names_[v1::REFERENCE_ACTOR].push_back(a.id());
    for (const auto& c : scenario.calendars()) names_[v1::REFERENCE_CALENDAR].push_back(c.id());
    for (const auto& e : scenario.events()) names_[v1::REFERENCE_EVENT].push_back(e.id());
    for (const auto& l : scenario.listings()) {
      names_[v1::REFERENCE_LISTING].push_back(l.ticker());
      names_[v1::REFERENCE_COMPANY].push_back(l.ticker());
    }
    for (const auto& l : scenario.listings()) {
      for (const auto& s : l.stakes()) names_[v1::REFERENCE_COMPANY].push_back(s.company());
    }
  }

  void Check(const Message& message, const std::string& prefix) {
    const auto* type = message.GetDescriptor();
    for (int i = 0; i < type->field_count(); ++i) {
      const FieldDescriptor& field = *type->field(i);
      const v1::Rule& rule = field.options().GetExtension(v1::rule);
      const std::string path = prefix + field.name();
      if (field.is_repeated()) {
        const int size = message.GetReflection()->FieldSize(message, &field);
        if (size == 0 && rule.required()) Report(path, "is missing; at least one is required");
        for (int k = 0; k < size; ++k) {
          CheckValue(message, field, rule, k, path + "[" + std::to_string(k) + "]");
        }
      } else if (field.has_presence() && !message.GetReflection()->HasField(message, &field)) {
        if (rule.required()) {
          const std::string range = AllowedRange(rule);
          Report(path, "is missing" + (range.empty() ? "" : "; " + range));
        }
      } else {
        CheckValue(message, field, rule, -1, path);
      }
    }
  }

 private:
  void Report(const std::string& path, std::string message) {
    AddProblem(problems_, locations_.Find(path), path, std::move(message));
  }

  void CheckNumber(const v1::Rule& rule, double value, const std::string& path,
                   const std::string& text) {
    if (!std::isfinite(value)) {
      Report(path, "is " + text + "; it must be a finite number" +
                       (AllowedRange(rule).empty() ? "" : ", " + AllowedRange(rule)));
    } else if ((rule.has_min() && (rule.above_min() ? value <= rule.min() : value < rule.min())) ||
               (rule.has_max() && value > rule.max())) {
      Report(path, "is " + text + "; it must be " + AllowedRange(rule));
    }
  }

  void CheckString(const v1::Rule& rule, const std::string& value, const std::string& path) {
    if (value.empty()) {
      if (rule.required()) Report(path, "is missing");
      return;
    }
    if (FindBadUtf8(value) != std::string_view::npos) {
      Report(path, "holds bytes that are not UTF-8 text");
      return;
    }
    const FormatRule format = FormatOf(rule.format());
    if (!format.holds(value)) {
      Report(path, "is " + Quote(value) + "; it must be " + format.allowed);
      return;
    }
    if (rule.reference() != v1::REFERENCE_UNSPECIFIED) {
      const auto& names = names_[rule.reference()];
      if (std::find(names.begin(), names.end(), value) == names.end()) {
        Report(path, Quote(value) + " is no " + Kind(rule.reference()) + " of this scenario" +
                         DidYouMean(value, names));
      }
    }
  }

  static const char* Kind(v1::Reference reference) {
    switch (reference) {
      case v1::REFERENCE_ACTOR:
        return "actor";
      case v1::REFERENCE_LISTING:
        return "listing";
      case v1::REFERENCE_CALENDAR:
        return "calendar";
      case v1::REFERENCE_EVENT:
        return "event";
      default:
        return "listing or company of a stake";
    }
  }

  // index: of a repeated field's value, else -1.
  void CheckValue(const Message& message, const FieldDescriptor& field, const v1::Rule& rule,
                  int index, const std::string& path) {
    const Reflection& reflection = *message.GetReflection();
    const auto get = [&](auto single, auto repeated) {
      return index < 0 ? (reflection.*single)(message, &field)
                       : (reflection.*repeated)(message, &field, index);
    };
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_DOUBLE: {
        const double value = get(&Reflection::GetDouble, &Reflection::GetRepeatedDouble);
        CheckNumber(rule, value, path, NumberText(value));
        break;
      }
      case FieldDescriptor::CPPTYPE_FLOAT: {
        const float value = get(&Reflection::GetFloat, &Reflection::GetRepeatedFloat);
        CheckNumber(rule, value, path, NumberText(value));
        break;
      }
      case FieldDescriptor::CPPTYPE_INT32: {
        const auto value = get(&Reflection::GetInt32, &Reflection::GetRepeatedInt32);
        CheckNumber(rule, value, path, std::to_string(value));
        break;
      }
      case FieldDescriptor::CPPTYPE_UINT32: {
        const auto value = get(&Reflection::GetUInt32, &Reflection::GetRepeatedUInt32);
        CheckNumber(rule, value, path, std::to_string(value));
        break;
      }
      case FieldDescriptor::CPPTYPE_INT64: {
        const auto value = get(&Reflection::GetInt64, &Reflection::GetRepeatedInt64);
        CheckNumber(rule, static_cast<double>(value), path, std::to_string(value));
        break;
      }
      case FieldDescriptor::CPPTYPE_UINT64: {
        const auto value = get(&Reflection::GetUInt64, &Reflection::GetRepeatedUInt64);
        CheckNumber(rule, static_cast<double>(value), path, std::to_string(value));
        break;
      }
      case FieldDescriptor::CPPTYPE_ENUM: {
        const int value = index < 0 ? reflection.GetEnumValue(message, &field)
                                    : reflection.GetRepeatedEnumValue(message, &field, index);
        if (field.enum_type()->FindValueByNumber(value) == nullptr) {
          Report(path, "is " + std::to_string(value) + "; write the value's name, such as " +
                           field.enum_type()->value(1)->name());
        } else if (value == 0 && rule.required()) {
          Report(path, "is missing; one of " + EnumNames(field));
        }
        break;
      }
      case FieldDescriptor::CPPTYPE_STRING: {
        const std::string value = index < 0 ? reflection.GetString(message, &field)
                                            : reflection.GetRepeatedString(message, &field, index);
        CheckString(rule, value, path);
        break;
      }
      case FieldDescriptor::CPPTYPE_MESSAGE:
        Check(index < 0 ? reflection.GetMessage(message, &field)
                        : reflection.GetRepeatedMessage(message, &field, index),
              path + ".");
        break;
      case FieldDescriptor::CPPTYPE_BOOL:
        break;
    }
  }

  static std::string EnumNames(const FieldDescriptor& field) {
    std::string names;
    for (int i = 1; i < field.enum_type()->value_count(); ++i) {
      names += (i > 1 ? ", " : "") + field.enum_type()->value(i)->name();
    }
    return names;
  }

  const LocationMap& locations_;
  std::vector<Problem>* problems_;
  std::map<v1::Reference, std::vector<std::string>> names_;
};

}  // namespace

void CheckRules(const v1::Scenario& scenario, const LocationMap& locations,
                std::vector<Problem>* problems) {
  Checker checker(locations, problems);
  checker.AddNames(scenario);
  checker.Check(scenario, "");
}

void CheckRules(const Message& message, const LocationMap& locations,
                std::vector<Problem>* problems) {
  Checker(locations, problems).Check(message, "");
}

}  // namespace oneup::sims
