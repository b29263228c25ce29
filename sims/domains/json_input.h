// JSON from outside, read safely: refused are syntax errors, keys that stand twice, nesting beyond
// 64, and more than two million values (each takes a hundred bytes, be it a single digit). Members
// keep the order of the file, as values of issues are listed by it. Time and memory grow with the
// length of the text only.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "sims/domains/domain.h"

namespace oneup::sims {

struct JsonValue {
  enum class Kind { kNull, kBoolean, kNumber, kText, kArray, kObject };
  Kind kind = Kind::kNull;
  double number = 0;
  std::string text = {};
  std::vector<JsonValue> items = {};    // of an array, or the values of an object
  std::vector<std::string> names = {};  // of an object: one for each item
};

// InvalidArgument: one line with the file and the line or key.
absl::StatusOr<JsonValue> ParseJson(const DomainText& source);

// A value of a parsed file and the path to it, for messages: "profileA.json: issueWeights.Price".
// A view: the parsed file outlives it.
class JsonField {
 public:
  // place: the file's name.
  JsonField(std::string place, const JsonValue& value) : place_(std::move(place)), value_(&value) {}

  const std::string& place() const { return place_; }
  size_t size() const { return value_->items.size(); }
  // The name of a member of an object.
  const std::string& NameAt(size_t i) const { return value_->names[i]; }
  // A member of an object, or an item of an array.
  JsonField At(size_t i) const;

  // The member of that name; an error if this is no object or lacks it. O(members): JsonMembers
  // finds many.
  absl::StatusOr<JsonField> Member(std::string_view name) const;
  bool Has(std::string_view name) const;

  // Errors unless it is of that kind; a number may be a text that spells one, as GeniusWeb has it,
  // and lies within [low, high].
  absl::Status MustBeObject() const { return MustBe(JsonValue::Kind::kObject); }
  absl::Status MustBeArray() const { return MustBe(JsonValue::Kind::kArray); }
  absl::StatusOr<std::string> Text() const;
  absl::StatusOr<double> Number(double low, double high) const;
  // A text, or a number as it would be written.
  absl::StatusOr<std::string> Label() const;

 private:
  absl::Status MustBe(JsonValue::Kind kind) const;

  std::string place_;
  const JsonValue* value_;
};

// The members of an object by name.
class JsonMembers {
 public:
  // The field is an object, or this is empty.
  explicit JsonMembers(const JsonField& object);
  absl::StatusOr<JsonField> Find(std::string_view name) const;

 private:
  JsonField object_;
  std::map<std::string_view, size_t> places_;
};

// The utility of each value of the issue, in their order: members, by the value's name, of an
// object. Within [0, 1].
absl::StatusOr<std::vector<double>> UtilitiesByValue(const JsonField& object,
                                                     const negotiation::Issue& issue);

// The domain of these issues with the profiles that `read` finds in the files.
absl::StatusOr<NegotiationDomain> MakeJsonDomain(
    const std::string& place, std::vector<negotiation::Issue> issues,
    const std::vector<JsonField>& profiles,
    absl::StatusOr<negotiation::Profile> (*read)(const JsonField& file,
                                                 const std::vector<negotiation::Issue>& issues,
                                                 std::vector<std::string>* notes));

}  // namespace oneup::sims
