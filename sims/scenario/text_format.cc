#include "sims/scenario/text_format.h"

#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/text_format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "sims/scenario/stand_in.h"
#include "sims/scenario/suggest.h"

namespace oneup::sims {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::TextFormat;

constexpr int kMaxDepth = 100;
constexpr size_t kMaxStandIns = 50;

SourceLocation LocationOf(const SourceText& file, size_t offset) {
  SourceLocation location{file.name, 1, 1};
  for (size_t i = 0; i < offset; ++i) {
    if (file.text[i] == '\n') {
      ++location.line;
      location.column = 1;
    } else {
      ++location.column;
    }
  }
  return location;
}

// The first bracket that opens a level too deep, or npos. The parser calls itself once a
// level, also within fields that it skips.
size_t FindTooDeep(std::string_view text) {
  int depth = 0;
  char quote = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != 0) {
      if (c == '\\')
        ++i;
      else if (c == quote || c == '\n')
        quote = 0;
    } else if (c == '#') {
      while (i < text.size() && text[i] != '\n') ++i;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '{' || c == '<' || c == '[') {
      if (++depth > kMaxDepth) return i;
    } else if (c == '}' || c == '>' || c == ']') {
      --depth;
    }
  }
  return std::string_view::npos;
}

std::vector<std::string> FieldNames(const Descriptor& type) {
  std::vector<std::string> names;
  for (int i = 0; i < type.field_count(); ++i) names.push_back(type.field(i)->name());
  return names;
}

// The enums of the fields of this name, in any message of a file.
void CollectEnums(const Descriptor& type, const std::string& field_name,
                  std::set<const Descriptor*>* seen,
                  std::vector<const google::protobuf::EnumDescriptor*>* enums) {
  if (!seen->insert(&type).second) return;
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (field.message_type() != nullptr) {
      CollectEnums(*field.message_type(), field_name, seen, enums);
    } else if (field.enum_type() != nullptr && field.name() == field_name) {
      enums->push_back(field.enum_type());
    }
  }
}

size_t CommonPrefix(std::string_view a, std::string_view b) {
  size_t length = 0;
  while (length < std::min(a.size(), b.size()) && a[length] == b[length]) ++length;
  return length;
}

// The enum that the writer of `value` probably meant: the one whose names begin most like
// it. The parser does not say in which message the field stands. Null if there is none.
const google::protobuf::EnumDescriptor* EnumMeant(const Descriptor& file_type,
                                                  const std::string& field_name,
                                                  const std::string& value) {
  std::vector<const google::protobuf::EnumDescriptor*> enums;
  std::set<const Descriptor*> seen;
  CollectEnums(file_type, field_name, &seen, &enums);
  size_t best = 0;
  const google::protobuf::EnumDescriptor* meant = nullptr;
  for (const auto* type : enums) {
    const size_t likeness = CommonPrefix(type->value(0)->name(), value);
    if (meant != nullptr && likeness <= best) continue;
    best = likeness;
    meant = type;
  }
  return meant;
}

// The names of its values. The first one stands for "not given" and is left out.
std::vector<std::string> ValueNames(const google::protobuf::EnumDescriptor* type) {
  std::vector<std::string> names;
  for (int v = 1; type != nullptr && v < type->value_count(); ++v) {
    names.push_back(type->value(v)->name());
  }
  return names;
}

// The number of the value that an unknown name is nearest to; 1, the first, if to none.
int NumberMeant(const Descriptor& file_type, const std::string& message) {
  const auto value = QuotedPart(message, 0);
  const auto field = QuotedPart(message, 1);
  if (!value || !field) return 1;
  const auto* type = EnumMeant(file_type, *field, *value);
  int nearest = 1;
  int least = -1;
  for (const std::string& name : ValueNames(type)) {
    const int distance = EditDistance(*value, name);
    if (least >= 0 && distance >= least) continue;
    least = distance;
    nearest = type->FindValueByName(name)->number();
  }
  return nearest;
}

// The parser's message in our words where a nearer one helps.
std::string Explain(const Descriptor& file_type, const std::string& message) {
  const auto* pool = google::protobuf::DescriptorPool::generated_pool();
  if (message.find("has no field named") != std::string::npos) {
    const auto type_name = QuotedPart(message, 0);
    const auto field = QuotedPart(message, 1);
    const Descriptor* type = type_name ? pool->FindMessageTypeByName(*type_name) : nullptr;
    if (type != nullptr && field) {
      return type->name() + " has no field '" + *field + "'" +
             DidYouMean(*field, FieldNames(*type));
    }
  }
  if (message.find("Unknown enumeration value") != std::string::npos) {
    const auto value = QuotedPart(message, 0);
    const auto field = QuotedPart(message, 1);
    if (!value || !field) return message;
    const std::vector<std::string> names = ValueNames(EnumMeant(file_type, *field, *value));
    std::string allowed;
    for (const std::string& name : names) allowed += (allowed.empty() ? "" : ", ") + name;
    return *field + " cannot be '" + *value + "'" + DidYouMean(*value, names) +
           "; allowed: " + allowed;
  }
  return message;
}

// Gathers what the parser says of one file.
class Collector : public google::protobuf::io::ErrorCollector {
 public:
  Collector(const SourceText& file, const Descriptor& type) : file_(file), type_(type) {}

  // Lines and columns count from 0 here; -1 stands for the whole file.
  void AddError(int line, int column, const std::string& message) override {
    last_ = message;
    last_offset_ = OffsetOf(line, column);
    AddProblem(&problems_, {file_.name, line + 1, line < 0 ? 0 : column + 1}, "",
               Explain(type_, message));
  }
  // Names that the parser was told to skip over, so that it reports all of them. It stands
  // at the token after the name.
  void AddWarning(int line, int column, const std::string& message) override {
    const auto name = QuotedPart(message, 1);
    const size_t after = OffsetOf(line, column);
    const size_t at = name && after >= name->size() ? file_.text.rfind(*name, after - name->size())
                                                    : std::string::npos;
    if (at == std::string::npos) return AddError(line, column, message);
    AddProblem(&problems_, LocationOf(file_, at), "", Explain(type_, message));
  }

  const std::vector<Problem>& problems() const { return problems_; }
  // The last error, and where the parser stood.
  const std::string& last() const { return last_; }
  size_t last_offset() const { return last_offset_; }

 private:
  size_t OffsetOf(int line, int column) const {
    size_t start = 0;
    for (int i = 0; i < line; ++i) {
      start = file_.text.find('\n', start);
      if (start == std::string::npos) return file_.text.size();
      ++start;
    }
    return std::min(file_.text.size(), start + static_cast<size_t>(std::max(column, 0)));
  }

  const SourceText& file_;
  const Descriptor& type_;
  std::vector<Problem> problems_;
  std::string last_;
  size_t last_offset_ = 0;
};

// What is written between a field's name and the end of the line.
std::string_view WrittenValue(const SourceText& file, const std::vector<size_t>& line_starts,
                              TextFormat::ParseLocation at) {
  if (at.line < 0 || static_cast<size_t>(at.line) >= line_starts.size()) return {};
  const size_t start = line_starts[at.line] + static_cast<size_t>(at.column);
  const std::string_view text(file.text);
  if (start >= text.size()) return {};
  std::string_view line = text.substr(start, text.find('\n', start) - start);
  const size_t colon = line.find(':');
  if (colon == std::string_view::npos) return {};
  line.remove_prefix(colon + 1);
  while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
  return line;
}

// Records where each field stands and looks for octal numbers on the way.
class Locator {
 public:
  Locator(const SourceText& file, const Message& merged_so_far, LocationMap* locations,
          std::vector<Problem>* problems)
      : file_(file), merged_(merged_so_far), locations_(locations), problems_(problems) {
    line_starts_.push_back(0);
    for (size_t i = 0; i < file.text.size(); ++i) {
      if (file.text[i] == '\n') line_starts_.push_back(i + 1);
    }
  }

  void Visit(const Message& message, const TextFormat::ParseInfoTree* tree,
             const std::string& prefix) {
    if (tree == nullptr) return;
    std::vector<const FieldDescriptor*> fields;
    message.GetReflection()->ListFields(message, &fields);
    for (const FieldDescriptor* field : fields) {
      const int size =
          field->is_repeated() ? message.GetReflection()->FieldSize(message, field) : 1;
      // At the top level, what earlier files brought comes first.
      const int before = field->is_repeated() && prefix.empty()
                             ? merged_.GetReflection()->FieldSize(merged_, field)
                             : 0;
      for (int i = 0; i < size; ++i) {
        std::string path = prefix + field->name();
        if (field->is_repeated()) path += "[" + std::to_string(before + i) + "]";
        VisitValue(message, tree, *field, field->is_repeated() ? i : -1, path);
      }
    }
  }

 private:
  void VisitValue(const Message& message, const TextFormat::ParseInfoTree* tree,
                  const FieldDescriptor& field, int index, const std::string& path) {
    const TextFormat::ParseLocation at = tree->GetLocation(&field, index);
    if (at.line >= 0) locations_->Set(path, {file_.name, at.line + 1, at.column + 1});
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      const auto* reflection = message.GetReflection();
      const Message& value = index < 0 ? reflection->GetMessage(message, &field)
                                       : reflection->GetRepeatedMessage(message, &field, index);
      Visit(value, tree->GetTreeForNested(&field, index), path + ".");
    } else if (IsInteger(field)) {
      std::string_view written = WrittenValue(file_, line_starts_, at);
      if (!written.empty() && written.front() == '-') written.remove_prefix(1);
      if (written.size() > 1 && written[0] == '0' && written[1] >= '0' && written[1] <= '7') {
        AddProblem(problems_, {file_.name, at.line + 1, at.column + 1}, path,
                   "a number with a leading 0 would be read as octal; write it without");
      }
    }
  }

  static bool IsInteger(const FieldDescriptor& field) {
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_INT32:
      case FieldDescriptor::CPPTYPE_INT64:
      case FieldDescriptor::CPPTYPE_UINT32:
      case FieldDescriptor::CPPTYPE_UINT64:
        return true;
      default:
        return false;
    }
  }

  const SourceText& file_;
  const Message& merged_;
  LocationMap* locations_;
  std::vector<Problem>* problems_;
  std::vector<size_t> line_starts_;
};

}  // namespace

void LocationMap::Set(const std::string& path, SourceLocation location) {
  locations_[path] = std::move(location);
}

std::string LocationMap::PathAt(const SourceLocation& location) const {
  for (const auto& [path, place] : locations_) {
    if (place == location) return path;
  }
  return "";
}

SourceLocation LocationMap::Find(std::string_view path) const {
  while (!path.empty()) {
    if (const auto it = locations_.find(path); it != locations_.end()) return it->second;
    const size_t cut = path.find_last_of(".[");
    path = cut == std::string_view::npos ? std::string_view{} : path.substr(0, cut);
  }
  return {default_file_, 0, 0};
}

size_t FindBadUtf8(std::string_view text) {
  size_t i = 0;
  const auto byte = [&](size_t at) { return static_cast<unsigned char>(text[at]); };
  while (i < text.size()) {
    const unsigned char c = byte(i);
    const size_t length = c < 0x80                ? 1
                          : c >= 0xC2 && c < 0xE0 ? 2
                          : c >= 0xE0 && c < 0xF0 ? 3
                          : c >= 0xF0 && c < 0xF5 ? 4
                                                  : 0;
    if (length == 0 || i + length > text.size()) return i;
    for (size_t k = 1; k < length; ++k) {
      if ((byte(i + k) & 0xC0) != 0x80) return i;
    }
    // Overlong forms, surrogates, and beyond U+10FFFF.
    if ((c == 0xE0 && byte(i + 1) < 0xA0) || (c == 0xED && byte(i + 1) >= 0xA0) ||
        (c == 0xF0 && byte(i + 1) < 0x90) || (c == 0xF4 && byte(i + 1) >= 0x90)) {
      return i;
    }
    i += length;
  }
  return std::string_view::npos;
}

std::unique_ptr<ParsedText> ParseText(const SourceText& file, Message* message,
                                      std::vector<Problem>* problems) {
  const Descriptor& type = *message->GetDescriptor();
  auto parsed = std::make_unique<ParsedText>();
  if (file.text.size() > kMaxFileSize) {
    AddProblem(problems, {file.name, 0, 0}, "", "the file is larger than 16 MiB");
    return parsed;
  }
  if (const size_t bad = FindBadUtf8(file.text); bad != std::string_view::npos) {
    AddProblem(problems, LocationOf(file, bad), "", "the file is not UTF-8 text from here on");
    return parsed;
  }
  if (const size_t nul = file.text.find('\0'); nul != std::string::npos) {
    AddProblem(problems, LocationOf(file, nul), "", "a NUL byte; this is no text file");
    return parsed;
  }
  if (const size_t deep = FindTooDeep(file.text); deep != std::string_view::npos) {
    AddProblem(problems, LocationOf(file, deep), "",
               "more than " + std::to_string(kMaxDepth) + " brackets within each other");
    return parsed;
  }
  SourceText text = file;  // with another value for each that cannot be read
  std::vector<Problem> unreadable;
  std::vector<SourceLocation> stand_ins;
  while (true) {
    parsed = std::make_unique<ParsedText>();
    Collector collector(text, type);
    TextFormat::Parser parser;
    parser.RecordErrorsTo(&collector);
    parser.WriteLocationsTo(&parsed->tree);
    parser.SetRecursionLimit(kMaxDepth);
    // Skipped here, yet reported as problems through the collector: so all are found at once.
    parser.AllowUnknownField(true);
    parsed->complete = parser.ParseFromString(text.text, message);
    if (!parsed->complete && stand_ins.size() < kMaxStandIns) {
      const auto stand_in = FindStandIn(text.text, collector.last_offset(), collector.last(),
                                        NumberMeant(type, collector.last()));
      if (stand_in) {
        AddProblem(&unreadable, LocationOf(file, stand_in->begin), "",
                   Explain(type, collector.last()));
        stand_ins.push_back(LocationOf(file, stand_in->field));
        text.text.replace(stand_in->begin, stand_in->value.size(), stand_in->value);
        continue;
      }
    }
    unreadable.insert(unreadable.end(), collector.problems().begin(), collector.problems().end());
    break;
  }
  parsed->stand_ins = std::move(stand_ins);
  if (unreadable.empty() && !parsed->complete) {
    AddProblem(&unreadable, {file.name, 0, 0}, "", "the text cannot be read");
  } else if (unreadable.empty() && message->ByteSizeLong() == 0) {
    parsed->complete = false;
    AddProblem(&unreadable, {file.name, 0, 0}, "", "the file is empty: it sets no field");
  }
  problems->insert(problems->end(), unreadable.begin(), unreadable.end());
  return parsed;
}

void LocateFields(const SourceText& file, const Message& message, const ParsedText& parsed,
                  const Message& merged_so_far, LocationMap* locations,
                  std::vector<Problem>* problems) {
  Locator(file, merged_so_far, locations, problems).Visit(message, &parsed.tree, "");
}

ParsedFile ParseScenarioText(const SourceText& file, std::vector<Problem>* problems) {
  ParsedFile parsed;
  parsed.text = ParseText(file, &parsed.message, problems);
  return parsed;
}

void MergeScenario(const SourceText& file, const ParsedFile& parsed, v1::Scenario* scenario,
                   LocationMap* locations, std::vector<Problem>* problems) {
  LocateFields(file, parsed.message, *parsed.text, *scenario, locations, problems);
  scenario->MergeFrom(parsed.message);
}

}  // namespace oneup::sims
