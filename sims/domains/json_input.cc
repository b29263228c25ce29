#include "sims/domains/json_input.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>

#include "absl/strings/str_cat.h"
#include "sims/domains/draft.h"
#include "sims/report/json.h"
#include "sims/stats/csv.h"

namespace oneup::sims {
namespace {

constexpr size_t kMaxDepth = 64;
constexpr size_t kMaxValues = 2'000'000;
constexpr std::array<const char*, 6> kKindNames = {"null",   "boolean", "number",
                                                   "string", "array",   "object"};

const char* KindName(JsonValue::Kind kind) { return kKindNames[static_cast<size_t>(kind)]; }

// Builds a JsonValue from the events of nlohmann's parser; false stops it.
class Builder : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit Builder(const DomainText& source) : source_(source) {}

  JsonValue TakeRoot() { return std::move(root_); }
  const absl::Status& status() const { return status_; }

  bool null() override { return Add({}) != nullptr; }
  bool boolean(bool value) override {
    return Add({.kind = JsonValue::Kind::kBoolean, .number = value ? 1.0 : 0.0}) != nullptr;
  }
  bool number_integer(number_integer_t value) override {
    return AddNumber(static_cast<double>(value));
  }
  bool number_unsigned(number_unsigned_t value) override {
    return AddNumber(static_cast<double>(value));
  }
  bool number_float(number_float_t value, const string_t&) override { return AddNumber(value); }
  bool string(string_t& value) override {
    return Add({.kind = JsonValue::Kind::kText, .text = std::move(value)}) != nullptr;
  }
  bool binary(binary_t&) override { return false; }
  bool start_object(size_t) override { return Open(JsonValue::Kind::kObject); }
  bool start_array(size_t) override { return Open(JsonValue::Kind::kArray); }
  bool end_object() override { return Close(); }
  bool end_array() override { return Close(); }
  bool key(string_t& name) override {
    if (!seen_.back().insert(name).second) {
      status_ = WrongAt(source_.name,
                        absl::StrCat("the key ", Quoted(name), " stands twice in one object"));
      return false;
    }
    open_.back()->names.push_back(std::move(name));
    return true;
  }
  bool parse_error(size_t position, const std::string&, const nlohmann::json::exception&) override {
    const std::string_view before = std::string_view(source_.text).substr(0, position);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    status_ = WrongAt(absl::StrCat(source_.name, ":", line), "no well-formed JSON");
    return false;
  }

 private:
  // Where the value now stands; none if there are too many. A parent's items move only while none
  // of them is open.
  JsonValue* Add(JsonValue value) {
    if (values_++ == kMaxValues) {
      status_ = WrongAt(source_.name, absl::StrCat("more than ", kMaxValues, " values"));
      return nullptr;
    }
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    open_.back()->items.push_back(std::move(value));
    return &open_.back()->items.back();
  }
  bool AddNumber(double number) {
    return Add({.kind = JsonValue::Kind::kNumber, .number = number}) != nullptr;
  }
  bool Open(JsonValue::Kind kind) {
    if (open_.size() == kMaxDepth) {
      status_ = WrongAt(source_.name, absl::StrCat("nested more than ", kMaxDepth, " deep"));
      return false;
    }
    JsonValue* added = Add({.kind = kind});
    if (added == nullptr) return false;
    open_.push_back(added);
    seen_.emplace_back();
    return true;
  }
  bool Close() {
    open_.pop_back();
    seen_.pop_back();
    return true;
  }

  const DomainText& source_;
  JsonValue root_;
  size_t values_ = 0;
  std::vector<JsonValue*> open_;
  std::vector<std::set<std::string>> seen_;  // the names of each open object
  absl::Status status_;
};

}  // namespace

absl::StatusOr<JsonValue> ParseJson(const DomainText& source) {
  Builder builder(source);
  if (nlohmann::json::sax_parse(source.text, &builder)) return builder.TakeRoot();
  if (!builder.status().ok()) return builder.status();
  return WrongAt(source.name, "no well-formed JSON");
}

JsonField JsonField::At(size_t i) const {
  std::string step = absl::StrCat("[", i, "]");
  if (value_->kind == JsonValue::Kind::kObject) {
    // Names come from the file: no more of them than a line can show.
    const std::string quoted = Quoted(value_->names[i]);
    step = absl::StrCat(place_.find(": ") == std::string::npos ? ": " : ".",
                        quoted.substr(1, quoted.size() - 2));
  }
  return {absl::StrCat(place_, step), value_->items[i]};
}

absl::StatusOr<JsonField> JsonField::Member(std::string_view name) const {
  const absl::Status status = MustBeObject();
  if (!status.ok()) return status;
  const auto found = std::ranges::find(value_->names, name);
  if (found == value_->names.end()) {
    return WrongAt(place_, absl::StrCat("there is no ", Quoted(name)));
  }
  return At(static_cast<size_t>(found - value_->names.begin()));
}

bool JsonField::Has(std::string_view name) const {
  return std::ranges::find(value_->names, name) != value_->names.end();
}

absl::Status JsonField::MustBe(JsonValue::Kind kind) const {
  if (value_->kind == kind) return absl::OkStatus();
  return WrongAt(place_,
                 absl::StrCat("a JSON ", KindName(value_->kind), "; expected is ",
                              kind == JsonValue::Kind::kText ? "a " : "an ", KindName(kind)));
}

absl::StatusOr<std::string> JsonField::Text() const {
  const absl::Status status = MustBe(JsonValue::Kind::kText);
  if (!status.ok()) return status;
  return value_->text;
}

absl::StatusOr<double> JsonField::Number(double low, double high) const {
  absl::StatusOr<double> number;
  if (value_->kind == JsonValue::Kind::kNumber) {
    number = CheckNumber(value_->number, low, high);
  } else if (value_->kind == JsonValue::Kind::kText) {
    number = ReadNumber(value_->text, low, high);
  } else {
    return WrongAt(place_,
                   absl::StrCat("a JSON ", KindName(value_->kind), "; expected is a number"));
  }
  if (number.ok()) return number;
  return WrongAt(place_, std::string(number.status().message()));
}

absl::StatusOr<std::string> JsonField::Label() const {
  if (value_->kind == JsonValue::Kind::kNumber) return FormatNumber(value_->number);
  return Text();
}

JsonMembers::JsonMembers(const JsonField& object) : object_(object) {
  if (!object.MustBeObject().ok()) return;
  for (size_t i = 0; i < object.size(); ++i) places_.emplace(object.NameAt(i), i);
}

absl::StatusOr<JsonField> JsonMembers::Find(std::string_view name) const {
  const absl::Status status = object_.MustBeObject();
  if (!status.ok()) return status;
  const auto found = places_.find(name);
  if (found == places_.end()) {
    return WrongAt(object_.place(), absl::StrCat("there is no ", Quoted(name)));
  }
  return object_.At(found->second);
}

absl::StatusOr<std::vector<double>> UtilitiesByValue(const JsonField& object,
                                                     const negotiation::Issue& issue) {
  const JsonMembers members(object);
  std::vector<double> found;
  for (const std::string& value : issue.values) {
    const absl::StatusOr<JsonField> field = members.Find(value);
    if (!field.ok()) return field.status();
    const absl::StatusOr<double> utility = field->Number(0, 1);
    if (!utility.ok()) return utility.status();
    found.push_back(*utility);
  }
  return found;
}

absl::StatusOr<NegotiationDomain> MakeJsonDomain(
    const std::string& place, std::vector<negotiation::Issue> issues,
    const std::vector<JsonField>& profiles,
    absl::StatusOr<negotiation::Profile> (*read)(const JsonField& file,
                                                 const std::vector<negotiation::Issue>& issues,
                                                 std::vector<std::string>* notes)) {
  absl::StatusOr<NegotiationDomain> made = MakeDomain(place, std::move(issues));
  if (!made.ok()) return made.status();
  for (const JsonField& file : profiles) {
    absl::StatusOr<negotiation::Profile> profile = read(file, made->space.issues(), &made->notes);
    if (!profile.ok()) return profile.status();
    made->profiles.push_back(*std::move(profile));
  }
  return made;
}

}  // namespace oneup::sims
